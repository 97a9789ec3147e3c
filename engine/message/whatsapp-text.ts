/** Shortens texts to WhatsApp's limits. Lengths are in UTF-16 units. */

/** Body of a text message (Cloud API, "Text messages"). */
export const TEXT_LIMIT = 4096
/** Body of a template including its parameters (Cloud API, "Template components"). */
export const TEMPLATE_BODY_LIMIT = 1024

/** Body of a message with reply buttons (Cloud API, "Interactive reply buttons"). */
const BUTTONS_BODY_LIMIT = 1024

/** Returns the body of a text message: never empty, never too long. */
export const textBody = (text: string): string => shorten(text.trim() || '–', TEXT_LIMIT)

/** Returns the text above reply buttons. */
export const buttonsBody = (text: string): string => shorten(text.trim() || '–', BUTTONS_BODY_LIMIT)

/**
 * Returns a text as the parameter of a template, in which WhatsApp allows no line breaks, no tabs and at most four spaces in a row.
 * Lines are separated by a middle dot.
 *
 * @param fixed length of the template's own text around the parameter, which counts towards the limit
 */
export function templateParameter(text: string, fixed = 0): string {
  const line = text
    .split(/[\r\n\u2028\u2029\v\f]+/)
    // Runs of spaces and tabs become one space; the narrow and non-breaking spaces of amounts and dates are kept.
    .map((part) => part.replace(/[\t ]+/g, ' ').trim())
    .filter((part) => part !== '')
    .join(' · ')
  return shorten(line || '–', TEMPLATE_BODY_LIMIT - fixed)
}

/** How many characters may be dropped at the end in order to cut between words. */
const WORD = 30

/** Returns the text, or its beginning with an ellipsis, cut between words if possible and never inside a character. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text
  let kept = ''
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)) {
    if (kept.length + segment.length > limit - 1) break
    kept += segment
  }
  const space = kept.search(/\s\S*$/)
  const between = space > 0 && kept.length - space <= WORD && !/\s/.test(text[kept.length] ?? ' ')
  return `${(between ? kept.slice(0, space) : kept).trimEnd()}…`
}
