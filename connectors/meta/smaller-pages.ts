/**
 * For lists that are read rarely: if Meta refuses a page as too large, half as many rows are requested immediately. (Lists of
 * whole accounts are read at each tick; there the caller remembers the page size that worked.)
 */

import { MetaError } from '../connector-error.js'
import type { Shrinks } from '../graph.js'
import type { ListOptions } from './client.js'

const LARGEST = 200
/** If Meta refuses even this few rows, it is an outage, which has the same error code. */
const SMALLEST = 12

export interface Page {
  readonly limit: string
  readonly canShrink: Shrinks | undefined
}

/** @param options if `page` is set, the caller reduces the page size itself */
export async function inSmallerPages<T>({ page: own }: ListOptions, ask: (page: Page) => Promise<T>): Promise<T> {
  if (own !== undefined) return await ask({ limit: String(own), canShrink: 'page' })
  for (let rows = LARGEST; rows > SMALLEST; rows = Math.max(SMALLEST, Math.floor(rows / 2))) {
    try {
      return await ask({ limit: String(rows), canShrink: 'page' })
    } catch (error) {
      if (!(error instanceof MetaError) || error.kind !== 'page-too-large') throw error
    }
  }
  return await ask({ limit: String(SMALLEST), canShrink: undefined })
}
