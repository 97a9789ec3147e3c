/** The mark in the name of a copy, by which a retry finds it, and how long a retry waits for it to appear. */

import { createHash } from 'node:crypto'

import { ApplicationFailure } from '@temporalio/common'

/** Returns the same mark for every attempt of a change, and another for every other change. */
export const copyMark = (mutation: string): string => ` | copy ${createHash('sha256').update(mutation).digest('hex').slice(0, 8)}`

/** How long after a lost answer a copy may still become visible, in milliseconds. Until then it is not made again. */
export const LATE_COPY = 90_000

export const notVisibleYet = (what: string): ApplicationFailure =>
  ApplicationFailure.create({
    message: `It is not known yet whether Meta created ${what}. tetik looks for it again before it creates another.`,
    type: 'not-visible-yet',
    nextRetryDelay: '15s',
  })

/** The type of the failure if a copy was made but some of its contents were not. */
export const INCOMPLETE_COPY = 'incomplete-copy'
