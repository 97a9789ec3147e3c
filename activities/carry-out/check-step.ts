/** The step `check`: evaluates the condition when the step's turn comes, and adds its trace to the decision. */

import type { TraceLeaf } from '../../engine/rule/decision.js'
import { PreparedCondition } from '../../engine/rule/evaluate/condition.js'
import { judgeCondition } from '../../engine/rule/evaluate/evaluate.js'
import { appendTrace } from '../../store/decisions/decisions.js'
import { carriedOut, stepOf } from '../base/carried-out-rule.js'
import { accountOf, type ActivityDependencies } from '../base/dependencies.js'
import { factsOfDecision } from '../facts/decision-facts.js'
import { planReading } from '../sync/plan-reading.js'
import { type CarryOutActivities, type CheckedCondition } from './contract.js'
import { traceSide } from './open-carry-out.js'

/** Returns the insights to read before a condition of the decision's rule is evaluated again. */
export const planCheck =
  (dependencies: ActivityDependencies): CarryOutActivities['planCheck'] =>
  async ({ decision: id }) => {
    const { store, now } = dependencies
    const { decision, rule } = await carriedOut(store, id)
    const account = accountOf(dependencies, decision.account)
    const at = now()
    const { insights } = await planReading(store, account, [rule], { at, now: at })
    return { insights }
  }

export const evaluateCheck =
  (dependencies: ActivityDependencies): CarryOutActivities['evaluateCheck'] =>
  async ({ decision: id, step: index }): Promise<CheckedCondition> => {
    const { store, now } = dependencies
    const carried = await carriedOut(store, id)
    const { condition } = stepOf(carried.rule, index, 'check')
    const account = accountOf(dependencies, carried.decision.account)
    const at = now()
    const { facts, entity, selection } = await factsOfDecision(store, account, carried, { at, knownAt: at })
    if (entity === null) return { truth: 'unknown', note: 'The data no longer contains the entity' }
    const { truth, trace } = await judgeCondition(new PreparedCondition(condition), facts, entity, selection)
    await appendTrace(store, id, trace, at)
    return { truth: truth === null ? 'unknown' : truth ? 'true' : 'false', note: trace.map(leafInWords).join('; ') }
  }

/** `cpa[today] > 120 TRY is false (96.4 TRY)` */
function leafInWords({ condition, result, left, unit, because }: TraceLeaf): string {
  const answer = result === null ? `unknown${because === undefined ? '' : ` (${because})`}` : String(result)
  const value = result === null || typeof left === 'boolean' ? '' : ` (${traceSide(left, unit)})`
  return `${condition.replace(/\s+/g, ' ')} is ${answer}${value}`
}
