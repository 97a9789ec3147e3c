/**
 * Decides one tick of an account as a whole: all rules that are due and all of their entities, in a fixed order, so that `limit`,
 * `priority` and shared budgets give the same result however the work is split or repeated.
 */

import { formatLocalMinute } from '../../clock/written-time.js'
import type { Truth } from '../../value/value.js'
import type { Evaluation } from '../decision.js'
import type { Mode, Rule } from '../rule.js'
import { claimKey, claimsOfFields, type ClaimTarget, fieldsOf } from './claim.js'
import { type Holder, Holding, type StandingEntity, type StandingRule } from './priority-hold.js'
import { afterDropped, type RuleState, transition, type Transition } from './state.js'

export interface TickInput {
  /** The time that is evaluated. */
  readonly now: number
  /** The account's time zone, for notes. */
  readonly zone: string
  readonly rules: readonly RuleInTick[]
  /** Rules that are not due but may hold back others, because they rest after they acted. */
  readonly standing?: readonly StandingRule[]
  /**
   * Checks the guardrails for a firing that nothing else holds back. Called in the fixed order, so that it can count what it has
   * allowed. The carry-out checks them again.
   */
  readonly refuse?: (rule: Rule, evaluation: Evaluation) => { readonly reason: string } | null
  /** Returns what an observed firing would have changed, and whether a guardrail would have refused it; null for nothing. */
  readonly foresee?: (rule: Rule, evaluation: Evaluation) => string | null
}

export interface RuleInTick {
  readonly rule: Rule
  /** Firings since the start of the account's day, without those that a guardrail refused. */
  readonly firedToday: number
  /** Entities that `where` selects, or for which it is unknown. */
  readonly selected: readonly SelectedEntity[]
  /** Entities with a state that `where` does not select. An entity that is no longer in the data is in neither list. */
  readonly dropped: readonly DroppedEntity[]
}

export interface SelectedEntity {
  readonly evaluation: Evaluation
  /** The value of `clear`; null if it is unknown or the rule has none. */
  readonly clear: Truth
  readonly state: RuleState | null
  /** Whether an earlier firing of this rule for this entity is planned, running or waiting. */
  readonly carryingOut: boolean
  /** The object that has its budget. Only rules with a budget step need it. */
  readonly budgetHolder: ClaimTarget | null
}

/** An entity that `where` does not select; only `priority` uses `wanted`. */
export type DroppedEntity = StandingEntity

export interface TickDecision extends Pick<Transition, 'state' | 'outcome' | 'because' | 'changed' | 'announce' | 'resolved'> {
  readonly evaluation: Evaluation
  readonly mode: Mode
  /** What holds it back, or what an observed firing would have changed, as a sentence; else null. */
  readonly note: string | null
}

export interface DecidedTick {
  /** In the fixed order: by priority, highest first, then by the rule's id, then by the entity's. */
  readonly decisions: readonly TickDecision[]
  /** New states of entities that `where` does not select. */
  readonly dropped: readonly { readonly rule: string; readonly entity: ClaimTarget; readonly state: RuleState }[]
}

interface Winner {
  readonly rule: Rule
  readonly evaluation: Evaluation
}

