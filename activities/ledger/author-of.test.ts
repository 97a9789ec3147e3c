import { beforeEach, expect, it } from 'vitest'

import type { MetaActivity } from '../../connectors/meta/activities.js'
import { HOUR, MINUTE } from '../../engine/clock/zone.js'
import { intendMutation, settleMutation } from '../../store/decisions/mutations.js'
import { type ActivityRoom, NOON, openActivityRoom } from '../../test/support/activity-room.js'
import { syncStructure } from '../sync/sync-structure.js'
import { authorOf } from './author-of.js'
import { authorsOf, NO_PERSON } from './person-changes.js'

let room: ActivityRoom
beforeEach(async () => {
  room = await openActivityRoom()
})

const AT = NOON - 20 * MINUTE
const entry = (change: Partial<MetaActivity> = {}): MetaActivity => ({
  id: `${change.type ?? 'budget'} ${change.at ?? AT}`,
  at: AT,
  type: 'update_ad_set_budget',
  actorId: '10158',
  actorName: 'Ayşe Yılmaz',
  applicationId: '119211728144504',
  applicationName: 'Reklam Yöneticisi',
  objectId: 's1',
  objectType: 'CAMPAIGN',
  objectName: 'Kış',
  extra: null,
  ...change,
})
const read = async (...activities: MetaActivity[]) => {
  room.meta.activities = activities
  await room.run(syncStructure(room.dependencies), { account: 'moda-tr' })
}
const author = (field: 'daily_budget' | 'status' = 'daily_budget', time = NOON) =>
  authorOf(room.store, 'moda-tr', { level: 'adset', id: 's1' }, field, time)

it.each([
  ['a person in Ads Manager', {}, 'person'],
  ['a person on the phone', { applicationId: '1', applicationName: 'Ads Manager for iOS' }, 'person'],
  ['another app', { applicationId: '555', applicationName: 'AdPilot' }, 'app'],
  ['Meta itself', { actorId: '0', actorName: 'Meta', applicationId: null, applicationName: null }, 'meta'],
] as const)('is %s', async (_who, change: Partial<MetaActivity>, kind) => {
  await read(entry(change))
  const application = change.applicationName === undefined ? 'Reklam Yöneticisi' : change.applicationName
  expect(await author()).toEqual({ kind, name: change.actorName ?? 'Ayşe Yılmaz', application, at: AT })
})

it('is tetik if the ledger has the change', async () => {
  await intendMutation(room.store, {
    id: 'm1',
    decision: null,
    account: 'moda-tr',
    made_by: 'api:owner',
    level: 'adset',
    entity_id: 's1',
    field: 'daily_budget',
    before: '50000',
    target: '60000',
    intended_at: AT - 5_000,
  })
  await settleMutation(room.store, 'm1', { outcome: 'confirmed', at: AT })
  await read(entry({ applicationId: '998', applicationName: 'Our app' }))
  expect((await author())?.kind).toBe('tetik')
  // The author of a person's later edit of the same field is the person.
  room.clock.now += HOUR
  await read(entry({ at: AT + 30 * MINUTE }))
  expect((await author('daily_budget', NOON + 20 * MINUTE))?.kind).toBe('person')
})

it('is the author of the last edit of this field until then', async () => {
  await read(
    entry({ at: NOON + HOUR, actorName: 'Later' }),
    entry({ actorName: 'This one' }),
    entry({ at: AT - HOUR, actorName: 'Earlier' }),
    entry({ type: 'update_ad_set_run_status', at: AT + MINUTE, actorName: 'Another field' }),
    entry({ at: AT + 2 * MINUTE, objectId: 's2', actorName: 'Another ad set' }),
  )
  expect((await author())?.name).toBe('This one')
  expect((await author('status'))?.name).toBe('Another field')
  expect(await author('status', NOON - 2 * HOUR)).toBeNull()
})

it('the log is read once an hour, starting at the newest entry, and each entry is stored once', async () => {
  const asked: { since: number; until: number }[] = []
  const client = room.meta.client
  const dependencies = {
    ...room.dependencies,
    meta: () => ({
      ...client,
      listActivities: (id: string, time: { since: number; until: number }) => {
        asked.push(time)
        return client.listActivities(id, time)
      },
    }),
  }
  room.meta.activities = [entry()]
  const sync = () => room.run(syncStructure(dependencies), { account: 'moda-tr' })
  await sync()
  room.clock.now += 30 * MINUTE
  await sync()
  room.clock.now += 30 * MINUTE
  await sync()
  expect(asked).toHaveLength(2)
  expect(NOON - asked[0]!.since).toBeGreaterThan(29 * 24 * HOUR)
  expect(asked[1]!.since).toBe(AT - HOUR)
  const rows = await room.store.db.selectFrom('ad_activities').selectAll().execute()
  expect(rows.map(({ at, actor_name: name }) => [at, name])).toEqual([[AT, 'Ayşe Yılmaz']])
})

it('the reason names the author whose change holds rules back, also if it is another app or Meta', async () => {
  const app = entry({ applicationId: '555', applicationName: 'AdPilot' })
  const meta = entry({
    type: 'update_ad_set_run_status',
    actorId: '0',
    actorName: 'Meta',
    applicationId: null,
    applicationName: null,
  })
  await read(app, meta)
  const entity = { level: 'adset', id: 's1', dailyBudget: 1 } as const
  expect(await authorsOf(room.store, 'moda-tr', entity, { status: NOON, budget: NOON, bid: NOON })).toEqual({
    status: 'Meta',
    budget: 'AdPilot',
    bid: null,
  })
  expect(await authorsOf(room.store, 'moda-tr', entity, NO_PERSON)).toEqual({ status: null, budget: null, bid: null })
})
