/**
 * Rules over several moments without an account: the states of every rule and entity (waiting, pending, fired, resting) are
 * carried from one moment to the next by the code that decides in production, `decideTick`, and no step is ever carried out.
 *
 * Whoever uses it judges the conditions, with whatever evaluator, and hands in one verdict for each rule, entity and moment:
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

import { dayNumberAt } from '../clock/zone.js'
import type { Because, EntityReference, Evaluation, Outcome } from '../rule/decision.js'
import type { Rule } from '../rule/rule.js'
import { afterMessage, isAboutOneThing, type RuleState } from '../rule/state.js'
import type { ClaimTarget } from '../rule/state-claim.js'
import { decideTick, type DroppedEntity, type RuleInTick, type SelectedEntity } from '../rule/state-tick.js'
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

/** What was found of one rule at one moment. Only rules that have their turn then are handed in. */
export interface JudgedRule {
  /** The rule's place in the list that the simulation was made of. */
  readonly rule: number
  /** One `VERDICT` for each of the rule's entities. */
  readonly verdicts: ArrayLike<number>
  /** What `clear` evaluates to, as `VERDICT.false`, `true` or `unknown`; null where the rule has none. */
  readonly clear: ArrayLike<number> | null
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
  /** Whether people who were told are to be told that it is over. */
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
  readonly #observersOutrank: boolean
  /** By rule and entity; null is *waiting*, with nothing that is remembered. */
  readonly #states: (RuleState | null)[][]
  readonly #fired: { day: number; count: number }[]

  /**
   * @param zone the account's: `limit` counts by its days
   * @param observersOutrank whether rules that only observe hold back those of lower priority, as they would if they acted
   */
  constructor(rules: readonly SimulatedRule[], zone: string, { observersOutrank = false } = {}) {
    this.#observersOutrank = observersOutrank
    this.#rules = rules
    this.#zone = zone
    this.#states = rules.map(({ entities }) => entities.map(() => null))
    this.#fired = rules.map(() => ({ day: Number.NEGATIVE_INFINITY, count: 0 }))
  }

  /**
   * Decides one moment; moments come in the order of time.
   *
   * @param at epoch milliseconds
   * @returns decisions in the order in which production takes them. One that follows from its verdict alone (not true, of an
   *   entity that stands nowhere) is left out: false holds because of `when`, unknown is unknown.
   */
  step(at: number, judged: readonly JudgedRule[]): readonly SimulatedDecision[] {
    const day = dayNumberAt(at, this.#zone)
    const inTick = judged.map((one) => this.#inTick(one, day))
    if (inTick.every(({ selected, dropped }) => selected.length === 0 && dropped.length === 0)) return []
    const { decisions, dropped } = decideTick({
      now: at,
      zone: this.#zone,
      rules: inTick,
      observersOutrank: this.#observersOutrank,
    })

    for (const { rule, entity, state } of dropped) {
      const { place } = entity as PlacedTarget
      if (this.#rules[place.rule]!.rule.id === rule) this.#keep(place.rule, place.entity, state, at)
    }
    return decisions.map(({ evaluation, outcome, because, note, announce, resolved, state }) => {
      const { rule, entity } = (evaluation as PlacedEvaluation).place
      if (outcome === 'fire') this.#fired[rule]!.count += 1
      const fired = this.#rules[rule]!.rule
      const tells = outcome === 'fire' && announce && isAboutOneThing(fired) && fired.then.some(({ kind }) => kind === 'whatsapp')
      this.#keep(rule, entity, tells ? afterMessage(state) : state, at)
      return { rule, entity, outcome, because, note, announce, resolved, state }
    })
  }

  /** Where a rule stands with an entity after the last step; null where it waits and remembers nothing. */
  stateOf(rule: number, entity: number): RuleState | null {
    return this.#states[rule]![entity]!
  }

  #inTick({ rule: index, verdicts, clear }: JudgedRule, day: number): RuleInTick {
    const { rule, entities, budgetHolders } = this.#rules[index]!
    const states = this.#states[index]!
    const fired = this.#fired[index]!
    if (fired.day !== day) [fired.day, fired.count] = [day, 0]
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
        dropped.push({ entity: target, state: state, carryingOut: false, budgetHolder })
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

/** Whether a state decides nothing any more, so that it need not be carried on. */
function isForgettable(state: RuleState, { clear }: Rule, now: number): boolean {
  const rests = state.restingUntil !== null && state.restingUntil > now
  return (
    state.state === 'waiting' && state.pendingSince === null && !rests && !state.announced && (state.cleared || clear === null)
  )
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
