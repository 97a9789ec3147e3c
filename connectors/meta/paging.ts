/**
 * Reads a list to its end. Meta's `paging.next` is a full URL that may contain a token: only its cursor is used, in the same request
 * to the same host, so that no answer can send us to another host.
 */

import { AnswerMismatch, type AnswerObject } from '../answer.js'

/** More pages than any account has: the limit against a server whose list never ends. */
const MOST_PAGES = 5_000

/**
 * @param ask Requests a page, with the cursor `after` from the second page on, and passes the answer to `read`.
 * @returns All rows, in Meta's order. If a cursor repeats, `read` throws an `AnswerMismatch`, since the list would never end.
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

/** Returns the cursor of the next page; null on the last page, which has no `next` even if it has cursors. */
function cursorOf(answer: AnswerObject): string | null {
  const paging = answer.objectOrNull('paging')
  const next = paging?.textOrNull('next') ?? null
  if (paging === null || next === null) return null
  const inUrl = URL.canParse(next) ? new URL(next).searchParams.get('after') : null
  const cursor = inUrl ?? paging.objectOrNull('cursors')?.textOrNull('after') ?? null
  if (cursor === null || cursor === '') throw new AnswerMismatch('paging.cursors.after', 'a cursor', undefined)
  return cursor
}
