/** Finds the object that a create call made if its answer was lost. Creating is not idempotent at Meta. */

import { ApplicationFailure } from '@temporalio/activity'

import type { MetaClient } from '../../connectors/meta/client.js'
import type { CreatableKind } from '../../connectors/meta/launch-object.js'
import type { Account } from '../../engine/account/account.js'
import { objectInWords } from '../../engine/launch/words.js'
import { knownIds, type LaunchObjectRow, standingObjects } from '../../store/launches/launch-objects.js'
import type { ActivityDependencies } from '../base/dependencies.js'

/** How long after a lost answer an object may still become visible, milliseconds. Until then it is not created again. */
const LATE = 90_000
const AGAIN = '15s'
/** How far Meta's clock may be behind ours, milliseconds. */
const CLOCK_SKEW = 5 * 60_000

/**
 * Returns the id of the object that an earlier try made: it has the same name and parent, was created since the try began, and
 * its id belongs to no other row. Null if certainly none was made.
 *
 * @throws ApplicationFailure `not-visible-yet` (try again); `several-found`, where a person has to say which it is
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
      `An earlier try’s answer was lost, and Meta has several that may be its ${objectInWords(row)}: ${ids}. Delete those that are too many, and apply again.`,
      'several-found',
    )
  }
  if (made !== undefined) return made.id
  if (now() - row.sent_at >= LATE) return null
  throw ApplicationFailure.create({
    message: `It is not known yet whether Meta created the ${objectInWords(row)}; tetik looks for it again before it creates another.`,
    type: 'not-visible-yet',
    nextRetryDelay: AGAIN,
  })
}
