/** Bodies of limited size, as the bytes that were sent. */

import type { Context } from 'hono'

import { DEEPEST_JSON, isDeeperThan } from '../../../engine/text/json-depth.js'
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

/** @throws ProblemError `invalid-json` for what is no JSON, or is nested deeper than 64 arrays and objects */
export function parseJson(text: string): unknown {
  if (isDeeperThan(text, DEEPEST_JSON)) {
    throw new ProblemError(
      'invalid-json',
      `The body is nested deeper than ${DEEPEST_JSON} arrays and objects, which nothing here is.`,
    )
  }
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    throw new ProblemError('invalid-json', `The body is no JSON: ${(error as Error).message}.`)
  }
}
