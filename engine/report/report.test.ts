import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { addDays } from '../clock/zone.js'
import { type DataRow, type DatasetEntity, type SyncedRange } from '../facts/dataset-source.js'
import { Dataset } from '../facts/dataset.js'
import { factsOf } from '../facts/facts-of-dataset.js'
import type { Estimate, FactAccount } from '../facts/facts.js'
import { templateParameter, TEXT_LIMIT } from '../message/whatsapp-text.js'
import { loadRules } from '../rule/read/load.js'
import type { ReportPeriod } from '../value/period.js'
import { AtLeast, Unknown, type Value } from '../value/value.js'
import type { ReportActivity } from './activity.js'
import { makeReport } from './make-report.js'
import { reportText } from './report-text.js'
import type { Ranking, Report } from './report.js'

const ACCOUNT: FactAccount = {
  name: 'moda-tr',
  id: 'act_1',
  currency: 'TRY',
  timezone: 'Europe/Istanbul',
  result: 'purchases',
  values: { monthly_budget: 30_000_000, target_cpa: 12_000 },
}
/** A Wednesday. */
const AT = Date.parse('2026-03-11T09:00:00+03:00')
const FIRST = '2026-02-01'
const LAST = '2026-03-10'

const entity = (scope: 'campaign' | 'adset', key: string, name: string, result: string | null = null): DatasetEntity => ({
  scope,
  key,
  id: key,
  name,
  campaign: scope === 'campaign' ? null : `c${key[1]}`,
  adset: null,
  result,
  attributes: { delivering: true },
})
const ENTITIES = [
  entity('campaign', 'c1', 'TR | Kadın'),
  entity('campaign', 'c2', 'TR | Erkek'),
  entity('adset', 'a11', 'Kadın 25-44 | Geniş'),
  entity('adset', 'a12', 'Kadın 18-24'),
  entity('adset', 'a21', 'Erkek 25-44'),
  entity('adset', 'a22', 'Erkek 45+'),
  entity('adset', 'a23', 'Yeniden\nhedefleme'),
]

/** Spend (in minor units) and purchases of each ad set per day. */
const PACES: Readonly<Record<string, readonly [number, number]>> = {
  a11: [150_000, 25],
  a12: [80_000, 8],
  a21: [120_000, 6],
  a22: [60_000, 0],
  a23: [1_000, 0],
}

function daily(key: string, [spend, purchases]: readonly [number, number]): DataRow[] {
  const rows: DataRow[] = []
  for (let day = FIRST; day <= LAST; day = addDays(day, 1)) {
    // Spend grows a little every day, so that there is a change to report.
    const measures = {
      spend: key === 'a23' ? spend : spend + 137 * rows.length,
      impressions: 20_000 + 10 * rows.length,
      clicks: 310,
      purchases: purchases + (rows.length % 3),
      revenue: 40_000 * purchases,
    }
    rows.push({
      scope: 'adset',
      entity: key,
      since: day,
      until: day,
      hour: null,
      measures: purchases === 0 ? { ...measures, purchases: 0 } : measures,
    })
  }
  return rows
}
const ROWS = Object.entries(PACES).flatMap(([key, pace]) => daily(key, pace))

const ACTIVITY: ReportActivity = {
  decisions: { carriedOut: 3, observed: 2, refused: 1, failed: 0, stopped: 0, underWay: 1 },
  changes: [
    { field: 'status', before: 'ACTIVE', target: 'PAUSED', entity: 'Erkek 45+', rule: 'pause-expensive', at: AT },
    { field: 'daily_budget', before: '50000', target: '57500', entity: 'Kadın 18-24', rule: 'raise-winners', at: AT },
    { field: 'name', before: 'Eski', target: 'Yeni', entity: 'Yeni', rule: null, at: AT },
  ],
  doubtful: 1,
  refusals: [{ rule: 'raise-winners', entity: 'Kadın 25-44 | Geniş', at: AT }],
  alerts: [
    { entity: 'Erkek 25-44', metric: 'cpm', value: 6_012, lo: 3_000, hi: 4_500, since: '2026-03-09' },
    { entity: null, metric: 'roas', value: null, lo: 3.1, hi: 4.2, since: '2026-03-10' },
  ],
  approvals: [{ rule: 'raise-winners', entity: 'Kadın 18-24', until: AT + 3_600_000 }],
  suggestions: [{ en: 'Raise one budget by 10%.', tr: '1 bütçeyi %10 artırın.' }],
  stop: null,
}
const FORECAST: Estimate = {
  value: 13_456_789,
  detail: { model: 'm', bands: [{ level: 0.8, lo: 12_800_000, hi: 14_100_000 }] },
}

