/** One line about a firing, for Temporal's list and timeline and for the terminal. */

import { HOUR } from '../clock/zone.js'
import type { FactEntity } from '../facts/facts.js'
import type { SideValue, TraceLeaf } from '../rule/decision.js'
import type { Rule, Step } from '../rule/rule.js'
import { kindOf } from '../rule/steps/steps.js'
import { bytesOf, oneLine, SUMMARY_BYTES } from '../text/one-line.js'
import { durationText } from '../text/value-text.js'
import { isCurrency, minorUnitsPer } from '../value/currency.js'
import type { Scope } from '../value/scope.js'

const SCOPES: Readonly<Record<Scope, string>> = {
  account: 'account',
  group: 'group',
  campaign: 'campaign',
  adset: 'ad set',
  ad: 'ad',
}

/**
 * Returns what a firing does and why: `pause ad set “Women 25-44”: cpa[last_3d] 333.33 TRY > 180.00 TRY`, with as many reasons as
 * fit into 200 bytes.
 */
export function summarise(rule: Pick<Rule, 'then'>, entity: FactEntity, trace: readonly TraceLeaf[]): string {
  const name = oneLine(entity.name ?? entity.id ?? entity.key, 80)
  const what = `${actionsOf(rule.then)} ${SCOPES[entity.scope]} “${name}”`
  let summary = what
  for (const [index, reason] of reasonsOf(trace).entries()) {
    const longer = `${summary}${index === 0 ? ': ' : ', '}${reason}`
    if (bytesOf(longer) > SUMMARY_BYTES) return index === 0 ? oneLine(longer) : summary
    summary = longer
  }
  return oneLine(summary)
}

/** Returns `pause` or `budget +15% and start`; for a rule that only notifies, `message about`. */
function actionsOf(steps: readonly Step[]): string {
  const actions = steps.flatMap((step) => kindOf(step).action?.(step) ?? [])
  return actions.length > 0 ? [...new Set(actions)].join(' and ') : 'message about'
}

/**
 * Returns the true leaves of `when`, each with its numbers: `cpa[last_3d] 333.33 TRY > 180.00 TRY`. If no leaf is true, because a
 * `not:` made the condition true, it returns all leaves that are known.
 */
export function reasonsOf(trace: readonly TraceLeaf[]): string[] {
  const leaves = trace.filter(({ path }) => path === 'when' || /^when[.[]/.test(path))
  const held = leaves.filter(({ result }) => result === true)
  return (held.length > 0 ? held : leaves.filter(({ result }) => result !== null)).map(reasonOf)
}

const COMPARISON = /^(.+?)\s*(>=|<=|!=|>|<|=)\s*(.+)$/s

function reasonOf(leaf: TraceLeaf): string {
  const condition = oneLine(leaf.condition, Infinity)
  const [, left, operator, right] = COMPARISON.exec(condition) ?? []
  // A condition that does not compare two values (`matches`, `in`, a bare attribute) is clearest as written.
  if (left === undefined || operator === undefined || left.includes('"') || Array.isArray(leaf.right)) return condition
  const [leftText, rightText] = [sideText(leaf.left, leaf), sideText(leaf.right, leaf)]
  // The expression is shown with its value; a literal on the other side speaks for itself.
  if (/^-?[\d.]/.test(left)) return `${leftText} ${operator} ${right} ${rightText}`
  return `${left} ${leftText} ${operator} ${rightText}`
}

/** Sides are in the units of the trace: percentages in per cent, durations in hours. */
function sideText(side: SideValue, leaf: TraceLeaf): string {
  if (side === null) return 'unknown'
  if (typeof side === 'object')
    return 'atLeast' in side ? `at least ${sideText(side.atLeast, leaf)}` : side.map((one) => sideText(one, leaf)).join(', ')
  if (typeof side !== 'number') return String(side)
  switch (leaf.unitKind) {
    case 'money':
      return isCurrency(leaf.unit) ? `${side.toFixed(minorUnitsPer(leaf.unit) === 1 ? 0 : 2)} ${leaf.unit}` : side.toFixed(2)
    case 'percentage':
      return `${Math.round(side * 100) / 100}%`
    case 'duration':
      return durationText(side * HOUR, 'en')
    default:
      return String(Math.round(side * 100) / 100)
  }
}
