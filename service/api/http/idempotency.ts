/** `Idempotency-Key`: the same request again gets the same answer, and nothing happens twice. */

import { createHash } from 'node:crypto'

import { finishKey, type KeyState, releaseKey, takeKey } from '../../../store/incoming/idempotency-keys.js'
import { passes } from '../shapes/problem.js'
import type { ApiContext } from './context.js'
import { ProblemError, problemResponse } from './problem.js'

/** A request that has had no answer for this long died with its process, milliseconds; no operation takes half of it. */
const ABANDONED_AFTER = 60_000

const KEY = /^[A-Za-z0-9._:-]{1,128}$/

/** @throws ProblemError `idempotency-key-missing`, or `invalid-request` if the key is malformed */
export function readKey(header: string | undefined): string {
  if (header === undefined || header === '') {
    throw new ProblemError(
      'idempotency-key-missing',
      'Send a header Idempotency-Key with a new UUID for each change, and the same one when trying the same change again.',
      { errors: [{ where: 'header.Idempotency-Key', message: 'is missing' }] },
    )
  }
  if (KEY.test(header)) return header
  throw new ProblemError(
    'invalid-request',
    'An Idempotency-Key has 1 to 128 letters, digits, dots, colons, hyphens or underscores.',
    {
      errors: [
        { where: 'header.Idempotency-Key', message: 'is not 1 to 128 letters, digits, dots, colons, hyphens or underscores' },
      ],
    },
  )
}

export function requestHash(method: string, path: string, body: Uint8Array | string): string {
  return createHash('sha256').update(`${method} ${path}\n`).update(body).digest('hex')
}

interface KeptAnswer {
  readonly body: unknown
  readonly headers: Readonly<Record<string, string>>
  readonly contentType: string
}

/** Answers a write once; what failed on our side (5xx) or passes by itself is not kept, so that it can be tried again under the same key. */
export async function answerOnce(
  { store, now }: ApiContext,
  request: { readonly key: string; readonly hash: string; readonly path: string },
  answer: () => Promise<{ status: number; body: unknown; headers?: Readonly<Record<string, string>> }>,
): Promise<Response> {
  const { key, hash, path } = request
  const at = now()
  const state = await takeKey(store, { key, requestHash: hash, at, abandonedBefore: at - ABANDONED_AFTER })
  if (state.kind !== 'new') return replay(state, path)
  try {
    const { status, body, headers = {} } = await answer()
    return await keep(status, { body, headers, contentType: 'application/json' })
  } catch (error) {
    if (!(error instanceof ProblemError) || passes(error.problem)) {
      await releaseKey(store, key)
      throw error
    }
    const response = problemResponse(error, path)
    return await keep(response.status, {
      body: await response.json(),
      headers: error.more.headers ?? {},
      contentType: 'application/problem+json',
    })
  }

  async function keep(status: number, kept: KeptAnswer): Promise<Response> {
    await finishKey(store, key, status, kept)
    return responseOf(status, kept)
  }
}

function replay(state: Exclude<KeyState, { kind: 'new' }>, path: string): Response {
  switch (state.kind) {
    case 'answered':
      return responseOf(state.status, state.response as KeptAnswer, { 'idempotency-replayed': 'true' })
    case 'in-flight':
      throw new ProblemError('request-in-flight', 'The same request is being carried out right now; ask again in a moment.', {
        headers: { 'retry-after': '1' },
      })
    case 'other-request':
      throw new ProblemError(
        'idempotency-key-reused',
        `This Idempotency-Key was used for another request than this one to ${path}; take a new one.`,
      )
  }
}

function responseOf(status: number, { body, headers, contentType }: KeptAnswer, more: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': contentType, ...headers, ...more } })
}