export function decideTick({ now, zone, rules, standing = [], refuse, foresee }: TickInput): DecidedTick {
  const taken = new Map<string, Winner>()
  const holding = new Holding(
    rules.map(({ rule }) => rule),
    standing,
    { now, zone },
  )
  const decisions: TickDecision[] = []
  const dropped: { rule: string; entity: ClaimTarget; state: RuleState }[] = []
  for (const inTick of inOrder(rules)) {
    const { rule } = inTick
    const fields = fieldsOf(rule)
    const shared = sharedRests(inTick, now)
    let firedToday = inTick.firedToday
    holding.upTo(rule)
    const mayHold = holding.isHolder(rule)
    for (const entity of byId(inTick.selected)) {
      const { evaluation, budgetHolder, clear, carryingOut } = entity
      const truth = truthOf(evaluation)
      // Claims matter only if the rule would fire, which is rare, so they are computed only then.
      const claims = truth === true ? claimsOfFields(fields, evaluation.entity, budgetHolder).map(claimKey) : NO_CLAIMS
      const winner = winnerOver(claims, taken)
      const holder = winner === undefined ? holding.over(rule, claims) : undefined
      const sharedRestUntil = shared.size === 0 ? null : latest(claims.map((claim) => shared.get(claim)))
      const outranked = winner !== undefined || holder !== undefined
      let decided = transition(rule, entity.state, truth, {
        now,
        zone,
        clear,
        carryingOut,
        sharedRestUntil,
        firedToday,
        outranked,
        refused: false,
      })
      let refusal: { readonly reason: string } | null = null
      if (decided.outcome === 'fire' && refuse !== undefined) {
        refusal = refuse(rule, evaluation)
        if (refusal !== null) {
          const context = { now, zone, clear, carryingOut, sharedRestUntil, firedToday, outranked, refused: true }
          decided = transition(rule, entity.state, truth, context)
        }
      }
      if (decided.outcome === 'fire') {
        firedToday += 1
        // A rule that only observes changes nothing, so it blocks no other rule.
        if (rule.mode !== 'observe') for (const claim of claims) taken.set(claim, { rule, evaluation })
      } else if (mayHold && (decided.state.actedAt !== null || carryingOut))
        holding.add(rule, evaluation.entity, { ...entity, state: decided.state, wanted: truth, firedToday })
      const { state, outcome, because, changed, announce, resolved } = decided
      const note =
        outcome === 'hold' && because !== 'when'
          ? noteOf(decided, {
              rule,
              zone,
              winner,
              holder,
              restUntil: latest([state.restingUntil ?? undefined, sharedRestUntil ?? undefined]),
              carryingOut,
              refusal,
            })
          : outcome === 'fire' && rule.mode === 'observe'
            ? (foresee?.(rule, evaluation) ?? null)
            : null
      decisions.push({ state, outcome, because, changed, announce, resolved, evaluation, mode: rule.mode, note })
    }
    for (const one of inTick.dropped) {
      const state = afterDropped(one.state, now)
      dropped.push({ rule: rule.id, entity: one.entity, state })
      if (mayHold) holding.add(rule, one.entity, { ...one, state, firedToday })
    }
  }
  return { decisions, dropped }
}

const inOrder = (rules: readonly RuleInTick[]): RuleInTick[] =>
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
function byId(entities: readonly SelectedEntity[]): readonly SelectedEntity[] {
  const ranked = entities.map((entity) => {
    const { id, key } = entity.evaluation.entity
    const name = id ?? key
    return { entity, name, key, length: isNumber(name) ? name.length : Infinity }
  })
  const compare = (a: (typeof ranked)[number], b: (typeof ranked)[number]): number =>
    (a.length === b.length ? 0 : a.length - b.length) || compareText(a.name, b.name) || compareText(a.key, b.key)
  // Facts usually list them in this order already.
  if (ranked.every((each, index) => index === 0 || compare(ranked[index - 1]!, each) <= 0)) return entities
  return ranked.sort(compare).map(({ entity }) => entity)
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
function sharedRests({ rule, selected, dropped }: RuleInTick, now: number): ReadonlyMap<string, number> {
  const rests = new Map<string, number>()
  const fields = fieldsOf(rule)
  if (!fields.includes('budget')) return rests
  const add = (
    entity: ClaimTarget,
    { state, carryingOut, budgetHolder }: Pick<SelectedEntity, 'state' | 'carryingOut' | 'budgetHolder'>,
  ) => {
    const until = carryingOut ? Infinity : (state?.restingUntil ?? 0)
    if (until <= now) return
    for (const claim of claimsOfFields(fields, entity, budgetHolder)) {
      if (claim.target.key === entity.key && claim.target.scope === entity.scope) continue
      const key = claimKey(claim)
      rests.set(key, Math.max(until, rests.get(key) ?? 0))
    }
  }
  for (const one of selected) add(one.evaluation.entity, one)
  for (const one of dropped) add(one.entity, one)
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
    readonly carryingOut: boolean
    readonly refusal: { readonly reason: string } | null
  },
): string | null {
  if (outcome !== 'hold') return null
  switch (because) {
    case 'cooldown':
      if (why.carryingOut || why.restUntil === Infinity) return 'An earlier firing is still being carried out.'
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

function outrankedBy({ rule, evaluation }: Winner, loser: Rule): string {
  const { name, id, key } = evaluation.entity
  if (rule.id === loser.id) return `The budget is shared and changes only once a tick, now for “${name ?? id ?? key}”.`
  const why =
    rule.priority > loser.priority ? `priority ${rule.priority} over ${loser.priority}` : 'the same priority, its id first'
  return `Rule ${rule.id} changes the same thing and goes first (${why}).`
}

function heldBy({ rule, until }: Holder, held: Rule, zone: string): string {
  const rest = until === null ? 'and still holds it' : `and rests until ${formatLocalMinute(until, zone)}`
  return `Rule ${rule.id} goes first (priority ${rule.priority} over ${held.priority}): it acted on the same thing ${rest}.`
}
