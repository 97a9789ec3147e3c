/** Text as one line of limited size, as Temporal's lists and timelines show it. */

/** Temporal's limit on a static summary. */
export const SUMMARY_BYTES = 200

/** Returns the text on one line, cut if it is longer than `bytes` in UTF-8. */
export function oneLine(text: string, bytes = SUMMARY_BYTES): string {
  const line = text.replace(/\s+/g, ' ').trim()
  if (bytesOf(line) <= bytes) return line
  let kept = ''
  let size = bytesOf('…')
  for (const character of line) {
    size += bytesOfCharacter(character)
    if (size > bytes) break
    kept += character
  }
  return `${kept.trimEnd()}…`
}

export const bytesOf = (text: string): number => [...text].reduce((bytes, character) => bytes + bytesOfCharacter(character), 0)

/** Length in UTF-8. `TextEncoder` is not part of the language, so the engine cannot use it. */
function bytesOfCharacter(character: string): number {
  const code = character.codePointAt(0)!
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
}