interface Change {
  readonly entities?: readonly DatasetEntity[]
  readonly rows?: readonly DataRow[]
  readonly at?: number
  readonly account?: Partial<FactAccount>
  readonly activity?: ReportActivity | null
  readonly forecast?: Estimate
  readonly synced?: readonly SyncedRange[]
  readonly measures?: ReadonlySet<string>
}

function reportOf(period: ReportPeriod, change: Change = {}): Report {
  const { entities = ENTITIES, rows = ROWS, at = AT, activity = ACTIVITY, forecast = FORECAST } = change
  const synced = change.synced ?? [{ since: FIRST, until: '2026-03-11', at: AT - 600_000 }]
  const knowledge = { kind: 'synced', days: synced, hours: [] } as const
  const dataset = new Dataset({ entities, rows, knowledge, measures: change.measures ?? null })
  const facts = factsOf(dataset, {
    account: { ...ACCOUNT, ...change.account },
    at,
    pace: 3_600_000,
    estimates: { forecast: () => forecast },
  })
  return makeReport({ period, facts, activity, data: { kind: 'synced', at: synced[0]?.at ?? null } })
}
const valueOf = (report: Report, metric: string): Value | undefined =>
  report.figures.find((figure) => figure.metric === metric)?.value

describe.each(['daily', 'weekly'] as const)('a %s report', (period) => {
  it.each(['tr', 'en'] as const)('matches the golden file (%s)', async (language) => {
    await expect(`${reportText(reportOf(period), language)}\n`).toMatchFileSnapshot(`fixtures/${period}.${language}.txt`)
  })

  it.each(['tr', 'en'] as const)('fits its most important lines into a template (%s)', (language) => {
    const line = templateParameter(reportText(reportOf(period), language), 124)
    expect(line.length).toBeLessThanOrEqual(900)
    expect(line).not.toMatch(/[\n\t]| {5}/)
    for (const what of [
      'moda-tr',
      'ROAS',
      '08:50',
      language === 'tr' ? 'Ay sonu tahmini' : 'Month-end forecast',
      'raise-winners',
    ])
      expect(line).toContain(what)
  })
})

it('a daily report is about yesterday in the account’s zone, compared with the day before and the same weekday', () => {
  const synced = [{ since: FIRST, until: LAST, at: Date.parse('2026-03-10T21:00:00Z') }]
  const { days, comparisons, figures } = reportOf('daily', { at: Date.parse('2026-03-10T22:30:00Z'), synced })
  expect(days).toEqual({ since: '2026-03-10', until: '2026-03-10' })
  expect(comparisons.map(({ days }) => days.since)).toEqual(['2026-03-09', '2026-03-03'])
  const sum = (index: number) => Object.values(PACES).reduce((all, [spend]) => all + spend, 4 * 137 * index)
  expect(figures[0]).toEqual({
    metric: 'spend',
    value: sum(37),
    before: [
      { value: sum(36), change: sum(37) / sum(36) - 1 },
      { value: sum(30), change: sum(37) / sum(30) - 1 },
    ],
  })
})

it.each([
  ['2026-03-09T00:05:00+03:00', '2026-03-02', '2026-03-08'],
  ['2026-03-15T23:55:00+03:00', '2026-03-02', '2026-03-08'],
  ['2026-03-16T00:00:00+03:00', '2026-03-09', '2026-03-15'],
])('a weekly report at %s is about %s to %s', (at, since, until) => {
  const report = reportOf('weekly', { at: Date.parse(at) })
  expect(report.days).toEqual({ since, until })
  expect(report.comparisons).toEqual([{ with: 'week-before', days: { since: addDays(since, -7), until: addDays(until, -7) } }])
})

