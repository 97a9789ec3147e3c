/** Ten rules in two languages: tetik's YAML, and SQL over daily rows. */

export interface BacktestRule {
  readonly id: string
  /** @param time added to thresholds, so that any number of rules can be generated that share no computation */
  yaml(time: number): string
  /** For one ad set and day: true, false, or null if unknown. */
  readonly sql: string
}

/** Windows as first and last day, in days before the evaluated day. */
const WINDOWS = {
  last_3d: [3, 1],
  last_7d: [7, 1],
  last_14d: [14, 1],
  last_28d: [28, 1],
  last_30d: [30, 1],
  days_3: [2, 0],
  days_3_before: [5, 3],
  days_14_before: [28, 15],
} as const

type WindowName = keyof typeof WINDOWS

interface Sum {
  readonly name: string
  readonly measure: string
  /** First and last day, in days before the evaluated day, inclusive. */
  readonly from: number
  readonly to: number
}

const used = new Map<string, Sum>()

/** Returns the column with the sum of a measure; its value is null if part of the window lies before the first day. */
function sum(measure: string, window: WindowName): string {
  const [from, to] = WINDOWS[window]
  const name = `${measure}_${window}`
  used.set(name, { name, measure, from, to })
  return name
}

/** With a count of 0, a cost is only known to be at least the spend: true if that exceeds the limit, else unknown. */
function costAbove(cost: string, count: string, limit: string): string {
  return `case when ${count} = 0 then case when ${cost} > ${limit} and ${cost} > 0 then true end else ${cost} / ${count} > ${limit} end`
}

const ratio = (numerator: string, denominator: string): string =>
  `case when ${denominator} <> 0 then ${numerator} / ${denominator} end`

const rule = (id: string, conditions: (time: number) => readonly string[], sql: string): BacktestRule => ({
  id,
  sql,
  yaml: (time) =>
    [
      `  - id: ${id}${time === 0 ? '' : `-${time}`}`,
      '    scope: adset',
      '    every: 1h',
      '    when:',
      ...conditions(time).map((condition) => `      - ${condition}`),
      '    then: [pause]\n',
    ].join('\n'),
})

export const BACKTEST_RULES: readonly BacktestRule[] = [
  rule(
    'expensive-three-days',
    (time) => [`cpa[last_3d] > ${160 + time} TRY`, 'spend[last_3d] > 600 TRY'],
    `${costAbove(sum('spend', 'last_3d'), sum('purchases', 'last_3d'), '16000')} and ${sum('spend', 'last_3d')} > 60000`,
  ),
  rule(
    'weak-week',
    (time) => [`roas[last_7d] < ${0.9 + time}`, 'spend[last_7d] > 1500 TRY', 'purchases[last_7d] >= 5'],
    `${ratio(sum('revenue', 'last_7d'), sum('spend', 'last_7d'))} < 0.9 and ${sum('spend', 'last_7d')} > 150000 and ${sum('purchases', 'last_7d')} >= 5`,
  ),
  rule(
    'costlier-than-before',
    (time) => [`spend[last_14d] > ${1.25 + time} * spend[14d offset 15d]`, 'purchases[last_14d] >= 5'],
    `${sum('spend', 'last_14d')} > 1.25 * ${sum('spend', 'days_14_before')} and ${sum('purchases', 'last_14d')} >= 5`,
  ),
  rule(
    'seldom-clicked',
    (time) => [`ctr[last_7d] < ${1.3 + time}%`, 'impressions[last_7d] > 5000'],
    `${ratio(sum('clicks', 'last_7d'), sum('impressions', 'last_7d'))} < 0.013 and ${sum('impressions', 'last_7d')} > 5000`,
  ),
  rule(
    'grows-fast',
    (time) => [`spend[3d] > ${1.15 + time} * spend[3d offset 3d]`],
    `${sum('spend', 'days_3')} > 1.15 * ${sum('spend', 'days_3_before')}`,
  ),
  rule(
    'expensive-clicks',
    (time) => [`cpc[last_30d] > ${4.2 + time} TRY`, 'clicks[last_30d] >= 300'],
    `${costAbove(sum('spend', 'last_30d'), sum('clicks', 'last_30d'), '420')} and ${sum('clicks', 'last_30d')} >= 300`,
  ),
  rule(
    'loses-for-a-month',
    (time) => [`any:\n          - purchases[last_28d] = ${time}\n          - roas[last_28d] < ${0.8 + time}`],
    `(${sum('purchases', 'last_28d')} = 0 or ${ratio(sum('revenue', 'last_28d'), sum('spend', 'last_28d'))} < 0.8)`,
  ),
  rule(
    'cpm-in-band',
    (time) => [`cpm[last_14d] between ${44 + time} TRY and ${55 + time} TRY`],
    `${ratio(`1000 * ${sum('spend', 'last_14d')}`, sum('impressions', 'last_14d'))} between 4400 and 5500`,
  ),
  rule(
    'in-the-red',
    (time) => [`revenue[last_30d] - spend[last_30d] < ${time} TRY`, 'spend[last_30d] > 5000 TRY'],
    `${sum('revenue', 'last_30d')} - ${sum('spend', 'last_30d')} < 0 and ${sum('spend', 'last_30d')} > 500000`,
  ),
  rule(
    'too-few',
    (time) => [`not: purchases[last_7d] >= ${3 + time}`, 'spend[last_7d] > 2000 TRY'],
    `not (${sum('purchases', 'last_7d')} >= 3) and ${sum('spend', 'last_7d')} > 200000`,
  ),
]

