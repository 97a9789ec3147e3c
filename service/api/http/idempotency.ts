/** `Idempotency-Key`: a repeated request gets the stored answer, and nothing happens twice. */

import { createHash } from 'node:crypto'

import { finishKey, type KeyState, releaseKey, takeKey } from '../../../store/incoming/idempotency-keys.js'
import { passes } from '../shapes/problem.js'
import type { ApiContext } from './context.js'
import { ProblemError, problemResponse } from './problem.js'

/** After this long without an answer, the process that handled the request has died, milliseconds; no operation takes half as long. */
const ABANDONED_AFTER = 60_000

const KEY = /^[A-Za-z0-9._:-]{1,128}$/

/** @throws ProblemError `idempotency-key-missing`, or `invalid-request` if the key is malformed */
export function readKey(header: string | undefined): string {
  if (header === undefined || header === '') {
    throw new ProblemError(
      'idempotency-key-missing',
      'Send an Idempotency-Key header with a new UUID for each change; use the same one when you retry it.',
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

/** Carries a write out once and stores its answer. Failures on our side (5xx) and temporary problems are not stored, so that the same key can be retried. */
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
      throw new ProblemError('request-in-flight', 'The same request is still being processed; try again in a moment.', {
        headers: { 'retry-after': '1' },
      })
    case 'other-request':
      throw new ProblemError(
        'idempotency-key-reused',
        `This Idempotency-Key was used for a different request than this one to ${path}; use a new key.`,
      )
  }
}

function responseOf(status: number, { body, headers, contentType }: KeptAnswer, more: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': contentType, ...headers, ...more } })
}
