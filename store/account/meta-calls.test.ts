import { expect, test } from 'vitest'

import { temporaryStore } from '../../test/support/temporary-store.js'
import { callsOfRun, callsSince, countMetaCall, forgetMetaCalls, lastRuns } from './meta-calls.js'

test('calls and failed calls are counted by run and kind', async () => {
  const store = await temporaryStore()
  const call = (run: string, at: number, kind = 'ads', failed = false, account = 'moda-tr') =>
    countMetaCall(store, { account, run, workflow: run === '' ? '' : 'watchAccount', kind, failed, at })
  await call('r1', 1)
  await call('r1', 2, 'ads', true)
  await call('r1', 3, 'report')
  await call('r2', 10)
  await call('r2', 11, 'ads', false, 'moda-eu')
  await call('', 12, 'change')

  const first = [
    { kind: 'ads', calls: 2, failed: 1 },
    { kind: 'report', calls: 1, failed: 0 },
  ]
  expect(await callsOfRun(store, 'r1')).toEqual(first)
  expect(await callsOfRun(store, 'r3')).toEqual([])
  expect(await callsSince(store, 10)).toEqual([
    { account: 'moda-eu', kind: 'ads', calls: 1, failed: 0 },
    { account: 'moda-tr', kind: 'ads', calls: 1, failed: 0 },
    { account: 'moda-tr', kind: 'change', calls: 1, failed: 0 },
  ])
  const runs = await lastRuns(store, { account: 'moda-tr', workflow: 'watchAccount', limit: 5 })
  expect(runs.map(({ run, at }) => [run, at])).toEqual([
    ['r2', 10],
    ['r1', 1],
  ])
  expect(runs[1]?.calls).toEqual(first)
  await forgetMetaCalls(store, 10)
  expect(await callsOfRun(store, 'r1')).toEqual([])
  expect(await callsOfRun(store, 'r2')).toHaveLength(1)
})
