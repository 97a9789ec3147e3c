/** What the ledger holds of a copy: the mark by which it is found again at Meta, and the name that it shall bear. */

import { createHash } from 'node:crypto'

import { ApplicationFailure } from '@temporalio/common'

export interface CopyTarget {
  /** Put behind the copy's name when it is made, so that it is known from every other copy of the same thing. */
  readonly mark: string
  /** Null for the source's name with the mark. */
  readonly name: string | null
}

/** The same for every try of one change, and of no other. */
export const copyMark = (mutation: string): string => ` | copy ${createHash('sha256').update(mutation).digest('hex').slice(0, 8)}`

export const copyTargetText = ({ mark, name }: CopyTarget): string => JSON.stringify({ mark, name })

export const readCopyTarget = (target: string): CopyTarget => JSON.parse(target) as CopyTarget

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
