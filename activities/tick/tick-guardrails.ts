/**
 * Checks the guardrails when a tick decides: a firing that would be refused is held, with the reason in its decision. The
 * carry-out checks them again, on a fresh reading.
 */

import type { Account, Group } from '../../engine/account/account.js'
import { changeInWords } from '../../engine/change/in-words.js'
import { stop } from '../../engine/guardrail/account.js'
import { dailyRaise } from '../../engine/guardrail/budget.js'
import type { AccountHealth, GuardrailName, Refusal } from '../../engine/guardrail/context.js'
import { refusalOf } from '../../engine/guardrail/guardrail.js'
import { type Reason, reasonText } from '../../engine/message/reason.js'
import type { Evaluation } from '../../engine/rule/decision.js'
import type { Rule } from '../../engine/rule/rule.js'
import type { EntityLevel } from '../../store/account/entities.js'
import type { Store } from '../../store/base/store.js'
import { type AccountSnapshot, loadSnapshot } from '../guardrails/account-snapshot.js'
import {
  accountFacts,
  type AccountFacts,
  entityHistory,
  type EntityHistory,
  guardrailContext,
} from '../guardrails/guardrail-facts.js'
import { isChange, type Proposal, propose } from '../guardrails/proposed-change.js'
import { NO_PERSON, NOBODY } from '../ledger/person-changes.js'
import { isReportedByRule, type RuleRefusal } from '../messages/refusal-notice.js'

/** A refusal by a guardrail that holds all of the account's rules; the owner is notified of it. */
export interface AccountRefusal {
  readonly guardrail: GuardrailName
  readonly reason: Reason
}

/** The history of an entity that was not among the candidates; only tests have such entities. */
const UNTOUCHED: EntityHistory = { personChanges: NO_PERSON, changedBy: NOBODY, budgetChanges: [] }

type PlannedChange = Extract<Proposal, { readonly kind: 'change' }>

/** What a tick has allowed so far: the second of two ad sets may be refused because the first was allowed. */
class Allowed {
  #actions = 0
  /** The sum that the allowed raises add to the account's daily budgets, in minor units. */
  #raised = 0

  constructor(
    private readonly facts: AccountFacts,
    readonly snapshot: AccountSnapshot,
  ) {}

