import { expect, it } from 'vitest'

import type { ForecastTask } from '../../engine/forecast/task.js'
import { temporaryStore } from '../../test/support/temporary-store.js'
import { contentHash, saveForecasts, storedForecasts } from './forecasts.js'

const HOUR = 3_600_000
const task: ForecastTask = { history: { values: Array<number>(400).fill(0), period: 7 }, horizon: 32, widen: null }
const result = { kind: 'not-enough-history', points: 0, reason: 'r' } as const

it('the forecast of a series that stays the same for days is found again once it was computed again', async () => {
  const store = await temporaryStore()
  const save = (at: number) => saveForecasts(store, 'a', [{ hash: contentHash(task), result }], at)
  const found = async (at: number) => (await storedForecasts(store, 'a', at))(task)
  await save(100 * HOUR)
  expect(await found(99 * HOUR)).toBeNull()
  expect(await found(101 * HOUR)).toEqual(result)
  expect(await found(140 * HOUR)).toBeNull()
  await save(140 * HOUR)
  expect(await found(141 * HOUR)).toEqual(result)
})
