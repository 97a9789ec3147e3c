/**
 * The evaluator of backtests compared with DuckDB and json-rules-engine: ten rules with windows of 3 to 30 days, evaluated for every
 * ad set at the end of every day. The results must agree.
 */

import { Engine, type NestedCondition, type TopLevelCondition } from 'json-rules-engine'

import { ColumnarEvaluator } from '../engine/backtest/columns/columnar-evaluator.js'
import { DayTables } from '../engine/backtest/columns/day-table.js'
import { Universe } from '../engine/backtest/columns/entity-order.js'
import { dayNumberOf, isoDay } from '../engine/clock/day.js'
import { startOfDay } from '../engine/clock/zone.js'
import type { ComparisonOperator } from '../engine/expression/syntax.js'
import { type DataRow } from '../engine/facts/dataset-source.js'
import { Dataset } from '../engine/facts/dataset.js'
import { factsOf, type WindowedFacts } from '../engine/facts/facts-of-dataset.js'
import type { FactAccount, FactEntity } from '../engine/facts/facts.js'
import { type PreparedRule, prepareRule } from '../engine/rule/evaluate/evaluate.js'
import { loadRules } from '../engine/rule/read/load.js'
import type { Condition, Rule } from '../engine/rule/rule.js'
import { VERDICT } from '../engine/simulation/verdict.js'
import { BACKTEST_RULES, COUNT_QUERIES, FIRED_QUERY } from './backtest-rules.js'
import { dailyAccount } from './daily-account.js'
import { type Benchmark, median, timed } from './measure.js'

const ADSETS = 1_000
const DAYS = 365
const ROUNDS = 5
/** json-rules-engine would take minutes for all days. */
const SAMPLE_OF_DAYS = 8
/** From here on every window is known. */
const WARM_UP_DAYS = 60

interface Data {
  readonly dataset: Dataset
  readonly account: FactAccount
  readonly days: readonly string[]
}

export const benchmark: Benchmark = {
  description: `ten rules with windows of 3 to 30 days over ${ADSETS} ad sets × ${DAYS} days, every ad set evaluated at the end of every day, in one process`,
  run: async () => {
    const rules = rulesOf(1)
    const whole = dataOf(DAYS)
    const own: number[] = []
    let answers = run(rules, whole.data)
    for (let round = 0; round < ROUNDS; round++) own.push(await timed(() => (answers = run(rules, whole.data))))
    const memory = process.resourceUsage().maxRSS / 1_024

    const scaling = await scalingOf(rules)
    // Measured in alternation, since a machine's speed varies over minutes.
    const again = () => timed(() => run(rules, whole.data))
    const ofDuckDb = await againstDuckDb(whole.rows, whole.data.days, answers, again)
    const ofBare = await againstBare(rules, whole.data, answers, again)
    const time = median(own)
    return [
      { name: 'rule evaluations', value: (ADSETS * DAYS * rules.length) / (time / 1_000), unit: 'per second' },
      { name: 'time, from rows to answers', value: time, unit: 'ms' },
      { name: 'time, of DuckDB’s on 2 threads', value: ofDuckDb.windows, unit: '', goal: { at: 'most', value: 0.5 } },
      { name: 'time, of DuckDB’s by running totals', value: ofDuckDb.totals, unit: '', goal: { at: 'most', value: 0.5 } },
      { name: 'speed, compared with bare json-rules-engine', value: ofBare, unit: 'times', goal: { at: 'least', value: 200 } },
      { name: 'memory at most, rows included', value: memory, unit: 'MB', goal: { at: 'most', value: 500 } },
      { name: 'time for twice the days', value: scaling.days, unit: 'times', goal: { at: 'most', value: 2.4 } },
      { name: 'time for twice the rules', value: scaling.rules, unit: 'times', goal: { at: 'most', value: 2.4 } },
    ]
  },
}

