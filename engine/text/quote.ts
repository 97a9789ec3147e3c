/** Returns the text as a quoted YAML scalar, in single or double quotes, whichever needs no escapes. */
export function quoteScalar(text: string): string {
  if (/^(["'])[^"']*\1$/.test(text)) return text
  if (!/["\\]/.test(text)) return `"${text}"`
  return `'${text.replaceAll("'", "''")}'`
}
