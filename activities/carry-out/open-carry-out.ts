/** Opens a carry-out: marks the decision as running, and returns its steps and its trace. */

import { ApplicationFailure } from '@temporalio/activity'

import type { TraceLeaf } from '../../engine/rule/decision.js'
import type { Step } from '../../engine/rule/rule.js'
import { kindOf } from '../../engine/rule/steps/steps.js'
import { traceOfRow } from '../../store/decisions/decision-row.js'
import { setProgress } from '../../store/decisions/decisions.js'
import { findLoadedRule } from '../../store/rules/rules.js'
import { carriedOut } from '../base/carried-out-rule.js'
import type { ActivityDependencies } from '../base/dependencies.js'
import { stopNote } from '../base/stop-note.js'
import { type CarryOutActivities, type CarryOutStep } from './contract.js'

export const openCarryOut =
  ({ store, now }: ActivityDependencies): CarryOutActivities['openCarryOut'] =>
  async ({ decision: id, account, workflow, run = null }) => {
    const { decision, rule } = await carriedOut(store, id)
    if (account !== undefined && account !== decision.account) {
      throw ApplicationFailure.nonRetryable(`The decision ${id} belongs to another account than ${account}.`, 'other-account')
    }
    if (!(await setProgress(store, id, { progress: 'running', carriedOutBy: { workflow, run }, at: now() }))) {
      throw ApplicationFailure.nonRetryable(`It had ended before: ${decision.progress}.`, 'ended-before')
    }
    const isLoaded = (await findLoadedRule(store, rule.id)) !== undefined
    return {
      steps: rule.then.map(planOf),
      onStop: rule.onStop,
      asks: decision.mode === 'ask',
      trace: traceTable(traceOfRow(decision)),
      stopped: isLoaded ? await stopNote(store, decision.account) : `${rule.id} is no longer loaded`,
    }
  }

function planOf(step: Step): CarryOutStep {
  const kind = kindOf(step)
  const plan = { kind: kind.carriedOutAs, action: kind.name, title: kind.title(step) }
  return step.kind === 'duplicate' && step.status === 'active' ? { ...plan, activates: true } : plan
}

/** A row for each leaf: the condition as written, its two sides, and whether it was true. */
function traceTable(trace: readonly TraceLeaf[]): string {
  const rows = trace.map(({ condition, left, right, unit, result, because }) => {
    const truth = result === null ? `unknown${because === undefined ? '' : `: ${because}`}` : result ? 'true' : 'false'
    return `| ${[condition, traceSide(left, unit), traceSide(right, unit), truth].map(cell).join(' | ')} |`
  })
  return ['| condition | left | right | |', '|---|---|---|---|', ...rows].join('\n')
}

export function traceSide(value: TraceLeaf['left'], unit: string): string {
  if (value === null) return '?'
  if (typeof value === 'object' && 'atLeast' in value) return `at least ${traceSide(value.atLeast, unit)}`
  if (typeof value === 'object') return value.map(String).join(', ')
  return typeof value === 'number' && /^([A-Z]{3}|%|h)$/.test(unit) ? `${value} ${unit}` : String(value)
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replace(/\s+/g, ' ')