function dataOf(days: number): { readonly data: Data; readonly rows: readonly DataRow[] } {
  const { account, source, firstDay } = dailyAccount({ adsets: ADSETS, days, silentDays: true })
  const first = dayNumberOf(firstDay)
  const data = { dataset: new Dataset(source), account, days: Array.from({ length: days }, (_, day) => isoDay(first + day)) }
  return { data, rows: source.rows }
}

/** The ten rules, `times` times, each time with other thresholds so that nothing is shared. */
function rulesOf(times: number): readonly Rule[] {
  const text = `rules:\n${Array.from({ length: times }, (_, time) => BACKTEST_RULES.map((rule) => rule.yaml(time)).join('')).join('')}`
  const { rules, diagnostics } = loadRules([{ path: 'bench.yaml', text }], null, { data: { currency: 'TRY' } })
  if (diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics[0]))
  return rules
}

const momentOf = ({ dataset, account }: Data, day: string): WindowedFacts =>
  factsOf(dataset, { account, at: startOfDay(isoDay(dayNumberOf(day) + 1), account.timezone) - 60_000, pace: 0 })

interface Answers {
  /** One verdict per day, rule and ad set. */
  readonly verdicts: Uint8Array
  /** Rule, ad set and day of each true result, by name. */
  readonly fired: () => Set<string>
}

/** Evaluates all days. Results get names only when they are compared. */
function run(rules: readonly Rule[], data: Data): Answers {
  const { dataset, account, days } = data
  const universe = new Universe(dataset, momentOf(data, days[0]!))
  const evaluator = new ColumnarEvaluator(rules, new DayTables(universe, account))
  const entities = evaluator.entitiesOf(0)
  const all = new Uint8Array(days.length * rules.length * entities.length)
  let place = 0
  for (const day of days) {
    for (const { verdicts } of evaluator.judge(momentOf(data, day))) {
      all.set(verdicts, place)
      place += verdicts.length
    }
  }
  const fired = (): Set<string> => {
    const names = new Set<string>()
    for (let at = 0; at < all.length; at++) {
      if (all[at] !== VERDICT.true) continue
      const [entity, line] = [at % entities.length, Math.floor(at / entities.length)]
      names.add(`${rules[line % rules.length]!.id} ${entities[entity]!.key} ${days[Math.floor(line / rules.length)]!}`)
    }
    return names
  }
  return { verdicts: all, fired }
}

/** Measures how the time grows with days and with rules; medians, since each run is short. */
async function scalingOf(rules: readonly Rule[]): Promise<{ readonly days: number; readonly rules: number }> {
  const [half, whole, twice] = [dataOf(DAYS).data, dataOf(DAYS * 2).data, rulesOf(2)]
  const [one, moreDays, moreRules]: [number[], number[], number[]] = [[], [], []]
  for (let round = 0; round < ROUNDS; round++) {
    one.push(await timed(() => run(rules, half)))
    moreDays.push(await timed(() => run(rules, whole)))
    moreRules.push(await timed(() => run(twice, half)))
  }
  return { days: median(moreDays) / median(one), rules: median(moreRules) / median(one) }
}

/** Returns our time as a share of DuckDB's, for both of its queries. */
async function againstDuckDb(
  rows: readonly DataRow[],
  days: readonly string[],
  ours: Answers,
  again: () => Promise<number>,
): Promise<{ readonly windows: number; readonly totals: number }> {
  const { loadIntoDuckDb } = await import('./duckdb.js')
  const connection = await loadIntoDuckDb(rows, days)
  const counts = async (query: string): Promise<string> => String((await connection.runAndReadAll(query)).getRows()[0])
  if ((await counts(COUNT_QUERIES.windows)) !== (await counts(COUNT_QUERIES.totals)))
    throw new Error('The two queries to DuckDB have different results.')
  const [own, windows, totals]: [number[], number[], number[]] = [[], [], []]
  for (let round = 0; round < ROUNDS; round++) {
    windows.push(await timed(() => connection.runAndReadAll(COUNT_QUERIES.windows)))
    own.push(await again())
    totals.push(await timed(() => connection.runAndReadAll(COUNT_QUERIES.totals)))
  }
  const [rules, adsets, dates] = (await connection.runAndReadAll(FIRED_QUERY)).getColumnsJS() as [string[], string[], string[]]
  const theirs = new Set(rules.map((rule, index) => `${rule} ${adsets[index]!} ${dates[index]!}`))
  const fired = ours.fired()
  const different = [...fired].find((name) => !theirs.has(name)) ?? [...theirs].find((name) => !fired.has(name))
  if (different !== undefined) throw new Error(`DuckDB differs: ${fired.size} of ours, ${theirs.size} of theirs, ${different}`)
  return { windows: median(own) / median(windows), totals: median(own) / median(totals) }
}

