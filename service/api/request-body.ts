/** Bodies of limited size, as the bytes that were sent. */

import type { Context } from 'hono'

import { ProblemError } from './problem.js'

/** @throws ProblemError `body-too-large`, as soon as that is known */
export async function readBody(http: Context, mostBytes: number): Promise<Uint8Array> {
  const tooLarge = () => new ProblemError('body-too-large', `A body here has at most ${mostBytes} bytes.`)
  if (Number(http.req.header('content-length') ?? 0) > mostBytes) throw tooLarge()
  const stream = http.req.raw.body
  if (stream === null) return new Uint8Array()
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of stream as unknown as AsyncIterable<Uint8Array>) {
    length += chunk.byteLength
    if (length > mostBytes) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** Deeper than any body of this API; what walks a value by recursion (checking it, writing it down) must not run out of stack. */
const DEEPEST = 64

/** @throws ProblemError `invalid-json` for what is no JSON, or is nested deeper than 64 arrays and objects */
export function parseJson(text: string): unknown {
  if (isDeeperThan(text, DEEPEST)) {
    throw new ProblemError('invalid-json', `The body is nested deeper than ${DEEPEST} arrays and objects, which nothing here is.`)
  }
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    throw new ProblemError('invalid-json', `The body is no JSON: ${(error as Error).message}.`)
  }
}

/** Reads brackets outside of texts only, so that nothing is built of what is too deep. */
function isDeeperThan(text: string, most: number): boolean {
  let depth = 0
  let inText = false
  for (let index = 0; index < text.length; index++) {
    const character = text[index]
    if (inText) {
      if (character === '\\') index++
      else if (character === '"') inText = false
    } else if (character === '"') inText = true
    else if ((character === '[' || character === '{') && ++depth > most) return true
    else if (character === ']' || character === '}') depth--
  }
  return false
}
