/**
 * Reads a list to its end. Meta's `paging.next` is a full URL that may contain a token: only its cursor is used, in the same request
 * to the same host, so that no answer can send us to another host.
 */

import { AnswerMismatch, type AnswerObject } from '../answer.js'

/** More pages than any account has: the limit against a server whose list never ends. */
const MOST_PAGES = 5_000

/**
 * @param ask Sends the question, with `after` where a page follows another, and hands the answer to `read`.
 * @returns All rows, in Meta's order. A cursor that comes back is a loop, hence an `AnswerMismatch` within `ask`.
 */
export async function readPages<T>(
  ask: (after: string | null, read: (answer: AnswerObject) => string | null) => Promise<string | null>,
  convert: (row: AnswerObject) => T,
  onPage?: (rows: number) => void,
): Promise<T[]> {
  const rows: T[] = []
  const seen = new Set<string>()
  let after: string | null = null
  for (;;) {
    after = await ask(after, (answer) => {
      if (!Array.isArray(answer.raw('data'))) throw new AnswerMismatch('data', 'a list', answer.raw('data'))
      for (const row of answer.objects('data')) rows.push(convert(row))
      const next = cursorOf(answer)
      if (next !== null && (seen.has(next) || seen.size >= MOST_PAGES)) {
        throw new AnswerMismatch('paging.next', 'a page that was not there before', 'the same page again')
      }
      if (next !== null) seen.add(next)
      return next
    })
    onPage?.(rows.length)
    if (after === null) return rows
  }
}

/** No `next` is the last page, whatever the cursors say. */
function cursorOf(answer: AnswerObject): string | null {
  const paging = answer.objectOrNull('paging')
  const next = paging?.textOrNull('next') ?? null
  if (paging === null || next === null) return null
  const inUrl = URL.canParse(next) ? new URL(next).searchParams.get('after') : null
  const cursor = inUrl ?? paging.objectOrNull('cursors')?.textOrNull('after') ?? null
  if (cursor === null || cursor === '') throw new AnswerMismatch('paging.cursors.after', 'a cursor', undefined)
  return cursor
}
