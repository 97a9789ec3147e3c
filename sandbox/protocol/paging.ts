/** Pages of an edge: opaque cursors, and `next` only if there is another page. */

import { invalidParameter, pageTooLarge } from './errors.js'
import { integerParameter, type Parameters, textParameter } from './parameters.js'

export interface Page<T> {
  readonly items: T[]
  readonly paging?: { readonly cursors: { readonly before: string; readonly after: string }; next?: string; previous?: string }
}

export interface PageAddress {
  /** Scheme, host and path of the edge. */
  readonly url: string
  /** The request's parameters; links replace the cursors. */
  readonly parameters: Parameters
}

const LARGEST = 5000

/** The most rows times fields of a page. Meta documents no limit, but large pages with many fields fail there too. */
const LARGEST_CELLS = 15_000

/** @throws GraphError 1 if a page has too many rows for its number of fields */
export function checkPageSize(items: readonly unknown[], fields: number): void {
  if (items.length * Math.max(1, fields) > LARGEST_CELLS) throw pageTooLarge()
}

const cursorOf = (key: string): string => Buffer.from(key).toString('base64url')
const keyOf = (cursor: string): string => Buffer.from(cursor, 'base64url').toString()

/**
 * Cuts one page out of all items.
 * @param keys a stable key for each item, so that a cursor finds its place even if earlier items were added or removed
 * @throws GraphError 100 for an invalid limit or cursor
 */
export function cutPage<T>(
  items: readonly T[],
  keys: (item: T, index: number) => string,
  address: PageAddress,
  limit = 25,
): Page<T> {
  const wanted = integerParameter(address.parameters, 'limit') ?? limit
  if (wanted < 1 || wanted > LARGEST) throw invalidParameter(`Param limit must be between 1 and ${LARGEST}`)
  const all = items.map((item, index) => keys(item, index))
  const place = (cursor: string): number => {
    const found = all.indexOf(keyOf(cursor))
    if (found < 0) throw invalidParameter('The After Cursor specified exceeds the max limit supported by this endpoint')
    return found
  }
  const after = textParameter(address.parameters, 'after')
  const before = textParameter(address.parameters, 'before')
  let start = 0
  let end = Math.min(items.length, wanted)
  if (after !== undefined) {
    start = place(after) + 1
    end = Math.min(items.length, start + wanted)
  } else if (before !== undefined) {
    end = place(before)
    start = Math.max(0, end - wanted)
  }
  const page = items.slice(start, end)
  if (page.length === 0) return { items: page }
  const cursors = { before: cursorOf(all[start] ?? ''), after: cursorOf(all[end - 1] ?? '') }
  return {
    items: page,
    paging: {
      cursors,
      ...(end < items.length ? { next: link(address, { after: cursors.after, limit: wanted }) } : {}),
      ...(start > 0 ? { previous: link(address, { before: cursors.before, limit: wanted }) } : {}),
    },
  }
}

function link({ url, parameters }: PageAddress, cursor: Record<string, string | number>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries({ ...parameters, after: undefined, before: undefined, ...cursor })) {
    if (value !== undefined && value !== null) query.set(name, typeof value === 'object' ? JSON.stringify(value) : String(value))
  }
  return `${url}?${query.toString()}`
}
