/** Request bodies of limited size, and their JSON. */

import type { Context } from 'hono'

import { DEEPEST_JSON, isDeeperThan } from '../../../engine/text/json-depth.js'
import { ProblemError } from './problem.js'

/** Reads the body as bytes. @throws ProblemError `body-too-large`, without reading the rest */
export async function readBody(http: Context, mostBytes: number): Promise<Uint8Array> {
  const tooLarge = () => new ProblemError('body-too-large', `The body may have at most ${mostBytes} bytes.`)
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

/** @throws ProblemError `invalid-json` if the text is not JSON, or is nested more than 64 arrays and objects deep */
export function parseJson(text: string): unknown {
  if (isDeeperThan(text, DEEPEST_JSON)) {
    throw new ProblemError('invalid-json', `The body is nested more than ${DEEPEST_JSON} arrays and objects deep.`)
  }
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    throw new ProblemError('invalid-json', `The body is not JSON: ${(error as Error).message}.`)
  }
}
