/**
 * Lists that are asked for now and then: where Meta refuses a page as too large, half of it is asked for at once. Lists of whole
 * accounts are read at each tick, and their caller keeps the page size that was answered.
 */

import { MetaError } from '../connector-error.js'
import type { Shrinks } from '../graph.js'
import type { ListOptions } from './client.js'

const LARGEST = 200
/** What is refused so small is an outage, which has the same code. */
const SMALLEST = 12

export interface Page {
  readonly limit: string
  readonly canShrink: Shrinks | undefined
}

/** @param options a caller that gives a page size of its own makes it smaller itself */
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
