/**
 * Evaluates the rules that are due, decides what fires, and records states and decisions in one transaction. A retry after a
 * crash finds what the earlier try recorded, and decides nothing a second time.
 */

import type { Account } from '../../engine/account/account.js'
import { formatLocalMinute } from '../../engine/clock/written-time.js'
import type { Evaluation } from '../../engine/rule/decision.js'
import type { Rule } from '../../engine/rule/rule.js'
import { holdersAmong } from '../../engine/rule/state/priority-hold.js'
import { decideTick, type Decision } from '../../engine/rule/state/tick.js'
import { stepName } from '../../engine/rule/steps/steps.js'
import { summaryText } from '../../engine/wording/firing-text.js'
import { reportHealth } from '../../store/account/health.js'
import type { Store } from '../../store/base/store.js'
import { inTransaction } from '../../store/base/transaction.js'
import { entityOfRow, traceOfRow } from '../../store/decisions/decision-row.js'
import { type DecisionRow, decisionsOfTick, type NewDecisionRow, recordTick } from '../../store/decisions/decisions.js'
import { settleEvent } from '../../store/incoming/events-to-evaluate.js'
import { findHookEvent } from '../../store/incoming/hook-events.js'
import { messagesBeginning } from '../../store/messages/messages.js'
import { answerRequests } from '../../store/rules/evaluation-requests.js'
import { columnsOfState } from '../../store/rules/rule-state-row.js'
import { loadedRules } from '../../store/rules/rules.js'
import { type Snooze, snoozeOf, standingSnoozes } from '../../store/rules/snoozes.js'
import { accountOf, type ActivityDependencies } from '../base/dependencies.js'
import { healthOf } from '../facts/account-health.js'
import { withPayload } from '../facts/event-facts.js'
import { tripBreaker } from '../guardrails/breaker.js'
import { announceObserved } from '../messages/announce.js'
import type { MessageToSend } from '../messages/contract.js'
import { toSend, unsentNotice } from '../messages/notice.js'
import { refusalNotice } from '../messages/refusal-notice.js'
import { ActedOn } from './acted-on.js'
import { type Firing, type TickActivities, type TickResult } from './contract.js'
import { prefixOfTick, rowOf, type Tick, unjudged } from './decision-rows.js'
import { factsFor, type FactsOfTick } from './facts-of-tick.js'
import { judgeRules, rulesInTick } from './rules-in-tick.js'
import { holdersNotDue, judgeNotDue, notDueInTick } from './rules-not-due.js'
import { rulesOfAccount } from './rules-of-account.js'
import { StatesInTick } from './states-in-tick.js'
import { TickGuardrails } from './tick-guardrails.js'
import { accountNotices, resolvedMessages } from './tick-messages.js'

/** The most firings of one tick that are carried out: far more than the guardrails allow a day, and small enough for Temporal. */
const MOST_CARRY_OUTS = 400

export const evaluateRules = (dependencies: ActivityDependencies): TickActivities['evaluateRules'] => {
  const evaluate = evaluateDue(dependencies)
  return async (input) => {
    const result = await evaluate(input)
    // The tick was evaluated. An event's evaluation does not show that the scheduled ticks run.
    if (input.event === undefined) await reportHealth(dependencies.store, `tick:${input.account}`, dependencies.now())
    return result
  }
}

