/**
 * Prepares one change of a rule: that of a step, the activation of the copy that the step made, or the release of the rule's own
 * pause. It reads the entity, checks the guardrails, and writes the change to the ledger with its absolute target. Checking and
 * writing are one transaction, so that each of two simultaneous carry-outs counts the other's change against the limits.
 */

import { ApplicationFailure } from '@temporalio/activity'

import type { Account } from '../../engine/account/account.js'
import { encodeAuthor } from '../../engine/change/author.js'
import { changeInWords } from '../../engine/change/in-words.js'
import { copyStartMutation, stepMutation } from '../../engine/change/mutation-id.js'
import { MINUTE } from '../../engine/clock/zone.js'
import { refusalOf } from '../../engine/guardrail/guardrail.js'
import { type Reason, reasonText } from '../../engine/message/reason.js'
import type { Rule } from '../../engine/rule/rule.js'
import type { Entity, EntityLevel } from '../../store/account/entities.js'
import { lastGoodSync } from '../../store/account/syncs.js'
import type { Store } from '../../store/base/store.js'
import { inTransaction } from '../../store/base/transaction.js'
import type { DecisionRow } from '../../store/decisions/decisions.js'
import { findMutation, intendMutation } from '../../store/decisions/mutations.js'
import { holdPause, releasePause } from '../../store/decisions/pause-holds.js'
import { findLoadedRule } from '../../store/rules/rules.js'
import { carriedOut, stepOf } from '../base/carried-out-rule.js'
import { accountOf, type ActivityDependencies } from '../base/dependencies.js'
import { failureOf } from '../base/errors.js'
import { whileAlive } from '../base/heartbeat.js'
import { healthToday } from '../facts/account-health.js'
import { loadSnapshot } from '../guardrails/account-snapshot.js'
import { accountFacts, entityHistory, guardrailContext } from '../guardrails/guardrail-facts.js'
import { CHANGES, type ChangeStep, type Proposal, propose } from '../guardrails/proposed-change.js'
import { editedAt } from '../ledger/edited-since.js'
import { holdForPerson } from '../ledger/pause-holds.js'
import { readEntityNow } from '../sync/save-entity.js'
import { syncStructure } from '../sync/sync-structure.js'
import { checkCarriedOut, wasStopped } from './check-carried-out.js'
import { type ChangeReadActivities, type PreparedChange } from './contract.js'
import { notMade } from './not-made.js'
import { textsOfStep } from './step-texts.js'

/** Releases the rule's own pause after the rule was stopped. */
const RELEASE: ChangeStep = { kind: 'start', any: false }
/** Activates a copy, which was made paused and which nobody holds. */
const ACTIVATE: ChangeStep = { kind: 'start', any: true }

/** Changes that depend on the rest of the account: on other ad sets, and on the sum of all budgets. */
const DEPENDS_ON_OTHERS = new Set<ChangeStep['kind']>(['pause', 'start', 'budget'])
/**
 * How old the last reading of the account's structure may be, milliseconds. A tick reads it before it evaluates rules; after a
 * `wait`, it may be hours old, and is read again.
 */
const STRUCTURE_MAX_AGE = 5 * MINUTE

type Input = Parameters<ChangeReadActivities['prepareStep']>[0]

export const prepareStep =
  (dependencies: ActivityDependencies): ChangeReadActivities['prepareStep'] =>
  (input) =>
    whileAlive(() => prepare(dependencies, input))

async function prepare(dependencies: ActivityDependencies, input: Input): Promise<PreparedChange> {
  const { store } = dependencies
  const { decision: id, step: index, mutation, copy } = input
  checkId(input)
  const carried = await carriedOut(store, id)
  const { decision, rule } = carried
  const account = accountOf(dependencies, decision.account)
  const written = await findMutation(store, mutation)
  // Written by an earlier attempt: its target counts, whatever a new computation would give.
  if (written !== undefined) return { kind: 'change', ...changeInWords(written, account) }
  await checkCarriedOut(store, carried, index)
  if (index === 'release' && !(await wasStopped(store, carried))) {
    const note = 'Nothing in the store stopped the rule: the carry-out was ended in Temporal'
    return notMade(note)
  }
  if (index !== 'release' && (await findLoadedRule(store, rule.id)) === undefined) {
    return { kind: 'stopped', note: `${rule.id} is no longer loaded` }
  }
  const step = await stepToPrepare(dependencies, rule, decision, { index, copy: copy ?? null })
  if (DEPENDS_ON_OTHERS.has(step.change.kind)) await refreshStructure(dependencies, account.name)
  const readings = await readNow(dependencies, account, step)
  const texts = await textsOfStep(dependencies, account, carried, step.change, mutation)
  const now = dependencies.now()
  const today = await healthToday(dependencies, account, now)
  return await inTransaction(store, async (transaction) => {
    // The snapshot and the counts leave out `mutation`: another attempt may have written it since, and it must not count against itself.
    const snapshot = await loadSnapshot(transaction, account.name, now, mutation)
    for (const entity of readings) snapshot.replace(entity)
    const proposal = propose(rule, step.change, readings[0]!, snapshot, account.currency, texts)
    if (proposal.kind !== 'change') return await withoutChange(transaction, proposal, { account, rule, decision, now })

    const facts = await accountFacts(transaction, account, now, today, mutation, dependencies.settings().groups)
    const history = await entityHistory(transaction, account, proposal.entity, now)
    const context = guardrailContext(facts, snapshot, rule, proposal.entity, history)
    // A rule with `on_stop: start` releases its pause because it was stopped, by the stop switch or by the breaker (which counts
    // the failures of the last hour): neither may prevent that.
    const checked = index === 'release' ? { ...context, stop: null, failuresLastHour: 0 } : context
    const refusal = refusalOf(proposal.change, checked)
    if (refusal?.guardrail === 'stop') return { kind: 'stopped', note: sentence(refusal.reason, account) }
    if (refusal !== null) return refused(refusal.reason, account, true)
    const { entity, field, before, target } = proposal
    const intended = await intendMutation(transaction, {
      id: mutation,
      decision: decision.id,
      account: account.name,
      made_by: encodeAuthor({ kind: 'rule', id: rule.id }),
      level: entity.level,
      entity_id: entity.id,
      field,
      before,
      target,
      intended_at: now,
      edited_when_prepared: editedAt(entity),
    })
    return { kind: 'change', ...changeInWords(intended.mutation, account) }
  })
}

