/** The panel's calls to the API. The shapes are the API's own: its OpenAPI document is made from the same schemas. */

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

/** The server answered with an error; `message` is its problem detail (RFC 9457). */
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

/** @throws {ProblemError} with status 401 if the browser is not signed in */
export function readDecisions(question: {
  readonly outcome: Outcome | null
  readonly cursor: string | null
}): Promise<Page<DecisionSummary>> {
  const parameters = new URLSearchParams({ limit: '30' })
  if (question.outcome !== null) parameters.set('outcome', question.outcome)
  if (question.cursor !== null) parameters.set('cursor', question.cursor)
  return read(`/api/decisions?${parameters.toString()}`)
}

/** @throws {ProblemError} with status 404 if the decision is no longer stored */
export const readDecision = (id: string): Promise<DecisionDetail> => read(`/api/decisions/${encodeURIComponent(id)}`)

/**
 * Approves or rejects what a decision waits for.
 *
 * @param key the idempotency key: the same for every retry of one click, so that a lost answer does no harm
 * @throws {ProblemError} with status 409 if the other answer was given before
 */
export const answerApproval = (decision: string, answer: 'approve' | 'reject', key: string): Promise<Approval> =>
  ask(`/api/decisions/${encodeURIComponent(decision)}/${answer}`, {
    method: 'POST',
    headers: { accept: 'application/json', 'idempotency-key': key },
  })

/** Reads what currently keeps rules from running; an empty list if all is well. */
export const readHealth = (): Promise<HealthFaults> => read('/api/health')

/** Reads the notes that nobody has marked as seen yet. */
export const readNotes = (): Promise<Page<Note>> => read('/api/notes')

/** @param key as for `answerApproval` */
export const markNoteSeen = (id: string, key: string): Promise<Note> =>
  ask(`/api/notes/${encodeURIComponent(id)}/seen`, {
    method: 'POST',
    headers: { accept: 'application/json', 'idempotency-key': key },
  })