const evaluateDue =
  (dependencies: ActivityDependencies): TickActivities['evaluateRules'] =>
  async ({ account: name, at, rules: due, tick, event }) => {
    const { store, settings, now } = dependencies
    const account = accountOf(dependencies, name)
    const prefix = prefixOfTick(tick)
    const loaded = (await loadedRules(store)).map(({ rule }) => rule)
    const rules = loaded.filter(({ id }) => due.includes(id))
    const recorded = await recordedBefore(dependencies, prefix, rules, account)
    if (recorded !== null) return recorded

    const knownAt = now()
    const tripped = await inTransaction(store, (transaction) => tripBreaker(dependencies, transaction, account))
    const others = holdersNotDue(rules, rulesOfAccount(loaded, settings(), name))
    const acted = await ActedOn.load(store, name, new Set([...others, ...holdersAmong(rules, rules)]), at)
    const asked = [...rules, ...others.filter((rule) => acted.hasAny(rule))]
    const factsOfAll = await factsFor(store, account, asked, at, knownAt)
    const notDue = await judgeNotDue(others, factsOfAll.of, acted)
    const facts = await withEvent(store, event ?? null, factsOfAll)
    const today = healthOf(facts.usual, at)
    const before = await TickGuardrails.load(store, account, knownAt, today, [], settings().groups)
    const evaluated = await judgeRules(account, rules, facts.of, before.snapshot, acted)
    const candidates = evaluated.flatMap(({ rule, selected }) =>
      selected.filter(({ outcome }) => outcome === 'fire').map((evaluation) => ({ rule, evaluation })),
    )
    const guardrails = await TickGuardrails.load(store, account, knownAt, today, candidates, settings().groups)
    const byId = new Map(rules.map((rule) => [rule.id, rule]))

    // Decides and records in one transaction, so that simultaneous ticks and carry-outs see what the others did.
    const tickRecorded = await inTransaction(store, async (transaction) => {
      // An earlier try that timed out may still have recorded its decisions.
      if ((await decisionsOfTick(transaction, prefix)).length > 0) return null
      const snoozes = await standingSnoozes(transaction, knownAt)
      const states = await StatesInTick.load(transaction, name)
      const decided = decideTick({
        now: at,
        zone: account.timezone,
        rules: await rulesInTick(transaction, account, evaluated, states),
        notDue: await notDueInTick(transaction, account, notDue, states, { snapshot: before.snapshot, at }),
        refuse: (rule, evaluation) => refusalOfSnooze(snoozes, account, evaluation) ?? guardrails.refuse(rule, evaluation),
        foresee: (rule, evaluation) => guardrails.foresee(rule, evaluation),
      })
      const own = { prefix, account: name, at, knownAt, event: event ?? null }
      const rows = [...rowsOf(decided.decisions, byId, own), ...selectedNothing(decided.decisions, rules, own)]
      const changed = [...decided.decisions, ...decided.unselected]
      await recordTick(transaction, {
        states: changed.map(({ rule, entity, state }) => ({
          account: name,
          rule,
          entity_key: entity.key,
          ...columnsOfState(state),
        })),
        decisions: rows,
        evaluated: rules.map(({ id }) => ({ account: name, rule: id, evaluated_at: at })),
      })
      await answerRequests(transaction, name, due, knownAt)
      if (event !== undefined) await settleEvent(transaction, name, event, knownAt)
      const messages = await resolvedMessages(dependencies, transaction, name, decided.decisions, prefix)
      return { decided, rows, messages }
    })
    if (tickRecorded === null) return (await recordedBefore(dependencies, prefix, rules, account))!
    const { decided, rows, messages } = tickRecorded
    const notices = await accountNotices(dependencies, account, guardrails.accountRefusals.values(), knownAt)
    for (const refusal of guardrails.refusals) {
      const notice = await unsentNotice(dependencies, refusalNotice(account, refusal, knownAt))
      if (notice !== null) notices.push(notice)
    }
    if (tripped !== null && tripped.notice !== null) notices.push(tripped.notice)

    for (const rule of rules) {
      const observed = decided.decisions.filter(
        (decision) => decision.outcome === 'fire' && decision.mode === 'observe' && decision.rule === rule.id,
      )
      announceObserved(dependencies, rule, observed, account)
    }
    return {
      evaluated: decided.decisions.length,
      fired: rows.filter(({ outcome }) => outcome === 'fire').length,
      carryOuts: firingsOf(rows, byId, account),
      messages: [...messages, ...notices],
      ...(tripped === null || tripped.ends.workflows.length === 0 ? {} : { ends: tripped.ends }),
    }
  }

