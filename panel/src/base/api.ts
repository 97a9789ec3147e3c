/** What the page asks of the server. Shapes are the API's own, which come from the same schemas as its OpenAPI document. */

import type { Approval, DecisionDetail, DecisionSummary } from '../../../service/api/shapes/decision.js'
import type { HealthFaults } from '../../../service/api/shapes/health.js'
import type { Note } from '../../../service/api/shapes/note.js'

export type { Note } from '../../../service/api/shapes/note.js'
export type { Approval, DecisionDetail, DecisionSummary, TraceLeaf } from '../../../service/api/shapes/decision.js'

export type SideValue = DecisionDetail['trace'][number]['left']
export type Outcome = DecisionSummary['outcome']

export type HealthFault = HealthFaults['data'][number]

export interface Page<T> {
  readonly data: readonly T[]
  /** Where the next page begins; null on the last one. */
  readonly next: string | null
}

/** The server's answer was no; `message` is its problem detail (RFC 9457). */
export class ProblemError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message)
  }
}

const read = <T>(path: string): Promise<T> => ask(path, { headers: { accept: 'application/json' } })

async function ask<T>(path: string, init: RequestInit): Promise<T> {
  const answer = await fetch(path, init)
  if (answer.ok) return (await answer.json()) as T
  const problem = (await answer.json().catch(() => ({}))) as { title?: string; detail?: string }
  throw new ProblemError(answer.status, problem.detail ?? problem.title ?? `HTTP ${answer.status}`)
}

/** @throws {ProblemError} with status 401 where the browser is not signed in */
export function readDecisions(question: {
  readonly outcome: Outcome | null
  readonly cursor: string | null
}): Promise<Page<DecisionSummary>> {
  const parameters = new URLSearchParams({ limit: '30' })
  if (question.outcome !== null) parameters.set('outcome', question.outcome)
  if (question.cursor !== null) parameters.set('cursor', question.cursor)
  return read(`/api/decisions?${parameters.toString()}`)
}

/** @throws {ProblemError} with status 404 where the decision is no longer kept */
export const readDecision = (id: string): Promise<DecisionDetail> => read(`/api/decisions/${encodeURIComponent(id)}`)

/**
 * Gives a word on what a decision waits for.
 *
 * @param key the same at every try of one click, so that a lost answer does no harm
 * @throws {ProblemError} with status 409 where another word was given before
 */
export const giveWord = (decision: string, word: 'approve' | 'reject', key: string): Promise<Approval> =>
  ask(`/api/decisions/${encodeURIComponent(decision)}/${word}`, {
    method: 'POST',
    headers: { accept: 'application/json', 'idempotency-key': key },
  })

/** What keeps the installation from doing its work now; an empty list where all is well. */
export const readHealth = (): Promise<HealthFaults> => read('/api/health')

/** What somebody should know and nobody has seen yet. */
export const readNotes = (): Promise<Page<Note>> => read('/api/notes')

/** @param key as for `giveWord` */
export const markNoteSeen = (id: string, key: string): Promise<Note> =>
  ask(`/api/notes/${encodeURIComponent(id)}/seen`, {
    method: 'POST',
    headers: { accept: 'application/json', 'idempotency-key': key },
  })