/**
 * Returns json-rules-engine's time for all evaluations as a multiple of ours, from a sample of days.
 *
 * It gets precomputed numbers. Since it has neither "unknown" nor "at least", its firings must be among ours, and be nearly all of
 * them.
 */
async function againstBare(rules: readonly Rule[], data: Data, ours: Answers, again: () => Promise<number>): Promise<number> {
  const engine = new Engine(rules.map((rule) => ({ name: rule.id, event: { type: rule.id }, conditions: conditionsFor(rule) })))
  const days = data.days.slice(WARM_UP_DAYS, WARM_UP_DAYS + SAMPLE_OF_DAYS)
  const prepared = rules.map(prepareRule)
  const fired = ours.fired()
  const [own, other]: [number[], number[]] = [[], []]
  for (const day of days) {
    const facts = momentOf(data, day)
    const known = facts.entities('adset').map((entity) => ({ key: entity.key, facts: factsFor(prepared, facts, entity) }))
    const found: string[] = []
    own.push(await again())
    const time = await timed(async () => {
      for (const { key, facts: values } of known)
        for (const { name } of (await engine.run(values)).results) found.push(`${name} ${key} ${day}`)
    })
    other.push(time * data.days.length)
    const wrong = found.find((name) => !fired.has(name))
    const all = [...fired].filter((name) => name.endsWith(day)).length
    if (wrong !== undefined || found.length < 0.9 * all)
      throw new Error(`json-rules-engine differs: ${found.length} of ${all}, ${wrong ?? ''}`)
  }
  return median(other) / median(own)
}

function factsFor(prepared: readonly PreparedRule[], facts: WindowedFacts, entity: FactEntity): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const { when } of prepared) {
    const scope = { facts, entity, ranges: when!.rangesAt(facts), selection: null }
    for (const { text, left, right } of when!.leaves) {
      values[`${text} left`] = left(scope)
      for (const [index, side] of right.entries()) values[`${text} right ${index}`] = side(scope)
    }
  }
  return values
}

const OPERATORS: Readonly<Record<ComparisonOperator, string>> = {
  '>': 'greaterThan',
  '>=': 'greaterThanInclusive',
  '<': 'lessThan',
  '<=': 'lessThanInclusive',
  '=': 'equal',
  '!=': 'notEqual',
}

function conditionsFor(rule: Rule): TopLevelCondition {
  const tree = (condition: Condition): NestedCondition => {
    if (condition.kind === 'not') return { not: tree(condition.condition) }
    if (condition.kind !== 'leaf') {
      const inner = condition.conditions.map(tree)
      return condition.kind === 'all' ? { all: inner } : { any: inner }
    }
    const { text, comparison } = condition
    const of = (operator: ComparisonOperator, side: number): NestedCondition => ({
      fact: `${text} left`,
      operator: OPERATORS[operator],
      value: { fact: `${text} right ${side}` },
    })
    if (comparison.kind === 'compare') return of(comparison.operator, 0)
    if (comparison.kind === 'between') return { all: [of('>=', 0), of('<=', 1)] }
    throw new Error('the benchmark has plain comparisons only')
  }
  return { all: [tree(rule.when!)] }
}
