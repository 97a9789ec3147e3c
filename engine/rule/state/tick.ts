/**
 * Decides one tick of an account as a whole: all rules that are due and all of their entities, in a fixed order, so that `limit`,
 * `priority` and shared budgets give the same result however the work is split or repeated.
 */

import { formatLocalMinute } from '../../clock/written-time.js'
import type { FactEntity } from '../../facts/facts.js'
import type { Truth } from '../../value/value.js'
import type { Evaluation } from '../decision.js'
import type { Mode, Rule } from '../rule.js'
import { claimKey, claimsOfFields, fieldsOf } from './claim.js'
import { type Holder, Holding, type RuleWithStates, type UnselectedEntity } from './priority-hold.js'
import { afterDropped, type RuleState, transition, type Transition } from './state.js'

/** `Mark` is what the caller adds to each entity, and finds again in the decision about it. */
export interface TickInput<Mark = unknown> {
  /** The time that is evaluated. */
  readonly now: number
  /** The account's time zone, for notes. */
  readonly zone: string
  readonly rules: readonly RuleInTick<Mark>[]
  /** Rules that are not due but may hold back others, because they rest after they acted. */
  readonly notDue?: readonly RuleWithStates[]
  /**
   * Checks the guardrails for a firing that nothing else holds back. Called in the fixed order, so that it can count what it has
   * allowed. The carry-out checks them again.
   */
  readonly refuse?: (rule: Rule, evaluation: Evaluation) => { readonly reason: string } | null
  /** Returns what an observed firing would have changed, and whether a guardrail would have refused it; null for nothing. */
  readonly foresee?: (rule: Rule, evaluation: Evaluation) => string | null
}

/** A rule that is due. */
export interface RuleInTick<Mark = unknown> extends RuleWithStates<Mark> {
  readonly selected: readonly (SelectedEntity & Mark)[]
}

/** The evaluation of an entity that `where` selects, or for which it is unknown, with what the rule did earlier. */
export interface SelectedEntity extends Evaluation, Pick<UnselectedEntity, 'isCarryingOut' | 'budgetOwner'> {
  readonly state: RuleState | null
}

/** Written out like a decision below: a spread of both would take twice as long. */
export function selectedEntity(
  { rule, version, entity, outcome, because, trace, clear }: Evaluation,
  { state, isCarryingOut, budgetOwner }: Omit<SelectedEntity, keyof Evaluation>,
): SelectedEntity {
  return { rule, version, entity, outcome, because, trace, clear, state, isCarryingOut, budgetOwner }
}

/**
 * What a rule does about an entity: its evaluation, and the transition that follows from it, whose `outcome` and `because` replace
 * those of the conditions alone.
 */
export interface Decision extends Evaluation, Transition {
  readonly mode: Mode
  /** What holds it back, or what an observed firing would have changed, as a sentence; else null. */
  readonly note: string | null
}

export interface DecidedTick<Mark = unknown> {
  /** In the fixed order: by priority, highest first, then by the rule's id, then by the entity's. */
  readonly decisions: readonly DecidedEntity<Mark>[]
  /** The entities that `where` does not select, with their new states, and the rule's id. */
  readonly unselected: readonly (UnselectedEntity & { readonly rule: string } & Mark)[]
}

/** A decision with what was passed in about its entity. */
export interface DecidedEntity<Mark = unknown> extends Decision {
  readonly input: SelectedEntity & Mark
}

interface Winner {
  readonly rule: Rule
  readonly entity: FactEntity
}

export function decideTick<Mark>({ now, zone, rules, notDue = [], refuse, foresee }: TickInput<Mark>): DecidedTick<Mark> {
  const taken = new Map<string, Winner>()
  const holding = new Holding(
    rules.map(({ rule }) => rule),
    notDue,
    { now, zone },
  )
  const decisions: DecidedEntity<Mark>[] = []
  const unselected: (UnselectedEntity & { readonly rule: string } & Mark)[] = []
  for (const inTick of inOrder(rules)) {
    const { rule } = inTick
    const fields = fieldsOf(rule)
    const shared = sharedRests(inTick, now)
    let firedToday = inTick.firedToday
    holding.upTo(rule)
    const mayHold = holding.isHolder(rule)
    for (const one of byId(inTick.selected)) {
      const { entity, budgetOwner, clear, isCarryingOut } = one
      const truth = truthOf(one)
      // Claims matter only if the rule would fire, which is rare, so they are computed only then.
      const claims = truth === true ? claimsOfFields(fields, entity, budgetOwner).map(claimKey) : NO_CLAIMS
      const winner = winnerOver(claims, taken)
      const holder = winner === undefined ? holding.over(rule, claims) : undefined
      const sharedRestUntil = shared.size === 0 ? null : latest(claims.map((claim) => shared.get(claim)))
      const outranked = winner !== undefined || holder !== undefined
      let decided = transition(rule, one.state, truth, {
        now,
        zone,
        clear,
        isCarryingOut,
        sharedRestUntil,
        firedToday,
        outranked,
        refused: false,
      })
      let refusal: { readonly reason: string } | null = null
      if (decided.outcome === 'fire' && refuse !== undefined) {
        refusal = refuse(rule, one)
        if (refusal !== null) {
          const context = { now, zone, clear, isCarryingOut, sharedRestUntil, firedToday, outranked, refused: true }
          decided = transition(rule, one.state, truth, context)
        }
      }
      if (decided.outcome === 'fire') {
        firedToday += 1
        // A rule that only observes changes nothing, so it blocks no other rule.
        if (rule.mode !== 'observe') for (const claim of claims) taken.set(claim, { rule, entity })
      } else if (mayHold && (decided.state.actedAt !== null || isCarryingOut))
        holding.add(rule, { entity, budgetOwner, isCarryingOut, state: decided.state, wanted: truth }, firedToday)
      const { state, outcome, because, changed, announce, resolved } = decided
      const { version, trace } = one
      const note =
        outcome === 'hold' && because !== 'when'
          ? noteOf(decided, {
              rule,
              zone,
              winner,
              holder,
              restUntil: latest([state.restingUntil ?? undefined, sharedRestUntil ?? undefined]),
              isCarryingOut,
              refusal,
            })
          : outcome === 'fire' && rule.mode === 'observe'
            ? (foresee?.(rule, one) ?? null)
            : null
      // Written out, because a tick makes tens of thousands of these: spreading two objects would take twice as long.
      decisions.push({
        rule: one.rule,
        version,
        entity,
        outcome,
        because,
        trace,
        clear,
        state,
        changed,
        announce,
        resolved,
        mode: rule.mode,
        note,
        input: one,
      })
    }
    for (const one of inTick.unselected) {
      const after = { ...one, rule: rule.id, state: afterDropped(one.state, now) }
      unselected.push(after)
      if (mayHold) holding.add(rule, after, firedToday)
    }
  }
  return { decisions, unselected }
}

