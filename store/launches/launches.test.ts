import { expect, test } from 'vitest'

import type { LaunchObject } from '../../engine/launch/launch-object.js'
import type { LaunchSpec } from '../../engine/launch/launch-spec.js'
import { decisionRow } from '../../test/support/rows.js'
import { temporaryStore } from '../../test/support/temporary-store.js'
import type { Store } from '../base/store.js'
import { forgetDecisions } from '../decisions/decision-list.js'
import { recordTick } from '../decisions/decisions.js'
import {
  intendObject,
  knownIds,
  markGone,
  markSent,
  markStanding,
  openObjects,
  standingMedia,
  standingObjects,
} from './launch-objects.js'
import { countLaunchesByRules, findLaunchRun, keepLaunchPlan, openLaunchRun, setLaunchState } from './launch-runs.js'
import { findLaunch, findLoadedLaunch, replaceLaunches, storeLaunch } from './launches.js'

const spec = (key: string, version: string): LaunchSpec =>
  ({ key, version, account: 'moda-tr', file: `specs/${key}.yaml`, publish: 'paused' }) as LaunchSpec
const written = (key: string, version: string) => ({ spec: spec(key, version), text: `launch: ${key}` })
const owner = { account: 'moda-tr', launch: 'summer' }

async function withRun(id = 'r1'): Promise<Store> {
  const store = await temporaryStore()
  await replaceLaunches(store, [written('summer', 'v1')], 1)
  await open(store, id)
  return store
}
const open = (store: Store, id: string) =>
  openLaunchRun(
    store,
    {
      id,
      ...owner,
      version: 'v1',
      kind: 'apply',
      publish: 'paused',
      rollback: false,
      overwriteDrift: false,
      madeBy: 'api:test',
      decision: null,
      step: null,
    },
    1,
  )
const object = (key: string, kind: LaunchObject['kind'] = 'campaign'): LaunchObject => ({
  key,
  kind,
  name: key,
  parent: null,
  fields: { sha256: 'aa' },
  filled: [],
})

test('a new set of specs replaces the loaded one, and old versions are kept', async () => {
  const store = await temporaryStore()
  await replaceLaunches(store, [written('summer', 'v1'), written('winter', 'v1')], 1)
  const change = await replaceLaunches(store, [written('summer', 'v2'), written('spring', 'v1')], 2)
  expect(change).toEqual({ added: ['spring'], changed: ['summer'], removed: ['winter'] })
  expect((await findLoadedLaunch(store, 'summer'))?.spec.version).toBe('v2')
  expect(await findLoadedLaunch(store, 'winter')).toBeUndefined()
  await storeLaunch(store, written('summer', 'v3'), 3)
  // A posted spec does not replace the loaded one.
  expect((await findLaunch(store, 'summer'))?.spec.version).toBe('v2')
  expect((await findLaunch(store, 'winter'))?.isLoaded).toBe(false)
  // If the same spec is posted from elsewhere, the loaded one keeps its file, next to which its media are.
  await storeLaunch(store, { ...written('summer', 'v2'), spec: { ...spec('summer', 'v2'), file: 'elsewhere.yaml' } }, 4)
  expect((await findLoadedLaunch(store, 'summer'))?.spec.file).toBe('specs/summer.yaml')
})

test('a run is stored once, keeps its first plan, and does not change its state after it has ended', async () => {
  const store = await withRun()
  await setLaunchState(store, 'r1', { state: 'running', at: 2 })
  expect((await open(store, 'r1')).state).toBe('running')
  const plan = { objects: [], leftAlone: [], publish: ['campaign'] }
  await keepLaunchPlan(store, 'r1', { media: [], plan, at: 2 })
  await keepLaunchPlan(store, 'r1', { media: [], plan: { ...plan, publish: [] }, at: 3 })
  expect((await findLaunchRun(store, 'r1'))?.plan?.publish).toEqual(['campaign'])
  expect(await setLaunchState(store, 'r1', { state: 'done', note: 'Done.', at: 4 })).toBe(true)
  expect(await setLaunchState(store, 'r1', { state: 'failed', at: 5 })).toBe(false)
  expect(await countLaunchesByRules(store, 'moda-tr', 0, null)).toBe(0)
})

test('an object becomes intended, sent and standing, and replaced when another one gets its key', async () => {
  const store = await withRun()
  const intend = (run: string) => intendObject(store, { ...owner, run, object: object('campaign'), at: 1 })
  const first = await intend('r1')
  expect(await intend('r1')).toEqual(first)
  await open(store, 'r2')
  // Only one run may be creating an object.
  await expect(intend('r2')).rejects.toThrow()
  await markSent(store, first.id, 2)
  expect((await openObjects(store, owner)).map(({ state }) => state)).toEqual(['sent'])
  await markStanding(store, first, { metaId: '11', readBack: { status: 'PAUSED' }, at: 3 })
  expect(await openObjects(store, owner)).toEqual([])
  const second = await intend('r2')
  await markStanding(store, second, { metaId: '12', readBack: null, at: 4 })
  expect([...(await standingObjects(store, owner)).values()].map(({ meta_id: id }) => id)).toEqual(['12'])
  expect(await knownIds(store, 'moda-tr', ['11', '12', '13'])).toEqual(new Set(['11', '12']))
  await markGone(store, second.id, 'deleted', 5)
  expect((await standingObjects(store, owner)).size).toBe(0)
})

test('a decision that started a launch is kept, and a launch by a rule counts as one action', async () => {
  const store = await withRun()
  const decision = (id: string, at: number) => decisionRow({ id, at, progress: 'refused' })
  await recordTick(store, { states: [], decisions: [decision('d1', 1), decision('d2', 2), decision('d3', 3)] })
  const run = { ...owner, version: 'v1', kind: 'apply', publish: 'paused', rollback: false, overwriteDrift: false } as const
  await openLaunchRun(store, { ...run, id: 'r9', madeBy: 'pause-expensive', decision: 'd1', step: 0 }, 5)
  expect(await forgetDecisions(store, 10)).toBe(1)
  expect(await countLaunchesByRules(store, 'moda-tr', 5, null)).toBe(1)
  expect(await countLaunchesByRules(store, 'moda-tr', 5, 'r9')).toBe(0)
  await setLaunchState(store, 'r9', { state: 'refused', at: 6 })
  expect(await countLaunchesByRules(store, 'moda-tr', 5, null)).toBe(0)
})

test('media with the same bytes are found again, only within the account', async () => {
  const store = await withRun()
  const row = await intendObject(store, { ...owner, run: 'r1', object: object('image/a.png', 'image'), at: 1 })
  await markStanding(store, row, { metaId: 'hash', readBack: null, at: 2 })
  expect((await standingMedia(store, 'moda-tr', 'image', 'aa'))?.meta_id).toBe('hash')
  expect(await standingMedia(store, 'moda-tr', 'video', 'aa')).toBeUndefined()
  expect(await standingMedia(store, 'moda-de', 'image', 'aa')).toBeUndefined()
})
