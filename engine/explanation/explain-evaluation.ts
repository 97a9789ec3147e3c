/** Evaluates a rule on one entity and adds to each line of the trace the numbers behind it. */

import type { Selection } from '../expression/evaluate/selection.js'
import type { Expression } from '../expression/syntax.js'
import { sidesOf, withinExpression } from '../expression/walk.js'
import type { FactEntity, Facts } from '../facts/facts.js'
import type { TraceLeaf } from '../rule/decision.js'
import { evaluateRule, judgeCondition, prepareRule, selectionOf } from '../rule/evaluate/evaluate.js'
import type { RulePlaces } from '../rule/read/places.js'
import type { Rule } from '../rule/rule.js'
import { type Leaf, leavesOf } from '../rule/walk.js'
import type { Distance, ExplainedEvaluation, ExplainedLeaf, ExplainedMetric } from './explanation.js'
import { measuresOf } from './rows.js'

/** Evaluates only the conditions; `for`, `cooldown` and the like are ignored. */
export async function explainEvaluation(
  rule: Rule,
  facts: Facts,
  entity: FactEntity,
  places: RulePlaces,
): Promise<ExplainedEvaluation> {
  const prepared = prepareRule(rule)
  const [evaluation] = await evaluateRule(prepared, facts, [entity])
  const { where } = prepared
  const trace = evaluation?.trace ?? (where === null ? [] : (await judgeCondition(where, facts, entity)).trace)
  const ofClear = await traceOfClear(rule, facts, entity)
  return {
    outcome: evaluation?.outcome ?? 'none',
    because: evaluation?.because ?? null,
    leaves: explainTrace(rule, [...trace, ...ofClear], facts, entity, places),
  }
}

/** Returns the lines of `clear`, which decisions do not store; empty if the rule has no `clear`. */
export async function traceOfClear(rule: Rule, facts: Facts, entity: FactEntity): Promise<readonly TraceLeaf[]> {
  const prepared = prepareRule(rule)
  if (prepared.clear === null) return []
  const selection: Selection | null = prepared.asksSelection ? await selectionOf(prepared, facts) : null
  return (await judgeCondition(prepared.clear, facts, entity, selection)).trace
}

/** Explains the lines of a trace that was made at the facts' moment. `facts` is null if the data no longer exists. */
export function explainTrace(
  rule: Rule,
  trace: readonly TraceLeaf[],
  facts: Facts | null,
  entity: FactEntity,
  places: RulePlaces,
): readonly ExplainedLeaf[] {
  const written = new Map(
    [rule.where, rule.when, rule.clear].flatMap((condition) => [...leavesOf(condition)]).map((leaf) => [leaf.path, leaf]),
  )
  return trace.map((leaf) => {
    const { file, line } = places.placeOf(rule, leaf.path)
    const own = written.get(leaf.path)
    const metrics = own === undefined || facts === null ? [] : metricsOf(own, facts, entity)
    return { ...leaf, file, line, distance: distanceOf(leaf), metrics }
  })
}

function metricsOf(leaf: Leaf, facts: Facts, entity: FactEntity): readonly ExplainedMetric[] {
  const seen = new Map<string, ExplainedMetric>()
  for (const side of sidesOf(leaf.comparison))
    for (const expression of withinExpression(side)) {
      if (expression.kind !== 'metric') continue
      const source = sourceOf(leaf, expression)
      const owner = expression.owner === 'self' ? entity : facts.owner(entity, expression.owner)
      if (owner === null || seen.has(source)) continue
      const { scope, name, key } = owner
      seen.set(source, { source, entity: { scope, name: name ?? key }, measures: measuresOf(expression, facts, owner) })
    }
  return [...seen.values()]
}

const sourceOf = ({ text }: Leaf, { span }: Expression): string => text.slice(span.start, span.end).trim()

function distanceOf({ left, right }: TraceLeaf): Distance | null {
  const from = typeof left === 'object' && left !== null && 'atLeast' in left ? left.atLeast : left
  if (typeof from !== 'number' || typeof right !== 'number') return null
  const difference = Number((from - right).toPrecision(12))
  return { difference, share: right === 0 ? null : Number((difference / right).toPrecision(6)) }
}
