/** Computes what a rule's step would change in one entity, for the guardrails to check, or why it would change nothing. */

import { resolveBid } from '../../engine/change/bid.js'
import { findBudget, type NoChange, resolveBudget } from '../../engine/change/budget.js'
import { encodeValue, labelNames, type LedgerField } from '../../engine/change/ledger-value.js'
import { resolvePause, resolveStart } from '../../engine/change/pause.js'
import type { ProposedChange } from '../../engine/guardrail/context.js'
import { fact, type Reason, reasonOf } from '../../engine/message/reason.js'
import type { Rule, Step } from '../../engine/rule/rule.js'
import type { Entity } from '../../store/account/entities.js'
import type { AccountSnapshot } from './account-snapshot.js'

/** The kinds of steps that change an entity. */
export const CHANGES = ['pause', 'start', 'budget', 'bid', 'rename', 'label', 'duplicate'] as const

export type ChangeStep = Extract<Step, { kind: (typeof CHANGES)[number] }>

export type Proposal =
  | {
      readonly kind: 'change'
      /** The entity that is changed; for a budget the one that has it. */
      readonly entity: Entity
      readonly change: ProposedChange
      readonly field: LedgerField | 'copy'
      readonly before: string
      readonly target: string
    }
  | NoChange

/** The rendered texts of a step. They are unknown when a tick decides, and are rendered before the change is prepared. */
export interface StepTexts {
  /** The name of a `rename` or `duplicate` step; null if it contains an unknown value. */
  readonly name?: string | null
  /** The mark of a copy, for a `duplicate` step. */
  readonly mark?: string
}

export const isChange = (step: Step): step is ChangeStep => (CHANGES as readonly string[]).includes(step.kind)

export function propose(
  rule: Pick<Rule, 'id' | 'scope'>,
  step: ChangeStep,
  entity: Entity,
  snapshot: AccountSnapshot,
  currency: string,
  texts: StepTexts = {},
): Proposal {
  switch (step.kind) {
    case 'budget':
      return proposeBudget(rule, step, entity, snapshot, currency)
    case 'bid':
      return proposeBid(step, entity, snapshot, currency)
    case 'rename':
      return proposeName(entity, texts)
    case 'label':
      return proposeLabels(step, entity)
    case 'duplicate':
      return proposeCopy(step, entity, texts)
    case 'pause':
    case 'start':
      return proposeStatus(rule, step, entity, snapshot)
  }
}

function proposeStatus(
  rule: Pick<Rule, 'id'>,
  step: Extract<Step, { kind: 'pause' | 'start' }>,
  entity: Entity,
  snapshot: AccountSnapshot,
): Proposal {
  const holders = snapshot.holders(entity.id)
  const resolved = step.kind === 'pause' ? resolvePause(entity) : resolveStart(rule.id, step, { status: entity.status, holders })
  if (resolved.kind !== 'change') return resolved
  const { target, ownPause } = resolved
  const change: ProposedChange = step.kind === 'pause' ? { kind: 'pause' } : { kind: 'start', ownPause }
  return { kind: 'change', entity, change, field: 'status', before: entity.status, target }
}

function proposeBudget(
  rule: Pick<Rule, 'scope'>,
  step: Extract<Step, { kind: 'budget' }>,
  entity: Entity,
  snapshot: AccountSnapshot,
  currency: string,
): Proposal {
  const adset = entity.level === 'adset' ? entity : entity.level === 'ad' ? snapshot.find('adset', entity.adsetId) : null
  const campaign = snapshot.find('campaign', entity.campaignId)
  const held = findBudget(rule.scope, adset, campaign)
  if (held.kind === 'refused') return held
  const holder = held.level === 'adset' ? adset : campaign
  const resolved = resolveBudget(step, held.amount, currency)
  if (resolved.kind !== 'change' || holder === null) {
    return resolved.kind === 'change' ? { kind: 'refused', reason: { code: 'no-budget', facts: {} } } : resolved
  }
  // While the budget is being changed, a step would start from a value that is about to be outdated.
  if (snapshot.budgetMayChange(holder.id)) return { kind: 'refused', reason: { code: 'budget-under-way', facts: {} } }
  const { before, target } = resolved
  const change: ProposedChange = { kind: 'budget', field: held.field, before, target }
  return { kind: 'change', entity: holder, change, field: held.field, before: String(before), target: String(target) }
}

function proposeBid(step: Extract<Step, { kind: 'bid' }>, entity: Entity, snapshot: AccountSnapshot, currency: string): Proposal {
  const campaign = snapshot.find('campaign', entity.campaignId)
  const strategy = textOf(entity.fields['bid_strategy']) ?? textOf(campaign?.fields['bid_strategy'])
  const amount = entity.fields['bid_amount']
  const resolved = resolveBid(step, { strategy, amount: typeof amount === 'number' ? amount : null }, currency)
  if (resolved.kind !== 'change') return resolved
  const { before, target } = resolved
  const change: ProposedChange = { kind: 'bid', before, target }
  return { kind: 'change', entity, change, field: 'bid_amount', before: before?.toString() ?? '', target: String(target) }
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/** The maximum length of a name in characters (Marketing API, ad set `name`). */
const LONGEST_NAME = 400

function faultOfName(name: string | null): Reason | null {
  if (name === null) return reasonOf('name-unknown')
  if (name === '') return reasonOf('name-empty')
  if (name.length <= LONGEST_NAME) return null
  return reasonOf('name-too-long', { count: fact.count(name.length), limit: fact.count(LONGEST_NAME) })
}

function proposeName(entity: Entity, { name }: StepTexts): Proposal {
  const wanted = name === undefined ? '…' : name
  const fault = faultOfName(wanted)
  if (fault !== null) return { kind: 'refused', reason: fault }
  if (wanted === entity.name) return { kind: 'nothing', reason: reasonOf('name-already') }
  return { kind: 'change', entity, change: { kind: 'rename' }, field: 'name', before: entity.name, target: wanted! }
}

/** The maximum number of labels of an object (Marketing API, "Ad label"). */
const MOST_LABELS = 50

function proposeLabels({ add, remove }: Extract<Step, { kind: 'label' }>, entity: Entity): Proposal {
  const now = labelNames(entity.fields['adlabels'])
  const wanted = [...new Set([...now, ...add])].filter((label) => !remove.includes(label))
  const [before, target] = [now, wanted].map((labels) => encodeValue({ kind: 'labels', labels })) as [string, string]
  if (before === target) return { kind: 'nothing', reason: reasonOf('labels-already') }
  if (wanted.length > MOST_LABELS) {
    const facts = { count: fact.count(wanted.length), limit: fact.count(MOST_LABELS) }
    return { kind: 'refused', reason: reasonOf('labels-too-many', facts) }
  }
  return { kind: 'change', entity, change: { kind: 'label' }, field: 'labels', before, target }
}

function proposeCopy(step: Extract<Step, { kind: 'duplicate' }>, entity: Entity, { name, mark = '' }: StepTexts): Proposal {
  const given = step.name === null || name === undefined ? null : name
  const fault = step.name !== null && name !== undefined ? faultOfName(name) : faultOfName(`${entity.name}${mark}`)
  if (fault !== null) return { kind: 'refused', reason: fault }
  const target = encodeValue({ kind: 'copy', mark, name: given })
  return { kind: 'change', entity, change: { kind: 'duplicate' }, field: 'copy', before: '', target }
}
