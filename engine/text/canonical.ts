/** Texts that look the same are the same: letters composed (NFC), and white space of any kind and length is one space. */

const UNEVEN = /[^\S ]| {2}/

/** The text in composed letters, with one space for each run of white space. */
export function evenSpaces(text: string): string {
  const composed = text.normalize('NFC')
  return UNEVEN.test(composed) ? composed.replace(/\s+/g, ' ') : composed
}

/** The same without white space at the ends: how names are compared everywhere. */
export const canonicalName = (name: string): string => evenSpaces(name).trim()

export const isSameName = (one: string, other: string): boolean => one === other || canonicalName(one) === canonicalName(other)