describe('unknown values are shown with their reason, never as zero', () => {
  it('if a day was not read after its end', () => {
    const synced = [{ since: FIRST, until: LAST, at: Date.parse('2026-03-10T18:00:00+03:00') }]
    const report = reportOf('daily', { synced })
    expect(report.figures.every(({ value }) => value instanceof Unknown)).toBe(true)
    const text = reportText(report, 'tr')
    expect(text).toContain('Bilinmiyor: Harcama, Sonuç, Sonuç başına ücret, Ciro, ROAS, CTR, CPM (2026-03-10 bittikten sonra')
    expect(text).not.toMatch(/(₺|%)0(?![.,\d])/)
    expect(text).not.toContain('karşılaştırılmadı: 2026-03-09')
    expect(reportText(report, 'en')).toContain('(no successful sync followed the end of 2026-03-10).')
  })

  it('and an unknown earlier day only removes the comparison with it', () => {
    const synced = [{ since: '2026-03-08', until: LAST, at: AT - 600_000 }]
    const text = reportText(reportOf('daily', { synced }), 'en')
    expect(text).toMatch(/^In parentheses: change from the day before\.\nSpend: TRY.[\d,.]+ \([+-][\d.]+%\)$/m)
    expect(text).toContain('Not compared with Tuesday a week earlier, which is unknown: 2026-03-03 was not read from Meta.')
    expect(text).toContain('Unknown: March 2026 (Mar 1 – Mar 10) (2026-03-01 was not read from Meta).')
  })

  it('if a file lacks a measure', () => {
    const report = reportOf('daily', { measures: new Set(['spend', 'purchases']) })
    const text = reportText(report, 'tr')
    expect(text).toContain('Bilinmiyor: Ciro, ROAS (veride `revenue` yok).')
    expect(text).toMatch(/^Sonuç: 42 /m)
  })

  it('if results have different goals, and then costs are not compared either', () => {
    const entities = ENTITIES.map((one) => (one.key === 'a11' ? { ...one, result: 'leads' } : one))
    const report = reportOf('daily', { entities })
    expect(valueOf(report, 'results')).toBeInstanceOf(Unknown)
    expect(report.rankings.every(({ best, worst }) => best.length + worst.length === 0)).toBe(true)
    expect(reportText(report, 'tr')).toContain('Reklam setleri karşılaştırılmadı: sonuçlar farklı hedeflerden geliyor')
  })

  it('if there is no forecast', () => {
    const forecast = { value: new Unknown('not enough history: 9 of at least 14 points', 'yeterli geçmiş yok'), detail: null }
    expect(reportText(reportOf('daily', { forecast }), 'tr')).toContain('Ay sonu tahmini: bilinmiyor (yeterli geçmiş yok).')
  })
})

it('names the attribution settings of its ad sets, each once, or the account’s own', () => {
  const entities = ENTITIES.map((one) =>
    one.scope === 'adset' ? { ...one, attribution: one.key === 'a22' ? '1d_click' : '7d_click_1d_view' } : one,
  )
  const ofAdsets = reportOf('daily', { entities })
  expect(reportText(ofAdsets, 'en')).toMatch(/^Attribution: 1-day click; 7-day click, 1-day view$/m)
  const ofAccount = reportOf('daily', { entities, account: { attribution: '7d_click' } })
  expect(reportText(ofAccount, 'tr')).toMatch(/^İlişkilendirme: 7 günlük tıklama$/m)
})

it('without results, the cost per result is at least the spend', () => {
  const rows = ROWS.map((row) => ({ ...row, measures: { ...row.measures, purchases: 0, revenue: 0 } }))
  const report = reportOf('daily', { rows })
  expect(valueOf(report, 'cpa')).toBeInstanceOf(AtLeast)
  expect(reportText(report, 'tr')).toMatch(/^Sonuç başına ücret: en az ₺/m)
})

it('zero revenue is shown to an account whose result is purchases, but not if it is leads', () => {
  const rows = ROWS.map((row) => ({ ...row, measures: { ...row.measures, leads: 4, revenue: 0 } }))
  expect(reportOf('daily', { rows, account: { result: 'leads' } }).figures.map(({ metric }) => metric)).toEqual([
    'spend',
    'results',
    'cpa',
    'ctr',
    'cpm',
  ])
  expect(valueOf(reportOf('daily', { rows }), 'revenue')).toBe(0)
})

describe('the ranking', () => {
  const names = (list: readonly { name: string }[]) => list.map(({ name }) => name)

  it('lists the cheapest and the most expensive, and leaves out what spent too little to be compared', () => {
    const [campaigns, adsets] = reportOf('daily').rankings
    expect(names(adsets!.best)).toEqual(['Kadın 25-44 | Geniş', 'Kadın 18-24'])
    expect(names(adsets!.worst)).toEqual(['Erkek 45+', 'Erkek 25-44'])
    expect(adsets!.worst[0]!.cost).toBeInstanceOf(AtLeast)
    expect([names(campaigns!.best), names(campaigns!.worst)]).toEqual([['TR | Kadın'], ['TR | Erkek']])
    expect(adsets!.days).toEqual({ since: '2026-03-04', until: '2026-03-10' })
  })

  it('never lists the same entity as both, nor one without results among the cheapest', () => {
    const only = (keys: readonly string[]) =>
      reportOf('daily', { rows: ROWS.filter(({ entity }) => keys.includes(entity)) }).rankings[1]!
    expect(only(['a11', 'a21', 'a22'])).toMatchObject({ because: null, best: [{ key: 'a11' }], worst: [{ key: 'a22' }] })
    expect(only(['a11'])).toMatchObject({ because: 'too-few', best: [], worst: [] })
    expect(only(['a22', 'a23'])).toMatchObject({ because: 'too-few' })
    expect(names(only(['a11', 'a22']).best)).toEqual(['Kadın 25-44 | Geniş'])
  })

  it('ranks an ad set without results as more expensive than one with few, whatever they spent', () => {
    const rows = [...daily('a21', [120_000, 1]), ...daily('a23', [5_500, 0])]
    const [, { best, worst }] = reportOf('daily', { rows }).rankings as [unknown, Ranking]
    expect([best, worst].map(([one]) => one!.key)).toEqual(['a21', 'a23'])
    expect(worst[0]!.spend).toBeLessThan(best[0]!.spend / best[0]!.results)
  })

  it('says so if there is too little to compare', () => {
    const rows = ROWS.filter(({ entity }) => entity === 'a11')
    expect(reportText(reportOf('weekly', { rows }), 'en')).toContain(
      'Ad sets are not compared (Mar 2 – Mar 8): fewer than two have 3 results',
    )
  })
})