/** Adds the event's JSON to the facts, as `payload`. */
async function withEvent(store: Store, event: string | null, facts: FactsOfTick): Promise<FactsOfTick> {
  if (event === null) return facts
  const found = await findHookEvent(store, event)
  const payload: unknown = JSON.parse(found?.payload_json ?? 'null')
  return { ...facts, of: (rule) => withPayload(facts.of(rule), payload) }
}

/** Returns the result of an earlier try that recorded its decisions but whose result was lost; null if there was none. */
async function recordedBefore(
  dependencies: ActivityDependencies,
  prefix: string,
  rules: readonly Rule[],
  account: Account,
): Promise<TickResult | null> {
  const { store } = dependencies
  const rows = await decisionsOfTick(store, prefix)
  if (rows.length === 0) return null
  const messages = await messagesBeginning(store, `${prefix}-resolved-`)
  const again: MessageToSend[] = messages.map((message) => toSend(dependencies, message))
  const fired = rows.filter(({ outcome }) => outcome === 'fire')
  const byId = new Map(rules.map((rule) => [rule.id, rule]))
  return { evaluated: rows.length, fired: fired.length, carryOuts: firingsOf(rows, byId, account), messages: again }
}

/** A snoozed rule does not fire; the reason says until when. */
function refusalOfSnooze(
  snoozes: readonly Snooze[],
  { timezone }: Pick<Account, 'timezone'>,
  { rule, entity }: Evaluation,
): { readonly reason: string } | null {
  const found = snoozeOf(snoozes, rule, entity.key)
  return found === null
    ? null
    : { reason: `It is snoozed until ${formatLocalMinute(found.until, timezone)} (${found.snoozed_by}).` }
}

function rowsOf(decisions: readonly Decision[], rules: ReadonlyMap<string, Rule>, tick: Tick): NewDecisionRow[] {
  let planned = 0
  // A firing is always stored, other outcomes only if they changed. For an event all are, since its sender may ask what it led
  // to.
  return decisions
    .filter(({ changed }) => changed || tick.event !== null)
    .map((decision, index) => {
      const { rule, outcome, mode } = decision
      const acts = outcome === 'fire' && mode !== 'observe'
      const tooMany = acts && (planned += 1) > MOST_CARRY_OUTS
      const id = `${tick.prefix}-${String(index + 1).padStart(4, '0')}`
      const steps = (rules.get(rule)?.then ?? []).map(stepName)
      if (!tooMany) return rowOf(tick, id, decision, steps, acts ? 'planned' : outcome === 'fire' ? 'observed' : 'none')
      const note = `More than ${MOST_CARRY_OUTS} firings at once: this one was not carried out.`
      return rowOf(tick, id, { ...decision, note }, steps, 'refused')
    })
}

/** Returns a decision for each of the event's rules whose `where` selected nothing, so that every event leaves one. */
function selectedNothing(decisions: readonly Decision[], rules: readonly Rule[], tick: Tick): NewDecisionRow[] {
  if (tick.event === null) return []
  const judged = new Set(decisions.map(({ rule }) => rule))
  return rules
    .filter(({ id }) => !judged.has(id))
    .map((rule) => {
      const scope = rule.scope === 'adset' ? 'ad set' : rule.scope
      return unjudged(rule, tick, 'when', `Nothing was evaluated: \`where\` selected no ${scope}.`)
    })
}

function firingsOf(
  rows: readonly (NewDecisionRow | DecisionRow)[],
  rules: ReadonlyMap<string, Rule>,
  { currency }: Pick<Account, 'currency'>,
): Firing[] {
  return rows
    .filter(({ progress }) => progress === 'planned')
    .flatMap((row) => {
      const rule = rules.get(row.rule)
      if (rule === undefined) return []
      const entity = entityOfRow(row)
      const summary = summaryText(rule, entity, traceOfRow(row), currency)
      return [{ decision: row.id, rule: row.rule, entityKey: entity.key, entity: entity.name ?? entity.key, summary }]
    })
}
