import { afterAll, describe, expect, it } from 'vitest'

import type { ForecastTask } from '../../engine/forecast/task.js'
import { contentHash } from '../../store/analysis/forecasts.js'
import { openForecastPool } from './forecast-pool.js'

const pool = openForecastPool({ threads: 1, timeLimit: 20_000 })
afterAll(() => pool.close())

const weekly = (length: number, noise = 7): ForecastTask => ({
  history: {
    values: Array.from({ length }, (_, t) => 100 + 20 * Math.sin((t * 2 * Math.PI) / 7) + ((t * 37) % noise)),
    period: 7,
  },
  horizon: 14,
  widen: null,
})

describe('forecasts in threads', () => {
  it('use ARIMA among other models, and name it', async () => {
    const result = await pool.run(weekly(120))
    expect(result.kind).toBe('forecast')
    if (result.kind !== 'forecast') return
    expect(result.points).toHaveLength(14)
    expect(result.members.map(({ name }) => name).join()).toMatch(/ARIMA/)
  })

  it('compute the same series once', async () => {
    const [one, other] = await Promise.all([pool.run(weekly(60)), pool.run(weekly(60))])
    expect(other).toBe(one)
    expect(contentHash(weekly(60))).not.toBe(contentHash({ ...weekly(60), horizon: 7 }))
  })

  it('give the same result in another thread', async () => {
    const other = openForecastPool({ threads: 1, timeLimit: 20_000 })
    try {
      expect(await other.run(weekly(90))).toEqual(await pool.run(weekly(90)))
    } finally {
      await other.close()
    }
  })

  it('report a timeout instead of another number, and keep working afterwards', async () => {
    const hasty = openForecastPool({ threads: 1, timeLimit: 1 })
    try {
      const result = await hasty.run(weekly(365))
      expect(result.kind).toBe('timed-out')
    } finally {
      await hasty.close()
    }
  })

  it('refuse an invalid horizon', async () => {
    await expect(pool.run({ ...weekly(60), horizon: 0 })).rejects.toThrow(/horizon/)
  })
})
