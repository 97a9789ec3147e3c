/**
 * Simulates rules over several moments. The states of every rule and entity (waiting, pending, fired, resting) are carried from one
 * moment to the next by `decideTick`, the code that decides in production. Steps are never carried out.
 *
 * The caller evaluates the conditions, with any evaluator, and passes one verdict per rule, entity and moment:
 *
 * ```ts
 * const simulation = new Simulation([{ rule, entities }], 'Europe/Istanbul')
 * for (const at of moments) {
 *   // verdicts[i] belongs to entities[i]; it may be an array or a Uint8Array
 *   const decisions = simulation.step(at, [{ rule: 0, verdicts, clear: null }])
 * }
 * ```
 *
 * A firing counts as carried out immediately, including waits and approvals, so `cooldown` starts at the firing. Guardrails are not
 * checked, because they depend on earlier changes.
 */

import { dayNumberAt, HOUR } from '../clock/zone.js'
import type { FactEntity } from '../facts/facts.js'
import type { Rule } from '../rule/rule.js'
import type { ClaimTarget } from '../rule/state/claim.js'
import { holdersAmong, type RuleWithStates, type UnselectedEntity } from '../rule/state/priority-hold.js'
import { afterMessage, isAboutOneThing, type RuleState } from '../rule/state/state.js'
import { type DecidedEntity, decideTick, type RuleInTick, type SelectedEntity } from '../rule/state/tick.js'
import type { Truth } from '../value/value.js'
import { truthOf, VERDICT, type Verdicts } from './verdict.js'

export interface SimulatedRule {
  readonly rule: Rule
  /** All entities that the rule ever applies to, in the order of its verdicts. */
  readonly entities: readonly FactEntity[]
  /**
   * The object that has the budget of each entity, for `priority` and shared rests; null means the entity itself. Only needed for
   * rules with a budget step.
   */
  readonly budgetOwners?: readonly (ClaimTarget | null)[]
}

/** The verdicts of one rule at one moment, one for each of its entities. */
export interface RuleVerdicts extends Verdicts {
  /** The rule's index in the list that the simulation was created with. */
  readonly rule: number
}

/** An evaluation with its indexes, so that its decision can be found without comparing names. */
interface Placed {
  /** Indexes in the simulation's list of rules and in the rule's list of entities. */
  readonly place: { readonly rule: number; readonly entity: number }
}

export type SimulatedDecision = DecidedEntity<Placed>

export class Simulation {
  readonly #rules: readonly SimulatedRule[]
  readonly #zone: string
  /** By rule and entity; null means *waiting*, with nothing to remember. */
  readonly #states: (RuleState | null)[][]
  readonly #fired: { day: number; count: number }[]

  /** @param zone the account's time zone; `limit` counts per day in it */
  constructor(rules: readonly SimulatedRule[], zone: string) {
    this.#rules = rules
    this.#zone = zone
    this.#states = rules.map(({ entities }) => entities.map(() => null))
    this.#fired = rules.map(() => ({ day: Number.NEGATIVE_INFINITY, count: 0 }))
  }

