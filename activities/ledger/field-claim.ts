/** Lets only one change of a field of an entity be applied at a time, across all workers and attempts. */

import { randomUUID } from 'node:crypto'

import { ApplicationFailure, sleep } from '@temporalio/activity'

import { fieldInWords } from '../../engine/change/in-words.js'
import { claimField, type Field, releaseField } from '../../store/decisions/field-claims.js'
import type { ActivityDependencies } from '../base/dependencies.js'

/** A claim that was not renewed for this long belongs to a process that has ended, in milliseconds. */
const LEASE = 15_000
const RENEWED_EVERY = 3_000
const LOOK_AGAIN = 100
/**
 * How long an earlier change of the same field may make a later one wait, in milliseconds: longer than Meta takes for a write,
 * and shorter than a person waits for an answer. What the earlier one has sent by then counts as lost, and the later change is
 * checked again afterwards.
 */
const EARLIER_MAY_TAKE = 5_000
/** Longer than any request to Meta may take, in milliseconds: by then the holder of the field is done or has lost it. */
const PATIENCE = 120_000

/**
 * Runs `work` while nobody else reads or writes the field. Waits for the current holder, but for an earlier change only
 * `EARLIER_MAY_TAKE`.
 *
 * @param order the number of the change that `work` makes
 * @param work gets a function that fails if the claim was lost, and must call it right before a write
 * @throws ApplicationFailure `field-busy`, retryable
 */
export async function withField<T>(
  { store, now }: ActivityDependencies,
  field: Field,
  order: number,
  work: (checkClaim: () => Promise<void>) => Promise<T>,
): Promise<T> {
  const holder = randomUUID()
  const claim = (overEarlier = false): Promise<boolean> => {
    const at = now()
    return claimField(store, field, { holder, order, at, until: at + LEASE, overEarlier })
  }
  const busy = (): ApplicationFailure =>
    ApplicationFailure.retryable(`Another change of its ${fieldInWords(field.field)} is being made right now.`, 'field-busy')
  for (let waited = 0; !(await claim(waited >= EARLIER_MAY_TAKE)); waited += LOOK_AGAIN) {
    if (waited >= PATIENCE) throw busy()
    await sleep(LOOK_AGAIN)
  }
  // If renewing fails, the next check notices it.
  const renewing = setInterval(() => void claim().catch(() => false), RENEWED_EVERY)
  try {
    return await work(async () => {
      if (!(await claim())) throw busy()
    })
  } finally {
    clearInterval(renewing)
    await releaseField(store, field, holder).catch(() => undefined)
  }
}
