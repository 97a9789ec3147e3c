/** Any JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/**
 * Reads JSON so that whole numbers beyond 2^53, as Meta's ids sometimes are, stay exact: they become strings. Throws
 * `SyntaxError` for text that is no JSON.
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

/** The place after the closing quotation mark of the string that begins at `start`. */
function endOfString(text: string, start: number): number {
  let at = start + 1
  while (at < text.length) {
    const character = text.charCodeAt(at)
    if (character === 0x22) return at + 1
    at += character === 0x5c ? 2 : 1
  }
  return at
}
