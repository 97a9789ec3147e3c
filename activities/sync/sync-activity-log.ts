/** Reads Meta's activity log once an hour, which shows who made a change. */

import { heartbeat } from '@temporalio/activity'

import type { MetaClient } from '../../connectors/meta/client.js'
import type { Account } from '../../engine/account/account.js'
import { DAY, HOUR } from '../../engine/clock/zone.js'
import { newestActivity, saveActivities } from '../../store/account/ad-activities.js'
import type { ActivityDependencies } from '../base/dependencies.js'
import { isTimeFor } from '../base/throttle.js'
import { unlessRefused } from './sync-account-details.js'

/** How far back the first reading goes; Meta keeps about 90 days. */
const FIRST = 30 * DAY
/** An entry may appear in the log some time after the change. */
const LATE = HOUR

export async function syncActivityLog(
  dependencies: ActivityDependencies,
  client: MetaClient,
  account: Pick<Account, 'name' | 'id'>,
): Promise<void> {
  const { store } = dependencies
  const now = dependencies.now()
  if (!isTimeFor(store, `activity log of ${account.name}`, HOUR, now)) return
  const newest = await newestActivity(store, account.name)
  const since = newest === null ? now - FIRST : Math.min(newest, now) - LATE
  await readActivityLog(dependencies, client, account, since)
}

/** Stores the entries since a moment. If Meta refuses the account's log, nothing is stored. */
export async function readActivityLog(
  dependencies: ActivityDependencies,
  client: MetaClient,
  { name, id }: Pick<Account, 'name' | 'id'>,
  since: number,
): Promise<void> {
  const now = dependencies.now()
  await unlessRefused(dependencies, `the activity log of ${name}`, async () => {
    const found = await client.listActivities(id, { since, until: now + 1_000 }, { onPage: (rows) => heartbeat(rows) })
    await saveActivities(
      dependencies.store,
      found.map((activity) => ({
        account: name,
        id: activity.id,
        at: activity.at,
        event_type: activity.type,
        actor_id: activity.actorId,
        actor_name: activity.actorName,
        application_id: activity.applicationId,
        application_name: activity.applicationName,
        object_id: activity.objectId,
        object_type: activity.objectType,
        object_name: activity.objectName,
        extra_json: activity.extra === null ? null : JSON.stringify(activity.extra),
        learned_at: now,
      })),
    )
  })
}
