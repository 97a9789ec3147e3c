/**
 * Compares three evaluators: that of backtests, that of live rules, and a plain reference written from the documentation. Each case
 * has a random account, rules and moments.
 */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { valueAt } from '../../../engine/backtest/columns/column.js'
import { ColumnarEvaluator } from '../../../engine/backtest/columns/columnar-evaluator.js'
import { ExpressionCompiler, isNumeric } from '../../../engine/backtest/columns/compile-expression.js'
import { DayTables } from '../../../engine/backtest/columns/day-table.js'
import { Universe } from '../../../engine/backtest/columns/entity-order.js'
import { momentOf } from '../../../engine/backtest/columns/moment.js'
import { evaluateExpression } from '../../../engine/expression/evaluate/evaluate.js'
import type { Expression } from '../../../engine/expression/syntax.js'
import { sidesOf, withinExpression } from '../../../engine/expression/walk.js'
import { Dataset } from '../../../engine/facts/dataset.js'
import { factsOf, type WindowedFacts } from '../../../engine/facts/facts-of-dataset.js'
import type { FactAccount } from '../../../engine/facts/facts.js'
import { evaluateRule, prepareRule } from '../../../engine/rule/evaluate/evaluate.js'
import { loadRules } from '../../../engine/rule/read/load.js'
import type { Rule } from '../../../engine/rule/rule.js'
import { leavesOf } from '../../../engine/rule/walk.js'
import { truthOf, VERDICT } from '../../../engine/simulation/verdict.js'
import { AtLeast, type Value } from '../../../engine/value/value.js'
import { endOfDay, localDay } from './reference/calendar.js'
import { decide, numberFor } from './reference/reference.js'
import { ruleContents } from './rules.js'
import { type PlainEntity, type World, worlds } from './world.js'

/** `TRUST_CASES` sets the number of cases. */
const CASES = Number(process.env['TRUST_CASES'] ?? 250)
const HOUR = 3_600_000
const DAY = 24 * HOUR

const cases = fc.record({
  world: worlds,
  contents: fc.array(ruleContents, { minLength: 4, maxLength: 4 }),
  moments: fc.array(
    fc.record({
      /** From 0, a day before the data, to 1, two days after it. */
      place: fc.double({ min: 0, max: 1, noNaN: true }),
      /** Moments near edges: midnight in the account's zone, and when data becomes too old for today. */
      edge: fc.constantFrom('none', 'none', 'midnight', 'stale'),
      beyond: fc.constantFrom(-1, 0, 1, -HOUR / 2, HOUR / 2),
    }),
    { minLength: 2, maxLength: 2 },
  ),
  pace: fc.constantFrom(HOUR / 2, HOUR, DAY),
})

describe('the three evaluators', () => {
  it('give the same decision for every rule, entity and moment', async () => {
    const seen = { fire: 0, hold: 0, unknown: 0 }
    await fc.assert(
      fc.asyncProperty(cases, async ({ world, contents, moments, pace }) => {
        const rules = rulesFrom(contents)
        const dataset = datasetOf(world)
        const account = accountOf(world)
        const [first, last] = spanOf(world)
        const at = moments.map((moment) => instantOf(moment, world, pace, first - DAY, last + 2 * DAY)).sort((a, b) => a - b)
        const factsAt = (moment: number): WindowedFacts => factsOf(dataset, { account, at: moment, pace })
        const evaluator = new ColumnarEvaluator(rules, new DayTables(new Universe(dataset, factsAt(at[0]!)), account))
        for (const moment of at) {
          const facts = factsAt(moment)
          const columnar = evaluator.judge(facts)
          for (const [index, rule] of rules.entries()) {
            const expected = decide(rule, { world, at: moment, pace })
            const asked = new Set(expected.filter(({ selected }) => selected).map(({ key }) => key))
            const answer = new Map(
              expected.map(({ key, outcome, clear }) => [key, { outcome, clear: clearFor(rule, asked, key, clear) }]),
            )
            for (const { outcome } of expected) seen[outcome] += 1

            const live = (await evaluateRule(prepareRule(rule), facts)).map(
              ({ entity, outcome, clear }) =>
                [entity.key, { outcome, clear: clearFor(rule, asked, entity.key, clear ?? 'unknown') }] as const,
            )
            const { verdicts, clear } = columnar[index]!
            const byColumns = evaluator.entitiesOf(index).flatMap(({ key }, place) => {
              const verdict = verdicts[place]!
              if (verdict === VERDICT.leftOut) return []
              const truth = truthOf(verdict)
              const outcome = truth === null ? 'unknown' : truth ? 'fire' : 'hold'
              const cleared = clear === null ? 'unknown' : (truthOf(clear[place]!) ?? 'unknown')
              return [[key, { outcome, clear: clearFor(rule, asked, key, cleared) }] as const]
            })
            const where = `${JSON.stringify(contents[Number(rule.id.slice(5))])} at ${new Date(moment).toISOString()} in ${world.zone}`
            expect(Object.fromEntries(live), `live: ${where}`).toEqual(Object.fromEntries(answer))
            expect(Object.fromEntries(byColumns), `by columns: ${where}`).toEqual(Object.fromEntries(answer))
          }
        }
      }),
      { numRuns: CASES },
    )
    // Each outcome must occur often enough.
    expect(Math.min(seen.fire, seen.hold, seen.unknown)).toBeGreaterThan(CASES)
  }, 300_000)
})

