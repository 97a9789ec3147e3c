/** The beginning of a carry-out: what its steps are, and why it is. */

import { ApplicationFailure } from '@temporalio/activity'

import { durationText } from '../../engine/message/value-text.js'
import type { TraceLeaf } from '../../engine/rule/decision.js'
import type { Step } from '../../engine/rule/rule.js'
import { leavesOf } from '../../engine/rule/walk.js'
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
      throw ApplicationFailure.nonRetryable(`The decision ${id} is of another account than ${account}.`, 'other-account')
    }
    if (!(await setProgress(store, id, { progress: 'running', carriedOutBy: { workflow, run }, at: now() }))) {
      throw ApplicationFailure.nonRetryable(`It had ended before: ${decision.progress}.`, 'ended-before')
    }
    const isInForce = (await findLoadedRule(store, rule.id)) !== undefined
    return {
      steps: rule.then.map(stepInWords),
      onStop: rule.onStop,
      asks: decision.mode === 'ask',
      trace: traceTable(JSON.parse(decision.trace_json) as TraceLeaf[]),
      stopped: isInForce ? await stopNote(store, decision.account) : `${rule.id} is no longer in force`,
    }
  }

function stepInWords(step: Step): CarryOutStep {
  switch (step.kind) {
    case 'pause':
      return { kind: 'change', action: 'pause', title: 'pause' }
    case 'start':
      return { kind: 'change', action: 'start', title: step.any ? 'start, whoever paused it' : 'start' }
    case 'budget':
    case 'bid':
      return { kind: 'change', action: step.kind, title: `${step.kind} ${changeInSymbols(step)}` }
    case 'duplicate':
      return step.status === 'active'
        ? { kind: 'change', action: 'duplicate', title: 'duplicate, and start the copy', activates: true }
        : { kind: 'change', action: 'duplicate', title: 'duplicate' }
    case 'rename':
      return { kind: 'change', action: 'rename', title: 'rename' }
    case 'label':
      return { kind: 'change', action: 'label', title: `label ${labelsInSymbols(step)}` }
    case 'whatsapp':
      return { kind: 'message', action: 'whatsapp', title: `whatsapp to ${step.to}` }
    case 'webhook':
      return { kind: 'webhook', action: 'webhook', title: `webhook ${step.urlVariable}` }
    case 'report':
      return { kind: 'message', action: 'report', title: `${step.period} report${step.to === null ? '' : ` to ${step.to}`}` }
    case 'ask':
      return { kind: 'ask', action: 'ask', title: `ask ${step.to}` }
    case 'launch':
      return { kind: 'launch', action: 'launch', title: `launch ${step.key}` }
    case 'check':
      return {
        kind: 'check',
        action: 'check',
        title: `check ${[...leavesOf(step.condition)].map(({ text }) => text).join(', ')}`,
      }
    case 'wait':
      return { kind: 'wait', action: 'wait', title: `wait ${durationText(step.duration, 'en')}` }
    case 'wait-until':
      return { kind: 'wait', action: 'wait', title: `wait until ${step.time}` }
  }
}

function changeInSymbols({ change }: Extract<Step, { kind: 'budget' | 'bid' }>): string {
  if (change.kind === 'relative') return `${change.ratio > 0 ? '+' : ''}${Math.round(change.ratio * 1000) / 10}%`
  const { value, currency } = change.amount
  return currency === null ? String(value) : `${value} ${currency}`
}

const labelsInSymbols = ({ add, remove }: Extract<Step, { kind: 'label' }>): string =>
  [...add.map((label) => `+${label}`), ...remove.map((label) => `-${label}`)].join(' ')

/** One row a leaf: the condition as written, its two sides, and whether it was true. */
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
