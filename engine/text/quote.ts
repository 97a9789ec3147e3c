/** Text as a quoted scalar of YAML, in the quotes that need no escapes where one of the two does. */
export function quoteScalar(text: string): string {
  if (/^(["'])[^"']*\1$/.test(text)) return text
  if (!/["\\]/.test(text)) return `"${text}"`
  return `'${text.replaceAll("'", "''")}'`
}
