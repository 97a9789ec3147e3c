/** Texts within WhatsApp's limits, shortened where a person would shorten them. Lengths are in UTF-16 units. */

/** Body of a text message (Cloud API, "Text messages"). */
export const TEXT_LIMIT = 4096
/** Body of a template, its parameters filled in (Cloud API, "Template components"). */
export const TEMPLATE_BODY_LIMIT = 1024

/** Body of a message with reply buttons (Cloud API, "Interactive reply buttons"). */
const BUTTONS_BODY_LIMIT = 1024

/** A text message's body: never empty, never too long. */
export const textBody = (text: string): string => shorten(text.trim() || '–', TEXT_LIMIT)

/** The text above reply buttons. */
export const buttonsBody = (text: string): string => shorten(text.trim() || '–', BUTTONS_BODY_LIMIT)

/**
 * A text as the parameter of a template, where WhatsApp refuses line breaks, tabs and more than four spaces in a row. Lines
 * are set apart by a middle dot.
 *
 * @param fixed length of the template's own text around the parameter, which counts towards the limit
 */
export function templateParameter(text: string, fixed = 0): string {
  const line = text
    .split(/[\r\n\u2028\u2029\v\f]+/)
    // A run of any white space becomes one space; the narrow and unbreakable ones of money and dates stay as they are.
    .map((part) => part.replace(/[\t ]+/g, ' ').trim())
    .filter((part) => part !== '')
    .join(' · ')
  return shorten(line || '–', TEMPLATE_BODY_LIMIT - fixed)
}

/** How much of a text's end may be given up to cut between words. */
const WORD = 30

/** The text, or its beginning with an ellipsis, cut between words and never inside a character. */
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
