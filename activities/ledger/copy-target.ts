/** Copies at Meta: the mark by which one is found again, and what a retry waits for. */

import { createHash } from 'node:crypto'

import { ApplicationFailure } from '@temporalio/common'

/** The same for every try of one change, and of no other. */
export const copyMark = (mutation: string): string => ` | copy ${createHash('sha256').update(mutation).digest('hex').slice(0, 8)}`

/** How long after a lost answer a copy may still become visible, milliseconds. Before that none is made again. */
export const LATE_COPY = 90_000

export const notVisibleYet = (what: string): ApplicationFailure =>
  ApplicationFailure.create({
    message: `It is not known yet whether Meta made ${what}; it is looked for again before another is made.`,
    type: 'not-visible-yet',
    nextRetryDelay: '15s',
  })

/** The type of the failure where a copy was made and something in it could not be. */
export const INCOMPLETE_COPY = 'incomplete-copy'