describe('the three evaluators', () => {
  it('compute the same value for every condition', () => {
    fc.assert(
      fc.property(cases, ({ world, contents, moments, pace }) => {
        const rules = rulesFrom(contents)
        const dataset = datasetOf(world)
        const account = accountOf(world)
        const [first, last] = spanOf(world)
        for (const chosen of moments) {
          const at = instantOf(chosen, world, pace, first - DAY, last + 2 * DAY)
          const facts = factsOf(dataset, { account, at, pace })
          const tables = new DayTables(new Universe(dataset, facts), account)
          const compiler = new ExpressionCompiler(tables)
          const lines = rules.flatMap((rule) =>
            [...leavesOf(rule.when)]
              .map(({ comparison, text }) => ({ rule, text, expression: sidesOf(comparison)[0] }))
              .filter(({ expression }) => isNumeric(expression.unit.kind) && !asksSelection(expression))
              .map((line) => ({ ...line, node: compiler.numbers(line.expression, { scope: rule.scope, selection: null }) })),
          )
          tables.build()
          const moment = momentOf(facts, compiler.windows)
          for (const { rule, text, expression, node } of lines) {
            const column = node(moment)
            for (const [place, entity] of facts.entities(rule.scope).entries()) {
              const expected = numberFor(expression, entity, { world, at, pace })
              const where = `${text} of ${entity.key} at ${new Date(at).toISOString()} in ${world.zone}`
              expect(plain(evaluateExpression(expression, facts, entity)), `live: ${where}`).toEqual(close(expected))
              expect(plain(valueAt(column, place)), `by columns: ${where}`).toEqual(close(expected))
            }
          }
        }
      }),
      { numRuns: CASES },
    )
  }, 300_000)
})

const asksSelection = (expression: Expression): boolean =>
  [...withinExpression(expression)].some(({ kind }) => kind === 'aggregate')

const plain = (value: Value): unknown =>
  value instanceof AtLeast ? { atLeast: value.bound } : typeof value === 'number' ? value : null

/** Allows for rounding errors in the last digits of doubles. */
function close(value: ReturnType<typeof numberFor>): unknown {
  const number = (exact: number): unknown => expect.closeTo(exact, Math.max(0, 8 - Math.ceil(Math.log10(1 + Math.abs(exact)))))
  if (value === null) return null
  return typeof value === 'number' ? number(value) : { atLeast: number(value.atLeast) }
}

/** `clear` only matters for entities for which `where` is true. */
const clearFor = (rule: Rule, asked: ReadonlySet<string>, key: string, clear: boolean | 'unknown'): boolean | 'unknown' | null =>
  rule.clear === null || !asked.has(key) ? null : clear

/** Loads the rules. Those that name an owner that their scope does not have are refused by the loader and left out. */
function rulesFrom(contents: readonly object[]): readonly Rule[] {
  const text = JSON.stringify({
    rules: contents.map((content, index) => ({
      id: `rule-${index}`,
      every: '1h',
      then: [{ whatsapp: { to: 'owner', text: 'true' } }],
      ...content,
    })),
  })
  const { rules, diagnostics } = loadRules([{ path: 'random.yaml', text }], null, { data: { currency: 'TRY' } })
  for (const { severity, code, message, hint } of diagnostics)
    if (severity === 'error' && code !== 'wrong-owner') throw new Error(`${message} (${hint ?? ''}): ${text}`)
  return rules
}

interface ChosenMoment {
  readonly place: number
  readonly edge: string
  readonly beyond: number
}

function instantOf({ place, edge, beyond }: ChosenMoment, world: World, pace: number, from: number, to: number): number {
  const any = Math.floor(from + place * (to - from))
  if (edge === 'midnight') return endOfDay(localDay(any, world.zone), world.zone) + beyond
  const sync = world.syncs?.findLast(({ at }) => at <= any)
  return edge === 'stale' && sync !== undefined ? sync.at + 2 * pace + HOUR + beyond : any
}

function spanOf({ rows, syncs }: World): readonly [number, number] {
  const days = [...rows, ...(syncs ?? [])].flatMap(({ since, until }) => [Date.parse(since), Date.parse(until)])
  return days.length === 0
    ? [Date.parse('2025-03-01'), Date.parse('2025-03-05')]
    : [Math.min(...days.map((day) => day)), Math.max(...days)]
}

const accountOf = ({ zone, account }: World): FactAccount => ({
  name: 'moda',
  id: null,
  currency: 'TRY',
  timezone: zone,
  result: account.result,
  gross: account.gross,
  values: account.targetCpa === null ? {} : { target_cpa: account.targetCpa },
})

function datasetOf({ entities, rows, syncs, measures }: World): Dataset {
  return new Dataset({
    entities: entities.map((entity) => ({
      scope: entity.scope,
      key: entity.key,
      id: null,
      name: entity.name,
      campaign: entity.campaign,
      adset: entity.adset,
      result: entity.goal,
      attributes: attributesOf(entity, (value) => (typeof value === 'object' ? null : value)),
      history: attributesOf(entity, (value) => (typeof value === 'object' ? value : null)),
      ...(entity.createdAt === null ? {} : { since: { age: entity.createdAt } }),
    })),
    rows: rows.map((row) => ({ ...row, hour: null })),
    knowledge: syncs === null ? { kind: 'file' } : { kind: 'synced', days: syncs, hours: [] },
    measures: measures === null ? null : new Set(measures),
  })
}

function attributesOf<T>(
  { attributes }: PlainEntity,
  take: (value: PlainEntity['attributes'][string]) => T | null,
): Record<string, T> {
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([name, value]) => {
      const taken = take(value)
      return taken === null ? [] : [[name, taken] as const]
    }),
  )
}
