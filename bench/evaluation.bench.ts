/** The live evaluator compared with plain json-rules-engine on the same conditions; the latter gets all numbers precomputed. */

import { type ConditionProperties, Engine } from 'json-rules-engine'

import { parseTime } from '../engine/clock/written-time.js'
import { evaluateExpression } from '../engine/expression/evaluate/evaluate.js'
import type { ComparisonOperator, Expression } from '../engine/expression/syntax.js'
import { Dataset } from '../engine/facts/dataset.js'
import { factsOf } from '../engine/facts/facts-of-dataset.js'
import type { FactEntity, Facts } from '../engine/facts/facts.js'
import { evaluateRule, type PreparedRule, prepareRule } from '../engine/rule/evaluate/evaluate.js'
import { loadRules } from '../engine/rule/read/load.js'
import type { Condition, Rule } from '../engine/rule/rule.js'
import { decideTick, type RuleInTick, selectedEntity } from '../engine/rule/state/tick.js'
import { dailyAccount } from './daily-account.js'
import { type Benchmark, median, timed } from './measure.js'

const ADSETS = 1_000
const DAYS = 60
const RULES = 50
const ROUNDS = 7

/** Conditions as people write them; thresholds differ from rule to rule. */
const TEMPLATES: readonly ((step: number) => readonly string[])[] = [
  (step) => [`cpa[last_3d] > ${60 + step} TRY`, 'spend[today] > 150 TRY'],
  (step) => [`roas[last_7d] < ${1 + step / 20}`, 'spend[last_7d] > 900 TRY', 'purchases[last_7d] >= 3'],
  (step) => [`ctr[last_7d] < ${1 + step / 40}%`, 'impressions[last_7d] > 5000'],
  (step) => [`cpa[last_7d] > ${(1 + step / 100).toFixed(2)} * cpa[7d offset 8d]`, 'purchases[last_7d] >= 5'],
  (step) => [`cpc[yesterday] > ${2 + step / 10} TRY`, `cpm[last_3d] > ${20 + step} TRY`],
]

export const benchmark: Benchmark = {
  description: `live evaluation with traces, ${ADSETS} ad sets × ${RULES} rules, compared with bare json-rules-engine on precomputed numbers`,
  run: async () => {
    const { source, account, lastDay } = dailyAccount({ adsets: ADSETS, days: DAYS, silentDays: false })
    const at = parseTime(`${lastDay} 20:00`, account.timezone)!
    const facts = (): Facts => factsOf(new Dataset(source), { account, at, pace: 0 })
    const rules = ruleList()
    const prepared = rules.map(prepareRule)
    const bare = bareEngine(rules)
    const known = factsForBare(rules, facts())

    const ours: number[] = []
    const theirs: number[] = []
    const [firedByUs, firedByThem] = [await tick(prepared, facts()), await bareTick(bare, known)]
    if (firedByUs !== firedByThem) throw new Error(`The results differ: ${firedByUs} firings of ours, ${firedByThem} of theirs.`)
    for (let round = 0; round < ROUNDS; round++) {
      // Every tick reads its rows again, so that no sum is reused from the previous tick.
      const fresh = factsOf(new Dataset(source), { account, at, pace: 0 })
      ours.push(await timed(() => tick(prepared, fresh)))
      theirs.push(await timed(() => bareTick(bare, known)))
    }
    const [own, other] = [median(ours), median(theirs)]
    const perSecond = (time: number): number => (ADSETS * RULES) / (time / 1_000)
    return [
      { name: 'rule evaluations, with traces', value: perSecond(own), unit: 'per second' },
      { name: 'rule evaluations, bare json-rules-engine', value: perSecond(other), unit: 'per second' },
      { name: 'rule evaluations', value: other / own, unit: 'of bare json-rules-engine', goal: { at: 'least', value: 0.8 } },
      { name: `tick of ${ADSETS} ad sets × ${RULES} rules`, value: own, unit: 'ms' },
      { name: 'the same, its time', value: own / other, unit: 'of bare json-rules-engine', goal: { at: 'most', value: 1.25 } },
    ]
  },
}

