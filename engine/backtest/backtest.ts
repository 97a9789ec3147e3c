/**
 * Replays rules over past days. Every day is evaluated at its end, with what was known then; the states are carried from day to day by
 * the code that decides in production. Steps are not applied: entities stay as the data has them.
 */

import { dayNumberOf, isoDay } from '../clock/day.js'
import type { FactEntity } from '../facts/facts.js'
import type { Evaluation, TraceLeaf } from '../rule/decision.js'
import { evaluateRule, type PreparedRule, prepareRule } from '../rule/evaluate/evaluate.js'
import type { Rule } from '../rule/rule.js'
import { holdersAmong } from '../rule/state/priority-hold.js'
import { type RuleVerdicts, Simulation } from '../simulation/simulation.js'
import { VERDICT, type Verdicts } from '../simulation/verdict.js'
import { budgetOwners } from './budget-owners.js'
import { ColumnarEvaluator, type ColumnarVerdicts } from './columns/columnar-evaluator.js'
import type { DayTables } from './columns/day-table.js'
import { endOfDay, isDue } from './evaluation-days.js'
import { withKnownEntities } from './known-entities.js'
import type { BacktestSource, KnownAt } from './source.js'

export interface BacktestFiring extends Pick<Evaluation, 'entity' | 'trace'> {
  readonly rule: Rule
  /** The account's day, ISO date; `at` is its last minute. */
  readonly day: string
  readonly at: number
}

export interface BacktestDay {
  readonly day: string
  readonly at: number
  /** Number of rules × entities that were evaluated, without those that `where` excludes. */
  readonly evaluations: number
  /** How many of the evaluations were unknown. */
  readonly unknown: number
  readonly firings: readonly BacktestFiring[]
}

export interface BacktestOptions {
  readonly rules: readonly Rule[]
  readonly source: BacktestSource
  /** First and last day, inclusive, ISO dates. */
  readonly from: string
  readonly to: string
  /** Returns the interval between evaluations of a rule in milliseconds, which determines how old data may be. Not needed for files. */
  readonly paceOf?: (rule: Rule, at: number) => number
}

/**
 * Goes through the days in order and yields each as soon as it is evaluated, so that the caller may stop at any.
 *
 * @throws Error if the evaluation by columns and the live one disagree on a firing, which is a bug
 */
export async function* backtest({ rules, source, from, to, paceOf }: BacktestOptions): AsyncGenerator<BacktestDay> {
  const { timezone: zone } = source.account
  const prepared = rules.map(prepareRule)
  const entities = rules.map(({ scope }) => source.entities(scope))
  const lastDue: (number | null)[] = rules.map(() => null)
  const holders = holdersAmong(rules, rules)
  const mayHold = (index: number): boolean => holders.has(rules[index]!)
  const judge = new DayJudge(rules, holders)
  let simulation: Simulation | null = null
  for (let dayNumber = dayNumberOf(from); dayNumber <= dayNumberOf(to); dayNumber++) {
    const at = endOfDay(dayNumber, zone)
    if (at === null) continue
    const known = await source.at(at)
    simulation ??= new Simulation(
      rules.map((rule, index) => ({
        rule,
        entities: entities[index]!,
        budgetOwners: budgetOwners(rule, entities[index]!, known.facts(0)),
      })),
      zone,
    )
    const due = rules.flatMap((rule, index) => (isDue(rule, zone, at, lastDue[index]!) ? [index] : []))
    const verdicts = judge.verdicts(known, (rule) => paceOf?.(rule, at) ?? 0)
    const linedUp = (index: number) => {
      const { found, places } = verdicts[index]!
      return { rule: index, ...lineUp(found, places, entities[index]!) }
    }
    const judged: RuleVerdicts[] = []
    let [evaluations, unknown] = [0, 0]
    for (const index of due) {
      lastDue[index] = at
      const lined = linedUp(index)
      judged.push(lined)
      for (const verdict of lined.verdicts) {
        if (verdict === VERDICT.leftOut || verdict === VERDICT.absent) continue
        evaluations += 1
        if (verdict === VERDICT.unknown) unknown += 1
      }
    }
    const others = rules.flatMap((_, index) => (due.includes(index) || !mayHold(index) ? [] : [linedUp(index)]))
    const fired = simulation.step(at, judged, others).filter(({ outcome }) => outcome === 'fire')
    const firings: BacktestFiring[] = []
    for (const index of new Set(fired.map(({ input }) => input.place.rule))) {
      const rule = rules[index]!
      const own = fired
        .filter(({ input }) => input.place.rule === index)
        .map(({ input }) => entities[index]![input.place.entity]!)
      const traces = await tracesOf(prepared[index]!, known, paceOf?.(rule, at) ?? 0, own)
      for (const [place, entity] of own.entries())
        firings.push({ rule, entity, day: isoDay(dayNumber), at, trace: traces[place]! })
    }
    yield { day: isoDay(dayNumber), at, evaluations, unknown, firings }
  }
}

