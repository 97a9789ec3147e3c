/** Cursors of lists: where the previous page ended, encoded so that clients treat them as opaque. */

import { Ajv2020 } from 'ajv/dist/2020.js'
import type { Static, TSchema } from 'typebox'

import { ProblemError } from './problem.js'

const writeCursor = (place: unknown): string => Buffer.from(JSON.stringify(place)).toString('base64url')

const ajv = new Ajv2020()

/** Returns a function that decodes cursors of shape `place`, and throws ProblemError `invalid-request` for others. */
export function cursorReader<T extends TSchema>(place: T): (cursor: string | undefined) => Static<T> | undefined {
  const isPlace = ajv.compile<Static<T>>(place)
  return (cursor) => {
    if (cursor === undefined) return undefined
    const read = parse(cursor)
    if (isPlace(read)) return read
    throw new ProblemError('invalid-request', 'The cursor is not from this list.', {
      errors: [{ where: 'query.cursor', message: 'is not from this list' }],
    })
  }
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown
  } catch {
    return undefined
  }
}

/** Returns a page of `rows`, of which the caller read up to `limit + 1`: an extra row means that there is a next page. */
export function page<T>(rows: readonly T[], limit: number, placeOf: (last: T) => unknown): { data: T[]; next: string | null } {
  const data = rows.slice(0, limit)
  const last = data.at(-1)
  return { data, next: rows.length > limit && last !== undefined ? writeCursor(placeOf(last)) : null }
}
