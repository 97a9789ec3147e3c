/**
 * Priority over time. A rule that acted on an entity rests; meanwhile a rule of lower priority that wants the opposite would undo
 * it a minute later. So the lower one is held as long as the higher one rests because it acted, and its condition is still true
 * or unknown.
 */

import { dayNumberAt } from '../../clock/zone.js'
import type { Truth } from '../../value/value.js'
import type { Rule } from '../rule.js'
import type { ClaimField } from '../steps/definition.js'
import { claimKey, claimsOfFields, type ClaimTarget, fieldsOf } from './claim.js'
import type { RuleState } from './state.js'

/** A rule that rests after it acted, and keeps rules of lower priority from changing the same. */
export interface Holder {
  readonly rule: Rule
  /** When its cooldown ends; null if it rests for another reason. */
  readonly until: number | null
}

/** An entity that a rule has a state for, but that `where` does not select in this tick, or whose rule is not due. */
export interface UnselectedEntity {
  readonly entity: ClaimTarget
  readonly state: RuleState
  /** Whether an earlier firing of this rule for this entity is planned, running or waiting for an approval. */
  readonly isCarryingOut: boolean
  /** The object that has its budget. Only rules with a budget step need it. */
  readonly budgetOwner: ClaimTarget | null
  /**
   * The value of `when` now, even if `where` no longer selects the entity: usually the rule's own pause is the reason for that.
   */
  readonly wanted: Truth
}

/** A rule with what it did earlier. `Mark` is what the caller adds to each entity. */
export interface RuleWithStates<Mark = unknown> {
  readonly rule: Rule
  /** Firings since the start of the account's day, without those that a guardrail refused. */
  readonly firedToday: number
  /** Entities with a state, but without those that the rule evaluates now or that are no longer in the data. */
  readonly unselected: readonly (UnselectedEntity & Mark)[]
}

/**
 * Whether a rule rests because it acted on this entity, and its condition is still true or unknown. An observing rule never acts.
 */
function rests(
  rule: Pick<Rule, 'mode' | 'clear' | 'limit'>,
  { state, isCarryingOut, wanted }: Pick<UnselectedEntity, 'state' | 'isCarryingOut' | 'wanted'>,
  firedToday: number,
  { now, zone }: { readonly now: number; readonly zone: string },
): boolean {
  if (rule.mode === 'observe' || wanted === false) return false
  if (isCarryingOut) return true
  if (state.actedAt === null) return false
  if (state.restingUntil !== null && state.restingUntil > now) return true
  if (rule.clear !== null && !state.cleared) return true
  const isAtLimit = rule.limit !== null && firedToday >= rule.limit.count
  return isAtLimit && dayNumberAt(state.actedAt, zone) === dayNumberAt(now, zone)
}

/**
 * Returns the rules that may hold back others of lower priority, because they change the same fields.
 *
 * @param others the rules that are decided in this tick
 */
export function holdersAmong<One extends Pick<Rule, 'mode' | 'priority' | 'then'>>(
  rules: readonly One[],
  others: readonly Pick<Rule, 'priority' | 'then'>[],
): ReadonlySet<One> {
  const lowest = new Map<ClaimField, number>()
  for (const rule of others)
    for (const field of fieldsOf(rule)) lowest.set(field, Math.min(rule.priority, lowest.get(field) ?? Infinity))
  const mayHold = (rule: One): boolean =>
    rule.mode !== 'observe' && fieldsOf(rule).some((field) => rule.priority > (lowest.get(field) ?? Infinity))
  return new Set(rules.filter(mayHold))
}

/**
 * What resting rules hold back from rules of lower priority. Its methods are called in the order in which the rules are decided.
 */
export class Holding {
  readonly #held = new Map<string, Holder>()
  readonly #holders: ReadonlySet<Rule>
  /** The rules that are not due, highest priority first. */
  readonly #notDue: RuleWithStates[]

  constructor(
    decided: readonly Rule[],
    notDue: readonly RuleWithStates[],
    private readonly clock: { readonly now: number; readonly zone: string },
  ) {
    this.#holders = holdersAmong([...decided, ...notDue.map(({ rule }) => rule)], decided)
    this.#notDue = notDue
      .filter(({ rule }) => this.#holders.has(rule))
      .sort((a, b) => b.rule.priority - a.rule.priority || (a.rule.id < b.rule.id ? -1 : 1))
  }

  /** Whether the rule may hold back one of those that are decided. */
  isHolder = (rule: Rule): boolean => this.#holders.has(rule)

  /** Adds what the rules that are not due and have a higher priority than this one hold. */
  upTo({ priority }: Rule): void {
    while (this.#notDue.length > 0 && this.#notDue[0]!.rule.priority > priority) {
      const { rule, firedToday, unselected } = this.#notDue.shift()!
      for (const one of unselected) this.add(rule, one, firedToday)
    }
  }

  add(rule: Rule, one: UnselectedEntity, firedToday: number): void {
    if (!rests(rule, one, firedToday, this.clock)) return
    const until = one.isCarryingOut ? null : one.state.restingUntil
    for (const claim of claimsOfFields(fieldsOf(rule), one.entity, one.budgetOwner).map(claimKey))
      if (!this.#held.has(claim)) this.#held.set(claim, { rule, until })
  }

  over({ priority }: Rule, claims: readonly string[]): Holder | undefined {
    if (this.#held.size === 0) return undefined
    for (const claim of claims) {
      const holder = this.#held.get(claim)
      if (holder !== undefined && holder.rule.priority > priority) return holder
    }
    return undefined
  }
}
