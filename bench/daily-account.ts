/** An account for benchmarks, with plausible daily numbers that are the same in every run. */

import { dayNumberOf, isoDay } from '../engine/clock/day.js'
import type { DataRow, DatasetEntity, DatasetSource } from '../engine/facts/dataset-source.js'
import type { FactAccount } from '../engine/facts/facts.js'

export interface DailyAccountOptions {
  readonly adsets: number
  readonly days: number
  /** Whether some days have no delivery, no result, or no row at all. */
  readonly silentDays: boolean
}

export interface DailyAccount {
  readonly account: FactAccount
  readonly source: DatasetSource & { readonly rows: readonly DataRow[] }
  readonly firstDay: string
  readonly lastDay: string
}

const FIRST_DAY = '2025-01-01'
const ADSETS_OF_CAMPAIGN = 10

export function dailyAccount({ adsets, days, silentDays }: DailyAccountOptions): DailyAccount {
  const account: FactAccount = {
    name: 'moda-tr',
    id: 'act_1',
    currency: 'TRY',
    timezone: 'Europe/Istanbul',
    result: 'purchases',
    gross: null,
    values: { target_cpa: 12_000 },
  }
  const entities: DatasetEntity[] = []
  const rows: DataRow[] = []
  const next = randomFrom(20_260_310)
  const first = dayNumberOf(FIRST_DAY)
  for (let index = 0; index < adsets; index++) {
    const campaign = `c${Math.floor(index / ADSETS_OF_CAMPAIGN)}`
    if (index % ADSETS_OF_CAMPAIGN === 0) entities.push(entity('campaign', campaign, null))
    const key = `a${index}`
    entities.push(entity('adset', key, campaign))
    const [budget, price, cost] = [20_000 + Math.floor(next() * 40_000), 150 + Math.floor(next() * 300), 4_000 + next() * 12_000]
    for (let day = 0; day < days; day++) {
      if (silentDays && next() < 0.02) continue
      const spend = silentDays && next() < 0.02 ? 0 : Math.floor(budget * (0.8 + 0.4 * next()))
      const clicks = Math.floor(spend / price)
      const purchases = Math.floor((spend / cost) * 2 * next()) + (silentDays ? 0 : 1)
      const date = isoDay(first + day)
      rows.push({
        scope: 'adset',
        entity: key,
        since: date,
        until: date,
        hour: null,
        measures: {
          spend,
          impressions: clicks * (50 + Math.floor(next() * 50)),
          clicks,
          purchases,
          revenue: purchases * (10_000 + Math.floor(next() * 20_000)),
        },
      })
    }
  }
  const measures = new Set(['spend', 'impressions', 'clicks', 'purchases', 'revenue'])
  const source = { entities, rows, knowledge: { kind: 'file' }, measures } as const
  return { account, source, firstDay: FIRST_DAY, lastDay: isoDay(first + days - 1) }
}

const entity = (scope: 'campaign' | 'adset', key: string, campaign: string | null): DatasetEntity => ({
  scope,
  key,
  id: null,
  name: key,
  campaign,
  adset: null,
  result: null,
  attributes: { delivering: true },
})

/** mulberry32: returns a seeded generator of numbers between 0 and 1. */
export function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
