/**
 * Rules over several moments without an account: the states of every rule and entity (waiting, pending, fired, resting) are
 * carried from one moment to the next by the code that decides in production, `decideTick`, and no step is ever carried out.
 *
 * The caller judges the conditions, with any evaluator, and hands in one verdict for each rule, entity and moment:
 *
 * ```ts
 * const simulation = new Simulation([{ rule, entities }], 'Europe/Istanbul')
 * for (const at of moments) {
 *   // verdicts[i] is that of entities[i]; a Uint8Array serves as well as a list
 *   const decisions = simulation.step(at, [{ rule: 0, verdicts, clear: null }])
 * }
 * ```
 *
 * A firing counts as carried out at its own moment, waits and approvals included, for steps are not applied: `cooldown` counts
 * from there. Guardrails are not asked, since they rest on what was changed.
 */

import { dayNumberAt, HOUR } from '../clock/zone.js'
import type { Because, EntityReference, Evaluation, Outcome } from '../rule/decision.js'
import type { Rule } from '../rule/rule.js'
import type { ClaimTarget } from '../rule/state/claim.js'
import { holdersAmong, type StandingEntity, type StandingRule } from '../rule/state/priority-hold.js'
import { afterMessage, isAboutOneThing, type RuleState } from '../rule/state/state.js'
import { decideTick, type DroppedEntity, type RuleInTick, type SelectedEntity } from '../rule/state/tick.js'
import type { Truth } from '../value/value.js'
import { truthOf, VERDICT } from './verdict.js'

export interface SimulatedRule {
  readonly rule: Rule
  /** All that the rule ever looks at. Its verdicts come in this order. */
  readonly entities: readonly EntityReference[]
  /**
   * Where the budget of each entity is, for `priority` and shared rests; null stands for the entity itself. Only rules with a
   * budget step need it.
   */
  readonly budgetHolders?: readonly (ClaimTarget | null)[]
}

/** What was found of one rule at one moment. */
export interface JudgedRule {
  /** The rule's place in the list that the simulation was made of. */
  readonly rule: number
  /** One `VERDICT` for each of the rule's entities. */
  readonly verdicts: ArrayLike<number>
  /** What `clear` evaluates to, as `VERDICT.false`, `true` or `unknown`; null where the rule has none. */
  readonly clear: ArrayLike<number> | null
  /**
   * What `when` evaluates to whatever `where` says, as `clear` has it, for what `priority` holds back; without it that of an entity
   * that `where` leaves out is not known.
   */
  readonly wanted?: ArrayLike<number> | null
}

export interface SimulatedDecision {
  /** Places in the simulation's list of rules and in the rule's list of entities. */
  readonly rule: number
  readonly entity: number
  readonly outcome: Outcome
  readonly because: Because | null
  /** What holds it back, as a sentence; null where `because` says enough. */
  readonly note: string | null
  /** At a firing: whether its messages are sent, or were about this very thing already. */
  readonly announce: boolean
  /** Whether people who were notified are to learn that it is over. */
  readonly resolved: boolean
  readonly state: RuleState
}

/** One of ours, so that the decision about it is found again by place rather than by name. */
interface PlacedEvaluation extends Evaluation {
  readonly place: { readonly rule: number; readonly entity: number }
}

export class Simulation {
  readonly #rules: readonly SimulatedRule[]
  readonly #zone: string
  /** By rule and entity; null is *waiting*, with nothing that is remembered. */
  readonly #states: (RuleState | null)[][]
  readonly #fired: { day: number; count: number }[]

  /** @param zone the account's: `limit` counts by its days */
  constructor(rules: readonly SimulatedRule[], zone: string) {
    this.#rules = rules
    this.#zone = zone
    this.#states = rules.map(({ entities }) => entities.map(() => null))
    this.#fired = rules.map(() => ({ day: Number.NEGATIVE_INFINITY, count: 0 }))
  }

