/** Finds the object that a create call made if its answer was lost. Creating is not idempotent at Meta. */

import { ApplicationFailure } from '@temporalio/activity'

import type { MetaClient } from '../../connectors/meta/client.js'
import type { CreatableKind } from '../../connectors/meta/launch-object.js'
import type { Account } from '../../engine/account/account.js'
import { objectInWords } from '../../engine/launch/words.js'
import { knownIds, type LaunchObjectRow, standingObjects } from '../../store/launches/launch-objects.js'
import type { ActivityDependencies } from '../base/dependencies.js'

/** For this long after a lost answer the object may still become visible. Until then it is not created again. Milliseconds. */
const LATE = 90_000
const AGAIN = '15s'
/** How far Meta's clock may be behind ours, milliseconds. */
const CLOCK_SKEW = 5 * 60_000

/**
 * Returns the id of the object that an earlier attempt created: one with the same name and parent that was created after the attempt
 * began and whose id no other row has. Null if the attempt cannot have created one.
 *
 * @throws ApplicationFailure `not-visible-yet`, which is retried; `several-found`, if a person has to choose
 * @throws MetaError
 */
export async function findMade(
  { store, now }: Pick<ActivityDependencies, 'store' | 'now'>,
  account: Account,
  client: Pick<MetaClient, 'findCreated'>,
  row: LaunchObjectRow,
): Promise<string | null> {
  if (row.sent_at === null) return null
  const parent = row.parent === null ? null : (await standingObjects(store, row)).get(row.parent)?.meta_id
  // The parent no longer exists, and neither does anything in it.
  if (parent === undefined) return null
  const query = { name: row.name, parent, createdAfter: row.attempted_at - CLOCK_SKEW }
  const found = await client.findCreated(account.id, row.kind as CreatableKind, query)
  const known = await knownIds(
    store,
    row.account,
    found.map(({ id }) => id),
  )
  const [made, ...others] = found.filter(({ id }) => !known.has(id))
  if (others.length > 0) {
    const ids = [made!, ...others].map(({ id }) => id).join(', ')
    throw ApplicationFailure.nonRetryable(
      `The answer to an earlier attempt was lost, and Meta has several objects that may be its ${objectInWords(row)}: ${ids}. Delete the superfluous ones, and apply the launch again.`,
      'several-found',
    )
  }
  if (made !== undefined) return made.id
  if (now() - row.sent_at >= LATE) return null
  throw ApplicationFailure.create({
    message: `It is not known yet whether Meta created the ${objectInWords(row)}. tetik looks for it again before it creates another.`,
    type: 'not-visible-yet',
    nextRetryDelay: AGAIN,
  })
}
