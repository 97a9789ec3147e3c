/**
 * Makes text from outside safe for a terminal or a log. Names come from Meta, where anyone with access to the account can set
 * them: a control character in a name could change what the terminal shows, or forge a log line.
 */

/** C0 and C1 controls, line and paragraph separators, and the marks that change the direction of writing. */
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g

/** Returns the text on one line, with `·` for each character that a terminal would act on instead of showing. */
export const printable = (text: string): string => text.replace(UNSEEN, '·')

/**
 * Makes every text in plain lists and objects safe, at any depth.
 *
 * @param lines names of fields whose texts have several lines
 */
export function printableData<T>(data: T, lines: readonly string[] = []): T {
  const of = (value: unknown, several: boolean): unknown => {
    if (typeof value === 'string') return several ? printableLines(value) : printable(value)
    if (Array.isArray(value)) return value.map((one) => of(one, several))
    if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, of(one, lines.includes(name))]))
  }
  return of(data, false) as T
}

/** The same as `printable` for a text of several lines; line breaks are kept. */
export const printableLines = (text: string): string => text.split('\n').map(printable).join('\n')