  /**
   * Checks the guardrails, and counts what they allow.
   *
   * @returns the refusal, or the amount that the change adds to the account's daily budgets
   */
  ask(rule: Rule, proposal: PlannedChange, history: EntityHistory): { refusal: Refusal } | { refusal: null; raise: number } {
    const { lastHour, today } = this.facts.actions
    const facts = { ...this.facts, actions: { lastHour: lastHour + this.#actions, today: today + this.#actions } }
    const own = guardrailContext(facts, this.snapshot, rule, proposal.entity, history)
    const context = { ...own, budgets: { ...own.budgets, raisedToday: own.budgets.raisedToday + this.#raised } }
    const refusal = refusalOf(proposal.change, context)
    if (refusal !== null) return { refusal }
    const { change } = proposal
    const raise = change.kind === 'budget' ? (dailyRaise(change, own.budgets.daysLeft) ?? change.target - change.before) : 0
    this.count(proposal, raise)
    return { refusal, raise }
  }

  count({ entity, field, target }: PlannedChange, raise: number): void {
    this.#actions += 1
    this.#raised += raise
    this.snapshot.expect({ entity_id: entity.id, field, target })
  }
}

export class TickGuardrails {
  readonly #histories = new Map<string, EntityHistory>()
  readonly #acting: Allowed
  /** What acting and observing rules would have done together. It is separate because observing rules must not use up limits. */
  readonly #foreseen: Allowed
  /** The first refusal of each guardrail that concerns the account as a whole. */
  readonly accountRefusals = new Map<GuardrailName, AccountRefusal>()
  /** The first refusal of each rule and reason, with the number of others. */
  readonly #refusals = new Map<string, RuleRefusal>()

  private constructor(
    private readonly facts: AccountFacts,
    readonly snapshot: AccountSnapshot,
  ) {
    this.#acting = new Allowed(facts, snapshot)
    this.#foreseen = new Allowed(facts, snapshot.copy())
  }

  /** @param candidates the firings that this tick may decide, whose entities' histories are loaded */
  static async load(
    store: Store,
    account: Account,
    now: number,
    today: AccountHealth['today'],
    candidates: readonly { readonly rule: Rule; readonly evaluation: Evaluation }[],
    groups: readonly Group[],
  ): Promise<TickGuardrails> {
    const facts = await accountFacts(store, account, now, today, null, groups)
    const guardrails = new TickGuardrails(facts, await loadSnapshot(store, account.name, now, null))
    for (const { rule, evaluation } of candidates) {
      const proposal = guardrails.#propose(rule, evaluation)
      if (proposal?.kind !== 'change' || guardrails.#histories.has(proposal.entity.id)) continue
      guardrails.#histories.set(proposal.entity.id, await entityHistory(store, account, proposal.entity, now))
    }
    return guardrails
  }

  /** Returns why the firing is refused, or null; an allowed firing counts for those after it. */
  refuse(rule: Rule, evaluation: Evaluation): { readonly reason: string } | null {
    if (rule.mode === 'observe') return null
    const proposal = this.#propose(rule, evaluation)
    if (proposal === null) return this.#refuseNotice()
    if (proposal.kind === 'nothing') return null
    if (proposal.kind === 'refused') return { reason: this.#sentence(proposal.reason) }
    const asked = this.#acting.ask(rule, proposal, this.#historyOf(proposal))
    if (asked.refusal === null) {
      this.#foreseen.count(proposal, asked.raise)
      return null
    }
    const { refusal } = asked
    if (refusal.guardrail === 'outage') {
      if (!this.accountRefusals.has(refusal.guardrail)) this.accountRefusals.set(refusal.guardrail, refusal)
    } else if (isReportedByRule(refusal.guardrail)) this.#keepRefusal(rule, evaluation, refusal.reason)
    return { reason: this.#sentence(refusal.reason) }
  }

  /** The refusals of this tick that the owner is notified of. */
  get refusals(): Iterable<RuleRefusal> {
    return this.#refusals.values()
  }

  #keepRefusal(rule: Rule, { entity }: Evaluation, reason: Reason): void {
    const key = `${rule.id} ${reason.code}`
    const first = this.#refusals.get(key)
    const action = rule.then.find(isChange)!.kind
    const refusal = { rule: rule.id, entity: entity.name ?? entity.key, action, reason, others: 0 }
    this.#refusals.set(key, first === undefined ? refusal : { ...first, others: first.others + 1 })
  }

  /**
   * Returns what an observed firing would have changed, with its amounts, and the guardrail that would have refused it; null if
   * it would have changed nothing.
   */
  foresee(rule: Rule, evaluation: Evaluation): string | null {
    const proposal = this.#propose(rule, evaluation)
    if (proposal === null || proposal.kind === 'nothing') return null
    if (proposal.kind === 'refused') return `It would be refused: ${this.#sentence(proposal.reason)}`
    const { field, before, target } = proposal
    const { refusal } = this.#foreseen.ask(rule, proposal, this.#historyOf(proposal))
    const words = changeInWords({ field, before, target }, this.facts.account).summary
    if (refusal === null) return `It would have done this: ${words}.`
    return `It would have done this: ${words}. A guardrail would refuse it: ${this.#sentence(refusal.reason)}`
  }

  #historyOf({ entity }: PlannedChange): EntityHistory {
    return this.#histories.get(entity.id) ?? UNTOUCHED
  }

  /** For a rule that only sends messages, only the stop switch is checked: after a stop there should be no messages either. */
  #refuseNotice(): { readonly reason: string } | null {
    const refusal = stop({ kind: 'pause' }, { stop: this.facts.stop } as Parameters<typeof stop>[1])
    return refusal === null ? null : { reason: this.#sentence(refusal.reason) }
  }

  /** Returns the rule's first change; null if it changes nothing, or the entity is unknown. */
  #propose(rule: Rule, { entity }: Evaluation): Proposal | null {
    const step = rule.then.find(isChange)
    const found = isLevel(entity.scope) ? this.snapshot.find(entity.scope, entity.id ?? entity.key) : null
    if (step === undefined || found === null) return null
    return propose(rule, step, found, this.snapshot, this.facts.account.currency)
  }

  #sentence(reason: Reason): string {
    const { currency, timezone: zone } = this.facts.account
    return reasonText(reason, { language: 'en', currency, zone })
  }
}

const isLevel = (scope: string): scope is EntityLevel => scope === 'campaign' || scope === 'adset' || scope === 'ad'