function ruleList(): readonly Rule[] {
  const lines = Array.from({ length: RULES }, (_, index) => {
    const conditions = TEMPLATES[index % TEMPLATES.length]!(index)
    return [
      `  - id: rule-${index}`,
      '    scope: adset',
      '    every: 1h',
      '    where: delivering',
      '    when:',
      ...conditions.map((condition) => `      - ${condition}`),
      '    then: [pause]',
    ].join('\n')
  })
  const text = `rules:\n${lines.join('\n')}\n`
  const { rules, diagnostics } = loadRules([{ path: 'bench.yaml', text }], null, { data: { currency: 'TRY' } })
  if (diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics[0]))
  return rules
}

const NOTHING_EARLIER = { state: null, isCarryingOut: false, budgetOwner: null }

/** Returns the number of firings, for comparison. */
async function tick(prepared: readonly PreparedRule[], facts: Facts): Promise<number> {
  const rules: RuleInTick[] = []
  for (const one of prepared) {
    const evaluations = await evaluateRule(one, facts)
    const selected = evaluations.map((evaluation) => selectedEntity(evaluation, NOTHING_EARLIER))
    rules.push({ rule: one.rule, firedToday: 0, selected, unselected: [] })
  }
  const { decisions } = decideTick({ now: facts.at, zone: facts.account.timezone, rules })
  return decisions.filter(({ outcome }) => outcome === 'fire').length
}

const OPERATORS: Readonly<Record<ComparisonOperator, string>> = {
  '>': 'greaterThan',
  '>=': 'greaterThanInclusive',
  '<': 'lessThan',
  '<=': 'lessThanInclusive',
  '=': 'equal',
  '!=': 'notEqual',
}

/** One engine with all rules, which is the fastest way to use it. */
function bareEngine(rules: readonly Rule[]): Engine {
  return new Engine(
    rules.map((rule) => ({
      name: rule.id,
      event: { type: rule.id },
      conditions: {
        all: [rule.where, rule.when].flatMap((condition) => (condition === null ? [] : leavesOf(condition))),
      },
    })),
  )
}

function leavesOf(condition: Condition): ConditionProperties[] {
  if (condition.kind === 'all') return condition.conditions.flatMap(leavesOf)
  if (condition.kind !== 'leaf') throw new Error('the benchmark has lists of comparisons only')
  const { comparison } = condition
  if (comparison.kind === 'holds') return [{ fact: nameOf(comparison.subject), operator: 'equal', value: true }]
  if (comparison.kind !== 'compare') throw new Error('the benchmark has plain comparisons only')
  const { left, right, operator } = comparison
  const value = right.kind === 'money' ? right.value * 100 : right.kind === 'number' ? right.value : { fact: nameOf(right) }
  return [{ fact: nameOf(left), operator: OPERATORS[operator], value }]
}

const nameOf = (expression: Expression): string =>
  JSON.stringify(expression, (key, value: unknown) => (key === 'span' ? undefined : value))

/** The values that the rules compare, for each ad set, each once. */
function factsForBare(rules: readonly Rule[], facts: Facts): readonly Record<string, unknown>[] {
  const expressions = new Map<string, Expression>()
  const collect = (condition: Condition | null): void => {
    if (condition?.kind === 'all') condition.conditions.forEach(collect)
    if (condition?.kind !== 'leaf') return
    const { comparison } = condition
    const sides =
      comparison.kind === 'compare'
        ? [comparison.left, comparison.right]
        : comparison.kind === 'holds'
          ? [comparison.subject]
          : []
    for (const side of sides) expressions.set(nameOf(side), side)
  }
  for (const { where, when } of rules) [where, when].forEach(collect)
  return facts
    .entities('adset')
    .map((entity: FactEntity) =>
      Object.fromEntries([...expressions].map(([name, expression]) => [name, evaluateExpression(expression, facts, entity)])),
    )
}

async function bareTick(engine: Engine, known: readonly Record<string, unknown>[]): Promise<number> {
  let fired = 0
  for (const facts of known) fired += (await engine.run(facts)).results.length
  return fired
}
