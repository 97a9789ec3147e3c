import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { dayNumberOf, isoDay } from '../clock/day.js'
import { type DataRow } from '../facts/dataset-source.js'
import { Dataset } from '../facts/dataset.js'
import type { FactAccount } from '../facts/facts.js'
import { loadRules } from '../rule/read/load.js'
import type { Rule } from '../rule/rule.js'
import { backtest, type BacktestDay } from './backtest.js'
import { endOfDay, isDue } from './evaluation-days.js'
import { fileSource } from './source.js'
import { after } from './spend-after-firing.js'

const FIRST = '2026-03-01'
const account: FactAccount = {
  name: 'moda',
  id: null,
  currency: 'TRY',
  timezone: 'Europe/Istanbul',
  result: 'purchases',
  values: {},
}

const day = (index: number): string => isoDay(dayNumberOf(FIRST) + index)

/** Spend of each ad set by day; null is a day without a row. */
type Spends = Readonly<Record<string, readonly (number | null)[]>>

function datasetOf(spends: Spends, days = Infinity): Dataset {
  const rows = Object.entries(spends).flatMap(([key, own]) =>
    own
      .slice(0, days)
      .flatMap((spend, index): DataRow[] =>
        spend === null
          ? []
          : [{ scope: 'adset', entity: key, since: day(index), until: day(index), hour: null, measures: { spend } }],
      ),
  )
  const entities = [...new Set(rows.map(({ entity }) => entity))].map((key) => ({
    scope: 'adset' as const,
    key,
    id: null,
    name: key,
    campaign: null,
    adset: null,
    result: null,
    attributes: { delivering: true },
  }))
  return new Dataset({ entities, rows, knowledge: { kind: 'file' }, measures: new Set(['spend', 'purchases']) })
}

function rulesOf(...bodies: readonly string[]): readonly Rule[] {
  const cadenceFor = (body: string): string => (body.includes('cron:') ? '' : 'every: 1h, ')
  const text = `rules:\n${bodies.map((body, index) => `  - { id: rule-${index}, scope: adset, ${cadenceFor(body)}then: [pause], ${body} }\n`).join('')}`
  const { rules, diagnostics } = loadRules([{ path: 'r.yaml', text }], null, { data: { currency: 'TRY' } })
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  return rules
}

async function play(spends: Spends, rules: readonly Rule[], days = Infinity): Promise<readonly BacktestDay[]> {
  const dataset = datasetOf(spends, days)
  if (dataset.days === null) return []
  const [first, last] = [isoDay(dataset.days.first), isoDay(dataset.days.last)]
  const source = fileSource(dataset, account, { first, last })
  const played: BacktestDay[] = []
  for await (const one of backtest({ rules, source, from: first, to: last })) played.push(one)
  return played
}

const fired = (days: readonly BacktestDay[]): readonly string[] =>
  days.flatMap(({ day, firings }) => firings.map(({ rule, entity }) => `${day} ${rule.id} ${entity.key}`))

