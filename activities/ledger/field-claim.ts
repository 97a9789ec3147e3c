/** Work on one field of one entity at a time, over all workers and tries. */

import { randomUUID } from 'node:crypto'

import { ApplicationFailure, sleep } from '@temporalio/activity'

import { fieldInWords } from '../../engine/change/in-words.js'
import { claimField, type Field, releaseField } from '../../store/decisions/field-claims.js'
import type { ActivityDependencies } from '../base/dependencies.js'

/** A claim that was not renewed for so long belongs to a process that is gone, milliseconds. */
const LEASE = 15_000
const RENEWED_EVERY = 3_000
const LOOK_AGAIN = 100
/**
 * For so long an earlier change of the same field may keep a later one waiting, milliseconds: longer than Meta takes for a write,
 * and shorter than a person waits for an answer. What it has sent by then counts as lost, and is looked after.
 */
const EARLIER_MAY_TAKE = 5_000
/** Longer than Meta is waited for, milliseconds: the holder of the field is done by then, or has lost it. */
const PATIENCE = 120_000

/**
 * Runs `work` while nobody else reads or writes the field; waits for the current holder, and for an earlier change only so long.
 *
 * @param order the number of the change that `work` makes
 * @param work gets a function that fails where the claim was lost: to be called right before a write
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
    ApplicationFailure.retryable(`Another change of its ${fieldInWords(field.field)} is being made just now.`, 'field-busy')
  for (let waited = 0; !(await claim(waited >= EARLIER_MAY_TAKE)); waited += LOOK_AGAIN) {
    if (waited >= PATIENCE) throw busy()
    await sleep(LOOK_AGAIN)
  }
  // What fails here shows at the next check.
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