const inOrder = <Mark>(rules: readonly RuleInTick<Mark>[]): RuleInTick<Mark>[] =>
  [...rules].sort((a, b) => b.rule.priority - a.rule.priority || compareText(a.rule.id, b.rule.id))

const NO_CLAIMS: readonly string[] = []

/** Returns the firing of this tick that already claimed one of these fields. */
function winnerOver(claims: readonly string[], taken: ReadonlyMap<string, Winner>): Winner | undefined {
  for (const claim of claims) {
    const winner = taken.get(claim)
    if (winner !== undefined) return winner
  }
  return undefined
}

/**
 * Sorts by id. Meta's ids are numbers too long for a double: the shorter is the smaller. Other ids sort as text, after the
 * numbers.
 */
function byId<One extends Evaluation>(evaluations: readonly One[]): readonly One[] {
  const ranked = evaluations.map((one) => {
    const { id, key } = one.entity
    const name = id ?? key
    return { one, name, key, length: isNumber(name) ? name.length : Infinity }
  })
  const compare = (a: (typeof ranked)[number], b: (typeof ranked)[number]): number =>
    (a.length === b.length ? 0 : a.length - b.length) || compareText(a.name, b.name) || compareText(a.key, b.key)
  // Facts usually list them in this order already.
  if (ranked.every((each, index) => index === 0 || compare(ranked[index - 1]!, each) <= 0)) return evaluations
  return ranked.sort(compare).map(({ one }) => one)
}

function isNumber(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < 48 || code > 57) return false
  }
  return text !== ''
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** An unknown `where` makes the outcome unknown as well; entities that `where` does not select are not evaluated. */
const truthOf = ({ outcome }: Evaluation): Truth => (outcome === 'unknown' ? null : outcome === 'fire')

/**
 * Returns until when a rule rests for each budget above its entities. That budget was changed once for all that share it, so the
 * next ad set must not change it again at the next tick.
 */
function sharedRests({ rule, selected, unselected }: RuleInTick, now: number): ReadonlyMap<string, number> {
  const rests = new Map<string, number>()
  const fields = fieldsOf(rule)
  if (!fields.includes('budget')) return rests
  for (const { entity, state, isCarryingOut, budgetOwner } of [...selected, ...unselected]) {
    const until = isCarryingOut ? Infinity : (state?.restingUntil ?? 0)
    if (until <= now) continue
    for (const claim of claimsOfFields(fields, entity, budgetOwner)) {
      if (claim.target.key === entity.key && claim.target.scope === entity.scope) continue
      const key = claimKey(claim)
      rests.set(key, Math.max(until, rests.get(key) ?? 0))
    }
  }
  return rests
}

const latest = (times: readonly (number | undefined)[]): number | null =>
  times.reduce<number | null>((late, time) => (time === undefined ? late : Math.max(time, late ?? time)), null)

function noteOf(
  { outcome, because }: Transition,
  why: {
    readonly rule: Rule
    readonly zone: string
    readonly winner: Winner | undefined
    readonly holder: Holder | undefined
    readonly restUntil: number | null
    readonly isCarryingOut: boolean
    readonly refusal: { readonly reason: string } | null
  },
): string | null {
  if (outcome !== 'hold') return null
  switch (because) {
    case 'cooldown':
      if (why.isCarryingOut || why.restUntil === Infinity) return 'An earlier firing is still being carried out.'
      return why.restUntil === null ? null : `It rests until ${formatLocalMinute(why.restUntil, why.zone)}.`
    case 'limit':
      return `It fired ${why.rule.limit!.count} times today, which is its limit.`
    case 'priority':
      if (why.holder !== undefined) return heldBy(why.holder, why.rule, why.zone)
      return why.winner === undefined ? null : outrankedBy(why.winner, why.rule)
    case 'guardrail':
      return why.refusal?.reason ?? null
    default:
      return null
  }
}

function outrankedBy({ rule, entity: { name, id, key } }: Winner, loser: Rule): string {
  if (rule.id === loser.id) return `The budget is shared and changes only once a tick, now for “${name ?? id ?? key}”.`
  const why =
    rule.priority > loser.priority ? `priority ${rule.priority} over ${loser.priority}` : 'the same priority, its id first'
  return `Rule ${rule.id} changes the same thing and goes first (${why}).`
}

function heldBy({ rule, until }: Holder, held: Rule, zone: string): string {
  const rest = until === null ? 'and still holds it' : `and rests until ${formatLocalMinute(until, zone)}`
  return `Rule ${rule.id} goes first (priority ${rule.priority} over ${held.priority}): it acted on the same thing ${rest}.`
}
