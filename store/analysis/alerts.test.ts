import { beforeEach, describe, expect, it } from 'vitest'

import { temporaryStore } from '../../test/support/temporary-store.js'
import type { Store } from '../base/store.js'
import { changeAlert, findAlert, type FoundAlert, listAlerts, recordAlerts } from './alerts.js'

const HOUR = 3_600_000
const found = (of: Partial<FoundAlert> = {}): FoundAlert => ({
  anomaly_key: 'campaign 1 spend down',
  scope: 'campaign',
  entity_key: '1',
  entity_name: 'TR | Summer',
  metric: 'spend',
  direction: 'down',
  kind: 'zero',
  cause: null,
  day: '2026-03-10',
  value: 0,
  expected: 100,
  lo: 80,
  hi: 120,
  score: -8,
  contributions_json: '[]',
  ...of,
})

let store: Store
beforeEach(async () => {
  store = await temporaryStore()
})

const round = (at: number, ...anomalies: FoundAlert[]) =>
  recordAlerts(store, { account: 'a', found: anomalies, undecided: new Set(), at })
const all = () => listAlerts(store, { limit: 10 })

describe('an alert', () => {
  it('opens once, is updated while the anomaly lasts, and resolves by itself', async () => {
    expect((await round(1, found())).opened).toHaveLength(1)
    expect((await round(2, found({ score: -9, day: '2026-03-11', kind: 'shift' }))).opened).toEqual([])
    expect(await all()).toMatchObject([
      { state: 'open', kind: 'zero', score: -9, first_day: '2026-03-10', last_day: '2026-03-11', opened_at: 1, held_at: 2 },
    ])
    expect((await round(3)).resolved).toBe(1)
    expect(await all()).toMatchObject([{ state: 'resolved', resolved_at: 3, changed_by: null }])
    expect((await round(4, found({ day: '2026-03-12' }))).opened).toHaveLength(1)
    expect(await all()).toHaveLength(2)
  })

  it('that returns on its own day is the same one, and is not reported again', async () => {
    const { reported } = await round(1, found({ kind: 'spike' }))
    expect(reported).toHaveLength(1)
    for (let tick = 2; tick < 10; tick += 2) {
      expect((await round(tick)).resolved).toBe(1)
      expect((await round(tick + 1, found({ kind: 'spike' }))).reported).toEqual([])
    }
    expect(await all()).toMatchObject([{ state: 'open', resolved_at: null, opened_at: 1, held_at: 9 }])
  })

  it('stays while the day on which it was last seen is undecided', async () => {
    await round(1, found())
    const unsaid = (day: string, at: number) =>
      recordAlerts(store, {
        account: 'a',
        found: [],
        undecided: new Set(),
        undecidedDays: new Set([`${found().anomaly_key} ${day}`]),
        at,
      })
    expect((await unsaid('2026-03-10', 2)).resolved).toBe(0)
    expect((await unsaid('2026-03-11', 3)).resolved).toBe(1)
  })

  it('whose value falls to zero is reported again, even if somebody saw, snoozed or resolved it', async () => {
    const shift = found({ kind: 'shift', score: -4 })
    for (const state of ['open', 'seen', 'snoozed', 'resolved'] as const) {
      store = await temporaryStore()
      const { opened } = await round(1, shift)
      const until = state === 'snoozed' ? { snoozedUntil: 9 * HOUR } : {}
      if (state !== 'open') await changeAlert(store, opened[0]!.id, { state, ...until, by: 'api:token', at: 2 })
      expect((await round(3, shift)).reported).toEqual([])
      expect((await round(4, found())).reported).toMatchObject([{ state: 'open', kind: 'zero' }])
      expect((await round(5, found())).reported).toEqual([])
    }
  })

  it('stays as it is while its key is undecided', async () => {
    await round(1, found())
    await recordAlerts(store, { account: 'a', found: [], undecided: new Set([found().anomaly_key]), at: 2 })
    expect(await all()).toMatchObject([{ state: 'open' }])
  })

  it('that is snoozed stays so until its time, and is then open again if the anomaly lasts', async () => {
    const { opened } = await round(1, found())
    await changeAlert(store, opened[0]!.id, { state: 'snoozed', snoozedUntil: 2 * HOUR, by: 'api:token', at: 2 })
    await round(HOUR, found())
    expect(await all()).toMatchObject([{ state: 'snoozed', snoozed_until: 2 * HOUR, changed_by: 'api:token' }])
    expect((await round(3 * HOUR, found())).reported).toMatchObject([{ state: 'open', snoozed_until: null }])
    expect((await round(4 * HOUR, found())).reported).toEqual([])
  })

  it('that is snoozed stays so even if the anomaly is absent for a while', async () => {
    const { opened } = await round(1, found())
    await changeAlert(store, opened[0]!.id, { state: 'snoozed', snoozedUntil: 30 * HOUR, by: 'api:token', at: 2 })
    expect((await round(HOUR)).resolved).toBe(1)
    expect((await round(2 * HOUR, found({ day: '2026-03-11' }))).reported).toEqual([])
    expect(await all()).toMatchObject([{ state: 'snoozed', snoozed_until: 30 * HOUR, resolved_at: null }])
    expect((await round(31 * HOUR, found({ day: '2026-03-11' }))).reported).toMatchObject([{ state: 'open' }])
  })

  it('that a person resolved is not reported again while the same anomaly continues', async () => {
    const { opened } = await round(1, found())
    await changeAlert(store, opened[0]!.id, { state: 'resolved', by: 'api:token', at: 2 })
    for (let day = 1; day < 6; day++) expect((await round(day * 24 * HOUR, found())).opened).toEqual([])
    expect(await all()).toHaveLength(1)
    expect((await round(20 * 24 * HOUR, found())).opened).toHaveLength(1)
  })

  it('that is resolved stays resolved', async () => {
    const { opened } = await round(1, found())
    await round(2)
    expect(await changeAlert(store, opened[0]!.id, { state: 'seen', by: 'api:token', at: 3 })).toMatchObject({
      state: 'resolved',
    })
    expect(await findAlert(store, opened[0]!.id)).toMatchObject({ state: 'resolved', resolved_at: 2 })
  })
})
