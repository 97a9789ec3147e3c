/** Any JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/**
 * Parses JSON. Integers of 16 or more digits, which may exceed 2^53 and which Meta sometimes uses as ids, become strings, so that
 * they stay exact.
 *
 * @throws SyntaxError if the text is not JSON
 */
export function parseJson(text: string): Json {
  return JSON.parse(/\d{16}/.test(text) ? quoteLongIntegers(text) : text) as Json
}

const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y

function quoteLongIntegers(text: string): string {
  const pieces: string[] = []
  let copied = 0
  let at = 0
  while (at < text.length) {
    const character = text.charCodeAt(at)
    if (character === 0x22) {
      at = endOfString(text, at)
    } else if (character === 0x2d || (character >= 0x30 && character <= 0x39)) {
      NUMBER.lastIndex = at
      const number = NUMBER.exec(text)?.[0] ?? text.charAt(at)
      if (/^-?\d{16,}$/.test(number)) {
        pieces.push(text.slice(copied, at), '"', number, '"')
        copied = at + number.length
      }
      at += number.length
    } else {
      at += 1
    }
  }
  pieces.push(text.slice(copied))
  return pieces.join('')
}

/** Returns the index after the closing quotation mark of the string that begins at `start`. */
function endOfString(text: string, start: number): number {
  let at = start + 1
  while (at < text.length) {
    const character = text.charCodeAt(at)
    if (character === 0x22) return at + 1
    at += character === 0x5c ? 2 : 1
  }
  return at
}
