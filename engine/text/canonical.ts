/** Makes texts that look the same equal: letters are composed (NFC), and any run of white space is one space. */

const UNEVEN = /[^\S ]| {2}/

/** Returns the text with composed letters and one space for each run of white space. */
export function evenSpaces(text: string): string {
  const composed = text.normalize('NFC')
  return UNEVEN.test(composed) ? composed.replace(/\s+/g, ' ') : composed
}

/** The same, trimmed. Names are compared in this form everywhere. */
export const canonicalName = (name: string): string => evenSpaces(name).trim()

export const isSameName = (one: string, other: string): boolean => one === other || canonicalName(one) === canonicalName(other)