/**
 * Checks that `mutation` is the id that belongs to the step: under another id the same step would be a second change, and could raise
 * a budget twice. If a copy is activated, the step's own id is that of the copy, and the activation's is derived from it.
 *
 * @throws ApplicationFailure `unknown-step`
 */
function checkId({ decision, step, mutation, copy }: Input): void {
  const own = stepMutation(decision, step)
  const isOwn = copy === undefined ? mutation === own : copy === own && mutation === copyStartMutation(own)
  if (isOwn) return
  throw ApplicationFailure.nonRetryable(`${mutation} is not the id of step ${step} of ${decision}.`, 'unknown-step')
}

interface PreparedFor {
  readonly change: ChangeStep
  readonly level: EntityLevel
  readonly id: string
}

/** Returns the change and its entity: the decision's own, or the copy that an earlier part of the step made. */
async function stepToPrepare(
  { store }: ActivityDependencies,
  rule: Rule,
  decision: DecisionRow,
  { index, copy }: { readonly index: Input['step']; readonly copy: string | null },
): Promise<PreparedFor> {
  if (copy !== null) {
    const made = await findMutation(store, copy)
    if (made?.result == null) throw ApplicationFailure.nonRetryable(`The ledger has no copy ${copy}.`, 'unknown-mutation')
    return { change: ACTIVATE, level: made.level, id: made.result }
  }
  const change = index === 'release' ? RELEASE : stepOf(rule, index, ...CHANGES)
  return { change, level: decision.scope as EntityLevel, id: decision.entity_id ?? decision.entity_key }
}

async function refreshStructure(dependencies: ActivityDependencies, account: string): Promise<void> {
  const last = await lastGoodSync(dependencies.store, account, 'structure')
  if (last !== undefined && dependencies.now() - last.started_at <= STRUCTURE_MAX_AGE) return
  await syncStructure(dependencies)({ account })
}

/**
 * Reads the entity and, for a budget or a bid, also its parents, which may have the budget or the bid strategy. The entity comes
 * first.
 */
async function readNow(
  dependencies: ActivityDependencies,
  account: Account,
  { change, level, id }: PreparedFor,
): Promise<Entity[]> {
  const client = dependencies.meta(account)
  const read = async (level: EntityLevel, id: string): Promise<Entity> => {
    const { entity, node } = await readEntityNow(dependencies, client, account.name, { level, id })
    const remaining = 'budget_remaining' in node ? node.budget_remaining : undefined
    return { ...entity, fields: { ...entity.fields, budget_remaining: remaining } }
  }
  try {
    const entity = await read(level, id)
    // A budget or a bid strategy may be the campaign's.
    if ((change.kind !== 'budget' && change.kind !== 'bid') || entity.level === 'campaign') return [entity]
    const adset = entity.level === 'ad' && entity.adsetId !== null ? [await read('adset', entity.adsetId)] : []
    return [entity, ...adset, await read('campaign', entity.campaignId)]
  } catch (error) {
    throw failureOf(error)
  }
}

interface Step {
  readonly account: Account
  readonly rule: Rule
  readonly decision: DecisionRow
  readonly now: number
}

/** Handles a step that needs no change at Meta, or cannot be done. Who holds the entity's pause is updated all the same. */
async function withoutChange(
  store: Store,
  { kind, reason }: Exclude<Proposal, { kind: 'change' }>,
  { account, rule, decision, now }: Step,
): Promise<PreparedChange> {
  const entityId = decision.entity_id ?? decision.entity_key
  if (reason.code === 'already-paused') {
    await holdForPerson(store, account.name, entityId, now)
    await holdPause(store, { account: account.name, entityId, holder: rule.id, decision: decision.id, since: now })
  }
  if (reason.code === 'held-by-others' || reason.code === 'already-active') {
    await releasePause(store, { account: account.name, entityId, holder: rule.id, at: now })
  }
  if (kind === 'refused') return refused(reason, account, false)
  return { kind: 'nothing', note: sentence(reason, account) }
}

const refused = (reason: Reason, account: Account, tellOwner: boolean): PreparedChange => ({
  kind: 'refused',
  note: sentence(reason, account),
  reason,
  tellOwner,
})

const sentence = (reason: Reason, { currency, timezone: zone }: Account): string =>
  reasonText(reason, { language: 'en', currency, zone })