interface Judged {
  readonly found: ColumnarVerdicts
  /** Entities in the order of the verdicts. */
  readonly places: readonly FactEntity[]
}

/** Keeps the evaluator as long as the tables stay the same. */
class DayJudge {
  #tables: DayTables | null = null
  #evaluator: ColumnarEvaluator | null = null

  /** @param holders rules whose `when` is also evaluated on entities that `where` excludes */
  constructor(
    private readonly rules: readonly Rule[],
    private readonly holders: ReadonlySet<Rule>,
  ) {}

  verdicts(known: KnownAt, paceOf: (rule: Rule) => number): readonly Judged[] {
    if (this.#evaluator === null || this.#tables !== known.tables) {
      this.#evaluator = new ColumnarEvaluator(this.rules, known.tables, {
        entities: known.entities,
        asksWanted: this.holders,
      })
      this.#tables = known.tables
    }
    const evaluator = this.#evaluator
    const paces = this.rules.map(paceOf)
    const judged: Judged[] = []
    for (const pace of new Set(paces)) {
      // The returned columns are reused by the next call, so they are copied.
      for (const [index, { verdicts, clear, wanted }] of evaluator.judge(known.facts(pace)).entries()) {
        if (paces[index] !== pace) continue
        judged[index] = {
          found: { verdicts: verdicts.slice(), clear: clear?.slice() ?? null, wanted: wanted?.slice() ?? null },
          places: evaluator.entitiesOf(index),
        }
      }
    }
    return judged
  }
}

/** Reorders verdicts to the list of all entities that ever existed; those that do not exist at this moment are absent. */
function lineUp(
  { verdicts, clear, wanted = null }: ColumnarVerdicts,
  places: readonly FactEntity[],
  entities: readonly FactEntity[],
): Verdicts<Uint8Array> {
  if (places.length === entities.length && places.every(({ key }, index) => key === entities[index]!.key))
    return { verdicts, clear, wanted }
  const at = new Map(places.map(({ key }, index) => [key, index]))
  const take = (from: Uint8Array, absent: number): Uint8Array =>
    Uint8Array.from(entities, ({ key }) => from[at.get(key) ?? -1] ?? absent)
  const takeTruths = (from: Uint8Array | null): Uint8Array | null => (from === null ? null : take(from, VERDICT.unknown))
  return { verdicts: take(verdicts, VERDICT.absent), clear: takeTruths(clear), wanted: takeTruths(wanted) }
}

async function tracesOf(
  prepared: PreparedRule,
  known: KnownAt,
  pace: number,
  fired: readonly FactEntity[],
): Promise<readonly (readonly TraceLeaf[])[]> {
  const facts = known.facts(pace)
  const seen = known.entities === 'with rows' ? withKnownEntities(facts, known.tables.universe) : facts
  const evaluations = new Map((await evaluateRule(prepared, seen, fired)).map((one) => [one.entity.key, one]))
  return fired.map(({ key }) => {
    const evaluation = evaluations.get(key)
    if (evaluation?.outcome !== 'fire')
      throw new Error(`the rule ${prepared.rule.id} fires for ${key} in the columnar evaluation, but not in the live one`)
    return evaluation.trace
  })
}