describe('the month', () => {
  it('runs up to yesterday, with its budget and its forecast', () => {
    const { month } = reportOf('daily')
    expect(month).toMatchObject({
      month: { since: '2026-03-01', until: '2026-03-31' },
      days: { since: '2026-03-01', until: '2026-03-10' },
      budget: 30_000_000,
      elapsed: 10 / 31,
      forecast: { total: 13_456_789, band: { lo: 12_800_000, hi: 14_100_000 } },
    })
  })

  it('is the whole previous month on the first of a month, without a forecast', () => {
    const { month } = reportOf('daily', { at: Date.parse('2026-03-01T09:00:00+03:00') })
    expect(month).toMatchObject({ days: { since: '2026-02-01', until: '2026-02-28' }, elapsed: 1, forecast: null })
  })

  it('has no budget if tetik.yaml has none', () => {
    const text = reportText(reportOf('daily', { account: { values: {} } }), 'en')
    expect(text).toMatch(/^March 2026 \(Mar 1 – Mar 10\): TRY.[\d,.]+$/m)
    expect(text).toMatch(/^Month-end forecast: TRY.134,567\.89 \(80% likely between TRY.128,000\.00 and TRY.141,000\.00\)$/m)
  })
})

it('says if nothing happened, reports a stop, and shortens long lists', () => {
  const counts = { carriedOut: 0, observed: 0, refused: 0, failed: 0, stopped: 0, underWay: 0 }
  const quiet = {
    ...ACTIVITY,
    decisions: counts,
    changes: [],
    doubtful: 0,
    refusals: [],
    alerts: [],
    approvals: [],
    suggestions: [],
  }
  const stop = { reason: 'too expensive', by: 'WhatsApp: owner', since: AT - 7_200_000 }
  const text = reportText(reportOf('daily', { activity: { ...quiet, stop } }), 'en')
  expect(text).toContain('tetik: no rule fired and nothing was changed.')
  expect(text).toContain('The rules have been stopped since Mar 11, 2026, 07:00: too expensive (WhatsApp: owner).')
  const refusals = Array.from({ length: 400 }, (_, index) => ({
    rule: 'r'.repeat(64),
    entity: `Set ${index} `.repeat(30),
    at: AT,
  }))
  const changes = Array.from({ length: 400 }, () => ({ ...ACTIVITY.changes[1]!, entity: 'Kadın '.repeat(60) }))
  const long = reportText(reportOf('daily', { activity: { ...ACTIVITY, refusals, changes } }), 'tr')
  expect(long.length).toBeLessThan(TEXT_LIMIT)
  expect(long).toContain('… ve 395 tane daha')
  expect(long).toContain('Sonuç başına en pahalı')
})

describe('docs/reports.md', () => {
  const read = (...path: string[]) => readFileSync(join(import.meta.dirname, ...path), 'utf8')
  const page = read('..', '..', 'docs', 'reports.md')

  it('shows the report of the golden file', () => {
    expect(page).toContain(`\`\`\`text\n${read('fixtures', 'daily.tr.txt')}\`\`\``)
  })

  it('has rules without errors', () => {
    const [, text] = /```yaml\n(.*?)```/s.exec(page)!
    const { rules, diagnostics } = loadRules([{ path: 'docs/reports.md', text: text! }], null)
    expect(diagnostics).toEqual([])
    expect(rules.map(({ then }) => then)).toEqual([
      [{ kind: 'report', period: 'daily', to: null }],
      [{ kind: 'report', period: 'weekly', to: 'owner' }],
    ])
  })
})