  /**
   * Decides one moment; moments come in the order of time.
   *
   * @param at epoch milliseconds
   * @param judged the rules that have their turn
   * @param others rules without a turn that were still checked for whether they want what they rest from; of
   *   rules in neither list that is unknown
   * @returns decisions in the order in which production takes them. One that follows from its verdict alone (not true, of an
   *   entity without a state) is left out: false holds because of `when`, unknown is unknown.
   */
  step(at: number, judged: readonly JudgedRule[], others: readonly JudgedRule[] = []): readonly SimulatedDecision[] {
    const day = dayNumberAt(at, this.#zone)
    const inTick = judged.map((one) => this.#inTick(one, day))
    if (inTick.every(({ selected, dropped }) => selected.length === 0 && dropped.length === 0)) return []
    const { decisions, dropped } = decideTick({
      now: at,
      zone: this.#zone,
      rules: inTick,
      standing: this.#standing(judged, others, day),
    })

    for (const { rule, entity, state } of dropped) {
      const { place } = entity as PlacedTarget
      if (this.#rules[place.rule]!.rule.id === rule) this.#keep(place.rule, place.entity, state, at)
    }
    return decisions.map(({ evaluation, outcome, because, note, announce, resolved, state }) => {
      const { rule, entity } = (evaluation as PlacedEvaluation).place
      if (outcome === 'fire') this.#fired[rule]!.count += 1
      const fired = this.#rules[rule]!.rule
      const notifies =
        outcome === 'fire' && announce && isAboutOneThing(fired) && fired.then.some(({ kind }) => kind === 'whatsapp')
      this.#keep(rule, entity, notifies ? afterMessage(state) : state, at)
      return { rule, entity, outcome, because, note, announce, resolved, state }
    })
  }

  /** The state of a rule with an entity after the last step; null if it waits and remembers nothing. */
  stateOf(rule: number, entity: number): RuleState | null {
    return this.#states[rule]![entity]!
  }

  /** The state of rules without a turn and what they acted on, of those that may hold back one that has its turn. */
  #standing(judged: readonly JudgedRule[], others: readonly JudgedRule[], day: number): StandingRule[] {
    const due = new Set(judged.map(({ rule }) => rule))
    if (due.size === this.#rules.length) return []
    const holders = holdersAmong(
      this.#rules.map(({ rule }) => rule).filter((_, index) => !due.has(index)),
      judged.map(({ rule }) => this.#rules[rule]!.rule),
    )
    return this.#rules.flatMap(({ rule, entities: all, budgetHolders }, index) => {
      if (due.has(index) || !holders.has(rule)) return []
      const found = others.find((one) => one.rule === index)
      const entities: StandingEntity[] = []
      for (const [place, state] of this.#states[index]!.entries()) {
        const verdict = found?.verdicts[place] ?? VERDICT.unknown
        if (state === null || state.actedAt === null || verdict === VERDICT.absent) continue
        const { scope, key } = all[place]!
        const wanted = verdict === VERDICT.leftOut ? wantedAt(found, place) : truthOf(verdict)
        const budgetHolder = budgetHolders?.[place] ?? null
        entities.push({ entity: { scope, key }, state, carryingOut: false, budgetHolder, wanted })
      }
      return entities.length === 0 ? [] : [{ rule, firedToday: this.#firedOn(index, day).count, entities }]
    })
  }

  /** Firings of a rule on a day, to be counted on. */
  #firedOn(rule: number, day: number): { day: number; count: number } {
    const fired = this.#fired[rule]!
    if (fired.day !== day) [fired.day, fired.count] = [day, 0]
    return fired
  }

  #inTick(one: JudgedRule, day: number): RuleInTick {
    const { rule: index, verdicts, clear } = one
    const { rule, entities, budgetHolders } = this.#rules[index]!
    const states = this.#states[index]!
    const fired = this.#firedOn(index, day)
    const selected: SelectedEntity[] = []
    const dropped: DroppedEntity[] = []
    for (let entity = 0; entity < entities.length; entity++) {
      const verdict = verdicts[entity]!
      const state = states[entity]!
      // Nearly all of a backtest: nothing was true, and nothing is remembered.
      if (verdict === VERDICT.absent || (state === null && verdict !== VERDICT.true)) continue
      const budgetHolder = budgetHolders?.[entity] ?? null
      const place = { rule: index, entity }
      if (verdict === VERDICT.leftOut) {
        const target: PlacedTarget = { scope: entities[entity]!.scope, key: entities[entity]!.key, place }
        dropped.push({ entity: target, state: state, carryingOut: false, budgetHolder, wanted: wantedAt(one, entity) })
        continue
      }
      selected.push({
        evaluation: evaluationOf(rule, entities[entity]!, verdict, place),
        clear: clear === null ? null : truthOf(clear[entity]!),
        state,
        carryingOut: false,
        budgetHolder,
      })
    }
    return { rule, firedToday: fired.count, selected, dropped }
  }

  #keep(rule: number, entity: number, state: RuleState, now: number): void {
    this.#states[rule]![entity] = isForgettable(state, this.#rules[rule]!.rule, now) ? null : state
  }
}

interface PlacedTarget extends ClaimTarget {
  readonly place: { readonly rule: number; readonly entity: number }
}

/** What `when` says of an entity that `where` leaves out. */
function wantedAt(judged: JudgedRule | undefined, entity: number): Truth {
  const verdict = judged?.wanted?.[entity]
  return verdict === undefined ? null : truthOf(verdict)
}

/** Longer than any day of an account. */
const DAY_AND_MORE = 26 * HOUR

/** Whether a state decides nothing any more, so that it need not be carried on. */
function isForgettable(state: RuleState, { clear, limit }: Rule, now: number): boolean {
  const rests = state.restingUntil !== null && state.restingUntil > now
  // At its limit a rule rests from what it did today.
  const mayBeAtLimit = limit !== null && state.actedAt !== null && now - state.actedAt < DAY_AND_MORE
  const waits = state.state === 'waiting' && state.pendingSince === null
  return waits && !rests && !mayBeAtLimit && !state.announced && (state.cleared || clear === null)
}

function evaluationOf(
  rule: Rule,
  entity: EntityReference,
  verdict: number,
  place: { readonly rule: number; readonly entity: number },
): PlacedEvaluation {
  const truth = truthOf(verdict)
  const outcome = truth === null ? 'unknown' : truth ? 'fire' : 'hold'
  return { rule: rule.id, version: rule.version, entity, outcome, because: truth === false ? 'when' : null, trace: [], place }
}