  /**
   * Decides one moment. Moments must be passed in chronological order.
   *
   * @param at epoch milliseconds
   * @param judged the rules that are due
   * @param others rules that are not due, but were evaluated to see whether they still want their last change; for rules in
   *   neither list this is unknown
   * @returns decisions in the order of production. Decisions that follow from the verdict alone (not true, and the entity has no
   *   state) are left out: false means held because of `when`, unknown means unknown.
   */
  step(at: number, judged: readonly RuleVerdicts[], others: readonly RuleVerdicts[] = []): readonly SimulatedDecision[] {
    const day = dayNumberAt(at, this.#zone)
    const inTick = judged.map((one) => this.#inTick(one, day))
    if (inTick.every(({ selected, unselected }) => selected.length === 0 && unselected.length === 0)) return []
    const { decisions, unselected } = decideTick({
      now: at,
      zone: this.#zone,
      rules: inTick,
      notDue: this.#notDue(judged, others, day),
    })

    for (const { place, state } of unselected) this.#keep(place.rule, place.entity, state, at)
    for (const { input, outcome, announce, state } of decisions) {
      const { place } = input
      if (outcome === 'fire') this.#fired[place.rule]!.count += 1
      const fired = this.#rules[place.rule]!.rule
      const notifies =
        outcome === 'fire' && announce && isAboutOneThing(fired) && fired.then.some(({ kind }) => kind === 'whatsapp')
      this.#keep(place.rule, place.entity, notifies ? afterMessage(state) : state, at)
    }
    return decisions
  }

  /** Returns the state of a rule and entity after the last step; null if it is waiting and there is nothing to remember. */
  stateOf(rule: number, entity: number): RuleState | null {
    return this.#states[rule]![entity]!
  }

  /** Returns the state of the rules that are not due, but may hold back one that is, with the entities that they acted on. */
  #notDue(judged: readonly RuleVerdicts[], others: readonly RuleVerdicts[], day: number): RuleWithStates[] {
    const due = new Set(judged.map(({ rule }) => rule))
    if (due.size === this.#rules.length) return []
    const holders = holdersAmong(
      this.#rules.map(({ rule }) => rule).filter((_, index) => !due.has(index)),
      judged.map(({ rule }) => this.#rules[rule]!.rule),
    )
    return this.#rules.flatMap(({ rule, entities: all, budgetOwners }, index) => {
      if (due.has(index) || !holders.has(rule)) return []
      const found = others.find((one) => one.rule === index)
      const unselected: UnselectedEntity[] = []
      for (const [place, state] of this.#states[index]!.entries()) {
        const verdict = found?.verdicts[place] ?? VERDICT.unknown
        if (state === null || state.actedAt === null || verdict === VERDICT.absent) continue
        const { scope, key } = all[place]!
        const wanted = verdict === VERDICT.leftOut ? wantedAt(found, place) : truthOf(verdict)
        const budgetOwner = budgetOwners?.[place] ?? null
        unselected.push({ entity: { scope, key }, state, isCarryingOut: false, budgetOwner, wanted })
      }
      return unselected.length === 0 ? [] : [{ rule, firedToday: this.#firedOn(index, day).count, unselected }]
    })
  }

  /** Returns the counter of a rule's firings on a day. */
  #firedOn(rule: number, day: number): { day: number; count: number } {
    const fired = this.#fired[rule]!
    if (fired.day !== day) [fired.day, fired.count] = [day, 0]
    return fired
  }

  #inTick(one: RuleVerdicts, day: number): RuleInTick<Placed> {
    const { rule: index, verdicts, clear } = one
    const { rule, entities, budgetOwners } = this.#rules[index]!
    const states = this.#states[index]!
    const fired = this.#firedOn(index, day)
    const selected: (SelectedEntity & Placed)[] = []
    const unselected: (UnselectedEntity & Placed)[] = []
    for (let entity = 0; entity < entities.length; entity++) {
      const verdict = verdicts[entity]!
      const state = states[entity]!
      // Nearly all cases in a backtest: the condition was not true, and there is no state.
      if (verdict === VERDICT.absent || (state === null && verdict !== VERDICT.true)) continue
      const budgetOwner = budgetOwners?.[entity] ?? null
      const place = { rule: index, entity }
      if (verdict === VERDICT.leftOut) {
        const { scope, key } = entities[entity]!
        unselected.push({
          entity: { scope, key },
          state: state,
          isCarryingOut: false,
          budgetOwner,
          wanted: wantedAt(one, entity),
          place,
        })
        continue
      }
      const truth = truthOf(verdict)
      selected.push({
        rule: rule.id,
        version: rule.version,
        entity: entities[entity]!,
        outcome: truth === null ? 'unknown' : truth ? 'fire' : 'hold',
        because: truth === false ? 'when' : null,
        trace: [],
        clear: clear === null ? null : truthOf(clear[entity]!),
        state,
        isCarryingOut: false,
        budgetOwner,
        place,
      })
    }
    return { rule, firedToday: fired.count, selected, unselected }
  }

  #keep(rule: number, entity: number, state: RuleState, now: number): void {
    this.#states[rule]![entity] = isForgettable(state, this.#rules[rule]!.rule, now) ? null : state
  }
}

/** Returns the result of `when` for an entity that `where` excludes. */
function wantedAt(judged: RuleVerdicts | undefined, entity: number): Truth {
  const verdict = judged?.wanted?.[entity]
  return verdict === undefined ? null : truthOf(verdict)
}

/** Longer than the longest day, which has 25 hours. */
const DAY_AND_MORE = 26 * HOUR

/** Whether a state no longer influences any decision, so that it need not be kept. */
function isForgettable(state: RuleState, { clear, limit }: Rule, now: number): boolean {
  const rests = state.restingUntil !== null && state.restingUntil > now
  // A rule that has reached its limit rests until the day is over.
  const mayBeAtLimit = limit !== null && state.actedAt !== null && now - state.actedAt < DAY_AND_MORE
  const waits = state.state === 'waiting' && state.pendingSince === null
  return waits && !rests && !mayBeAtLimit && !state.announced && (state.cleared || clear === null)
}
