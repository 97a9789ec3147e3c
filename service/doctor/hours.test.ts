import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { addDays } from '../../engine/clock/zone.js'
import { saveInsights } from '../../store/account/insights.js'
import { beginSync, finishSync } from '../../store/account/syncs.js'
import { openStore } from '../../store/base/store.js'
import { ACCOUNT, NOON } from '../../test/support/activity-room.js'
import { insightOf } from '../../test/support/rows.js'
import { checkHours } from './hours.js'

const YESTERDAY = addDays('2026-03-10', -1)

test.each([
  [4, 'ok', 'Meta returns hourly conversions for this account'],
  [
    0,
    'warn',
    'Meta returns no hourly conversions for this account: those of 2026-03-09 are in its daily row but in none of its hourly rows.',
  ],
])(
  'reports whether Meta returns hourly conversions: a day with four purchases, its hours with %i',
  async (hourly, status, detail) => {
    const folder = await mkdtemp(join(tmpdir(), 'tetik-hours-'))
    const file = join(folder, 'store.db')
    const store = await openStore(file)
    const range = { account: ACCOUNT.name, since: YESTERDAY, until: YESTERDAY }
    for (const [resolution, hour, purchases] of [
      ['day', null, 4],
      ['hour', 9, hourly],
    ] as const) {
      const rows = [insightOf({ entityId: 's1', day: YESTERDAY, hour, measures: { purchases } })]
      await saveInsights(store, { ...range, level: 'adset', resolution, rows, learnedAt: NOON - 60_000 })
      const kind = resolution === 'day' ? 'days' : 'hours'
      await finishSync(store, await beginSync(store, { ...range, kind, startedAt: NOON - 60_000 }), NOON)
    }
    await store.close()
    const [finding] = await checkHours(file, [ACCOUNT], NOON)
    expect(finding).toMatchObject({ check: 'hours of moda-tr', status })
    expect(finding!.detail).toContain(detail)
    await rm(folder, { recursive: true })
  },
)

test('reports nothing if there is no store yet', async () => {
  expect(await checkHours('/nowhere/store.db', [ACCOUNT], NOON)).toEqual([])
})
