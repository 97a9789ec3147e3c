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
import type { FactEntity } from '../facts/facts.js'
import type { Rule } from '../rule/rule.js'
import type { ClaimTarget } from '../rule/state/claim.js'
import { holdersAmong, type RuleWithStates, type UnselectedEntity } from '../rule/state/priority-hold.js'
import { afterMessage, isAboutOneThing, type RuleState } from '../rule/state/state.js'
import { decideTick, type Decision, type RuleInTick, type SelectedEntity } from '../rule/state/tick.js'
import type { Truth } from '../value/value.js'
import { truthOf, VERDICT, type Verdicts } from './verdict.js'

export interface SimulatedRule {
  readonly rule: Rule
  /** All that the rule ever looks at. Its verdicts come in this order. */
  readonly entities: readonly FactEntity[]
  /**
   * Where the budget of each entity is, for `priority` and shared rests; null stands for the entity itself. Only rules with a
   * budget step need it.
   */
  readonly budgetHolders?: readonly (ClaimTarget | null)[]
}

/** The verdicts on the entities of one rule. */
export interface RuleVerdicts extends Verdicts {
  /** The rule's place in the list that the simulation was made of. */
  readonly rule: number
}

/** The mark by which the decision about an entity is found again: several rules and entities may have the same name. */
interface Placed {
  /** Places in the simulation's list of rules and in the rule's list of entities. */
  readonly place: { readonly rule: number; readonly entity: number }
}

export type SimulatedDecision = Decision & Placed

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
    for (const { place, outcome, announce, state } of decisions) {
      if (outcome === 'fire') this.#fired[place.rule]!.count += 1
      const fired = this.#rules[place.rule]!.rule
      const notifies =
        outcome === 'fire' && announce && isAboutOneThing(fired) && fired.then.some(({ kind }) => kind === 'whatsapp')
      this.#keep(place.rule, place.entity, notifies ? afterMessage(state) : state, at)
    }
    return decisions
  }

  /** The state of a rule with an entity after the last step; null if it waits and remembers nothing. */
  stateOf(rule: number, entity: number): RuleState | null {
    return this.#states[rule]![entity]!
  }

  /** The state of rules without a turn and what they acted on, of those that may hold back one that has its turn. */
  #notDue(judged: readonly RuleVerdicts[], others: readonly RuleVerdicts[], day: number): RuleWithStates[] {
    const due = new Set(judged.map(({ rule }) => rule))
    if (due.size === this.#rules.length) return []
    const holders = holdersAmong(
      this.#rules.map(({ rule }) => rule).filter((_, index) => !due.has(index)),
      judged.map(({ rule }) => this.#rules[rule]!.rule),
    )
    return this.#rules.flatMap(({ rule, entities: all, budgetHolders }, index) => {
      if (due.has(index) || !holders.has(rule)) return []
      const found = others.find((one) => one.rule === index)
      const unselected: UnselectedEntity[] = []
      for (const [place, state] of this.#states[index]!.entries()) {
        const verdict = found?.verdicts[place] ?? VERDICT.unknown
        if (state === null || state.actedAt === null || verdict === VERDICT.absent) continue
        const { scope, key } = all[place]!
        const wanted = verdict === VERDICT.leftOut ? wantedAt(found, place) : truthOf(verdict)
        const budgetHolder = budgetHolders?.[place] ?? null
        unselected.push({ entity: { scope, key }, state, carryingOut: false, budgetHolder, wanted })
      }
      return unselected.length === 0 ? [] : [{ rule, firedToday: this.#firedOn(index, day).count, unselected }]
    })
  }

  /** Firings of a rule on a day, to be counted on. */
  #firedOn(rule: number, day: number): { day: number; count: number } {
    const fired = this.#fired[rule]!
    if (fired.day !== day) [fired.day, fired.count] = [day, 0]
    return fired
  }

  #inTick(one: RuleVerdicts, day: number): RuleInTick<Placed> {
    const { rule: index, verdicts, clear } = one
    const { rule, entities, budgetHolders } = this.#rules[index]!
    const states = this.#states[index]!
    const fired = this.#firedOn(index, day)
    const selected: (SelectedEntity & Placed)[] = []
    const unselected: (UnselectedEntity & Placed)[] = []
    for (let entity = 0; entity < entities.length; entity++) {
      const verdict = verdicts[entity]!
      const state = states[entity]!
      // Nearly all of a backtest: nothing was true, and nothing is remembered.
      if (verdict === VERDICT.absent || (state === null && verdict !== VERDICT.true)) continue
      const budgetHolder = budgetHolders?.[entity] ?? null
      const place = { rule: index, entity }
      if (verdict === VERDICT.leftOut) {
        const { scope, key } = entities[entity]!
        unselected.push({
          entity: { scope, key },
          state: state,
          carryingOut: false,
          budgetHolder,
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
        carryingOut: false,
        budgetHolder,
        place,
      })
    }
    return { rule, firedToday: fired.count, selected, unselected }
  }

  #keep(rule: number, entity: number, state: RuleState, now: number): void {
    this.#states[rule]![entity] = isForgettable(state, this.#rules[rule]!.rule, now) ? null : state
  }
}

/** What `when` says of an entity that `where` leaves out. */
function wantedAt(judged: RuleVerdicts | undefined, entity: number): Truth {
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