describe('a backtest', () => {
  it('evaluates each day at its end, with a trace, and rests for the cooldown', async () => {
    const days = await play({ a: [100, 900, 900, 900, 100] }, rulesOf('when: "spend[today] > 5 TRY", cooldown: 48h'))
    expect(fired(days)).toEqual(['2026-03-02 rule-0 a', '2026-03-04 rule-0 a'])
    expect(new Date(days[1]!.at).toISOString()).toBe('2026-03-02T20:59:00.000Z')
    expect(days[1]!.firings[0]!.trace).toMatchObject([{ condition: 'spend[today] > 5 TRY', result: true, left: 9, right: 5 }])
    expect(days.map(({ evaluations }) => evaluations)).toEqual([1, 1, 1, 1, 1])
  })

  it('counts unknown evaluations, but not the entities that `where` excludes', async () => {
    const days = await play({ a: [1, 1], b: [1, 1] }, rulesOf(`where: 'name = "a"', when: "spend[yesterday] > 5 TRY"`))
    expect(days.map(({ evaluations, unknown }) => [evaluations, unknown])).toEqual([
      [1, 1],
      [1, 0],
    ])
  })

  it('evaluates an ad set only from its first row on', async () => {
    const days = await play(
      { a: [500, 500, 500], late: [null, 500, 500] },
      rulesOf('when: "spend[today] <= 5 TRY", cooldown: 0h'),
    )
    expect(fired(days)).toEqual([
      '2026-03-01 rule-0 a',
      '2026-03-02 rule-0 a',
      '2026-03-02 rule-0 late',
      '2026-03-03 rule-0 a',
      '2026-03-03 rule-0 late',
    ])
  })

  it('holds a lower priority while the higher one rests and still wants the change, even if its `where` excludes the ad set', async () => {
    const rules = (mode: string) =>
      rulesOf(
        `where: "spend[today] > 5 TRY", when: "spend[2d] > 5 TRY", cooldown: 96h, priority: 5, mode: ${mode}`,
        'when: "spend[today] > 0 TRY", cooldown: 0h, priority: 1, mode: act',
      )
    const low = async (mode: string) =>
      fired(await play({ a: [100, 900, 100, 100] }, rules(mode))).filter((line) => line.includes('rule-1'))
    expect(await low('act')).toEqual(['2026-03-01 rule-1 a', '2026-03-04 rule-1 a'])
    expect(await low('observe')).toHaveLength(4)
  })

  it('holds a lower priority on days on which the higher one is not due', async () => {
    const rules = rulesOf(
      'cron: "0 9 * * 1", when: "spend[today] > 5 TRY", cooldown: 96h, priority: 5, mode: act',
      'when: "spend[today] > 0 TRY", cooldown: 0h, priority: 1, mode: act',
    )
    // The second day is a Monday.
    expect(fired(await play({ a: [900, 900, 900, 100] }, rules))).toEqual([
      '2026-03-01 rule-1 a',
      '2026-03-02 rule-0 a',
      '2026-03-04 rule-1 a',
    ])
  })

  it('does not look ahead: a truncated file gives the same firings up to its end', async () => {
    const spend = fc.option(fc.integer({ min: 0, max: 1_000 }), { nil: null, freq: 5 })
    const spends = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.array(spend, { minLength: 6, maxLength: 14 }), {
      minKeys: 1,
    })
    const rules = rulesOf(
      'when: "spend[today] > 1.2 * spend[yesterday]", cooldown: 48h',
      'when: "spend[last_3d] < 12 TRY", for: 24h, clear: "spend[today] > 3 TRY"',
      'when: "rank(spend[today]) = 1", limit: 1 per day',
      'when: "spend[today] < mean(spend[3d])"',
    )
    await fc.assert(
      fc.asyncProperty(spends, fc.integer({ min: 1, max: 12 }), async (given, length) => {
        const [whole, part] = [await play(given, rules), await play(given, rules, length)]
        const last = part.at(-1)?.day ?? ''
        expect(fired(part)).toEqual(fired(whole.filter(({ day }) => day <= last)))
      }),
      { numRuns: 60 },
    )
  })
})

describe('a rule is due', () => {
  it('only on the days of its cron expression, and never if it waits for events', () => {
    const monday = endOfDay(dayNumberOf('2026-03-02'), account.timezone)!
    const sunday = endOfDay(dayNumberOf('2026-03-01'), account.timezone)!
    const due = (cadence: Rule['cadence']): readonly boolean[] =>
      [monday, sunday].map((at) => isDue({ cadence }, account.timezone, at, null))
    expect(due({ kind: 'cron', expression: '0 9 * * 1-5', timezone: null })).toEqual([true, false])
    expect(due({ kind: 'at', times: ['09:00'], timezone: null })).toEqual([true, true])
    expect(due({ kind: 'every', interval: 60_000 })).toEqual([true, true])
    expect(due({ kind: 'hook', name: 'sale' })).toEqual([false, false])
  })

  it('never on a day that its time zone skipped', () => {
    expect(endOfDay(dayNumberOf('2011-12-30'), 'Pacific/Apia')).toBeNull()
    expect(new Date(endOfDay(dayNumberOf('2011-12-29'), 'Pacific/Apia')!).toISOString()).toBe('2011-12-30T09:59:00.000Z')
  })
})

describe('spend and results after a firing', () => {
  it('are counted once per entity, from the day after its first firing', () => {
    const dataset = datasetOf({ a: [1, 2, 4, 8], b: [16, 32, 64, 128] })
    const [a, b] = fileSource(dataset, account, null).entities('adset')
    const at = endOfDay(dayNumberOf(day(3)), account.timezone)!
    return fileSource(dataset, account, null)
      .afterwards(day(3))
      .then((facts) => {
        expect(facts.at).toBe(at)
        expect(after(facts, new Map([[a!, day(1)]]), day(3))).toEqual({ spend: 12, results: 0 })
        expect(
          after(
            facts,
            new Map([
              [a!, day(3)],
              [b!, day(0)],
            ]),
            day(3),
          ),
        ).toEqual({ spend: 224, results: 0 })
      })
  })
})