/** Over `daily(adset, day, n, …)`, where `n` counts the days from 0 and no day is missing. */
const WINDOW = 'window w as (partition by adset order by n)'

/** All sums, each with its own window: the usual way in SQL. */
function sumsByWindows(): string {
  const columns = [...used.values()].map(({ name, measure, from, to }) => {
    const end = to === 0 ? 'current row' : `${to} preceding`
    return `case when n >= ${from} then sum(${measure}) over (w rows between ${from} preceding and ${end}) end as ${name}`
  })
  return `select adset, day, ${columns.join(', ')} from daily ${WINDOW}`
}

/** The same as differences of running totals, which is less work for DuckDB. */
function sumsByTotals(): string {
  const measures = [...new Set([...used.values()].map(({ measure }) => measure))]
  const totals = measures.map((measure) => `sum(${measure}) over (w rows unbounded preceding) as ${measure}`)
  const columns = [...used.values()].map(({ name, measure, from, to }) => {
    const end = to === 0 ? measure : `lag(${measure}, ${to}) over w`
    return `case when n >= ${from} then ${end} - lag(${measure}, ${from + 1}, 0) over w end as ${name}`
  })
  return `select adset, day, ${columns.join(', ')} from (select adset, day, n, ${totals.join(', ')} from daily ${WINDOW}) ${WINDOW}`
}

/** The same rules as one query. */
const answers = (sums: string): string =>
  `select adset, day, ${BACKTEST_RULES.map(({ sql }, index) => `${sql} as r${index}`).join(', ')} from (${sums})`

/** Counts how often each rule is true, in one row. */
const countOf = (sums: string): string =>
  `select ${BACKTEST_RULES.map((_, index) => `count(*) filter (where r${index})`).join(', ')} from (${answers(sums)})`

export const COUNT_QUERIES = { windows: countOf(sumsByWindows()), totals: countOf(sumsByTotals()) } as const

/** Every rule, ad set and day that is true. */
export const FIRED_QUERY = `with answers as (${answers(sumsByWindows())}) ${BACKTEST_RULES.map(
  ({ id }, index) => `select '${id}' as rule, adset, day from answers where r${index}`,
).join(' union all ')}`
