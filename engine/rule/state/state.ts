/**
 * Where a rule stands with one entity, and how an evaluation moves it on. Pure: the clock and what other rules did are
 * handed in, and what comes out is stored as it is, so that `for` and `cooldown` survive restarts.
 */

import type { Truth } from '../../value/value.js'
import type { Because, Outcome } from '../decision.js'
import type { Mode, Rule } from '../rule.js'
import { restEnd, type RestingRule } from './rest-end.js'

/**
 * waiting: the condition is not true. pending: it is, but not yet for as long as `for` wants. fired: it fired at the last
 * evaluation. resting: it is true for long enough, and `clear`, `cooldown`, `limit`, `priority` or a guardrail holds it back.
 */
export type StateName = 'waiting' | 'pending' | 'fired' | 'resting'

/** The columns of `rule_states` but for their keys. Instants are epoch milliseconds. */
export interface RuleState {
  readonly state: StateName
  /** The first of the evaluations at which the condition has been true ever since. */
  readonly pendingSince: number | null
  readonly restingUntil: number | null
  /** Whether `clear` was true since the last firing; true where it never fired. */
  readonly cleared: boolean
  /** `fire`, `unknown` or `hold:<because>`, so that only changes are stored as decisions. */
  readonly lastOutcome: string | null
  /** Whether the message about this was sent and it was not over since: the condition false, or `clear` true where there is one. */
  readonly announced: boolean
  /** Whether the last firing was only observed: nothing was done from which a rule that acts would have to rest. */
  readonly observed: boolean
  /**
   * When it last fired and acted, or asked whether it may; null where it never did, or where nothing came of it. What it rests
   * from holds back rules of lower priority (`priority-hold.ts`).
   */
  readonly actedAt: number | null
  readonly evaluatedAt: number
}

/** What of a rule decides when it fires. */
export type FiringRule = Pick<Rule, 'cadence' | 'when' | 'holdFor' | 'clear' | 'cooldown' | 'limit' | 'mode'>

/**
 * Whether a rule's firings are about one thing that goes on, so that its message is sent once and then says that it is over. A
 * rule without `when` has no condition that could become false, and each event from outside is a thing of its own.
 */
export const isAboutOneThing = (rule: Pick<Rule, 'cadence' | 'when'>): boolean =>
  rule.when !== null && rule.cadence.kind !== 'hook'

export interface TransitionContext {
  /** The moment that is judged. */
  readonly now: number
  /** The account's. */
  readonly zone: string
  /** What `clear` evaluates to; null where it is unknown, or where the rule has none. */
  readonly clear: Truth
  /** An earlier firing for this entity is still being carried out, or waits for approval. */
  readonly carryingOut: boolean
  /** Until when another entity's firing holds this one back, because they share a budget. */
  readonly sharedRestUntil: number | null
  /** Firings of the rule so far on the account's day, over all of its entities. */
  readonly firedToday: number
  /** Whether another rule or entity wants the same thing first, in this tick. */
  readonly outranked: boolean
  /** Whether a guardrail would refuse. */
  readonly refused: boolean
}

export interface Transition {
  readonly state: RuleState
  readonly outcome: Outcome
  readonly because: Because | null
  /** Whether this differs from the last outcome; a firing always does. Only then a decision is stored. */
  readonly changed: boolean
  /** At a firing: whether its messages are sent, or were about this very thing already. */
  readonly announce: boolean
  /** Whether people who were told are to be told that it is over. */
  readonly resolved: boolean
}

const NEVER_EVALUATED: Omit<RuleState, 'evaluatedAt'> = {
  state: 'waiting',
  pendingSince: null,
  restingUntil: null,
  cleared: true,
  lastOutcome: null,
  announced: false,
  observed: false,
  actedAt: null,
}

/**
 * What an evaluation makes of a rule's state with an entity.
 *
 * Pending begins with the first true evaluation and fires at the first true one at least `for` later. Unknown counts as not
 * true; an evaluation that was missed breaks nothing, for it does not come here. After a rest the rule may fire again though
 * the condition was never false.
 */
export function transition(rule: FiringRule, previous: RuleState | null, truth: Truth, context: TransitionContext): Transition {
  const { now } = context
  const before = previous ?? NEVER_EVALUATED
  const cleared = before.cleared || context.clear === true
  // Between `when` and `clear` the matter is still open.
  const isOver = before.announced && isAboutOneThing(rule) && (rule.clear === null ? truth === false : context.clear === true)
  if (truth !== true) {
    const outcome = truth === false ? 'hold' : 'unknown'
    const lastOutcome = truth === false ? 'hold:when' : 'unknown'
    return {
      state: {
        state: 'waiting',
        pendingSince: null,
        restingUntil: before.restingUntil,
        cleared,
        lastOutcome,
        announced: isAboutOneThing(rule) && before.announced && !isOver,
        observed: before.observed,
        actedAt: before.actedAt,
        evaluatedAt: now,
      },
      outcome,
      because: truth === false ? 'when' : null,
      changed: before.lastOutcome !== lastOutcome,
      announce: false,
      resolved: isOver,
    }
  }
  // A clock that was set back must not prolong the wait beyond `for`.
  const pendingSince = Math.min(before.pendingSince ?? now, now)
  const because = heldBackBy(rule, pendingSince, cleared, before.restingUntil, context)
  if (because !== null) {
    const lastOutcome = `hold:${because}`
    return {
      state: {
        state: because === 'for' ? 'pending' : 'resting',
        pendingSince,
        restingUntil: before.restingUntil,
        cleared,
        lastOutcome,
        announced: before.announced && !isOver,
        observed: before.observed,
        actedAt: before.actedAt,
        evaluatedAt: now,
      },
      outcome: 'hold',
      because,
      changed: before.lastOutcome !== lastOutcome,
      announce: false,
      resolved: isOver,
    }
  }
  return {
    state: {
      state: 'fired',
      pendingSince,
      // From here on until the carrying out ends, which moves it on (`afterCarryOut`).
      restingUntil: restEnd(rule, now, context.zone),
      cleared: false,
      lastOutcome: 'fire',
      announced: before.announced && !isOver,
      observed: rule.mode === 'observe',
      actedAt: rule.mode === 'observe' ? before.actedAt : now,
      evaluatedAt: now,
    },
    outcome: 'fire',
    because: null,
    changed: true,
    // Where it is over and begins again at once, the new message says it all.
    announce: !isAboutOneThing(rule) || !before.announced || isOver,
    resolved: false,
  }
}

function heldBackBy(
  rule: FiringRule,
  pendingSince: number,
  cleared: boolean,
  restingUntil: number | null,
  context: TransitionContext,
): Because | null {
  const { now } = context
  if (now - pendingSince < rule.holdFor) return 'for'
  if (rule.clear !== null && !cleared) return 'clear'
  const restUntil = Math.max(restingUntil ?? 0, context.sharedRestUntil ?? 0)
  if (context.carryingOut || restUntil > now) return 'cooldown'
  if (rule.limit !== null && context.firedToday >= rule.limit.count) return 'limit'
  if (context.outranked) return 'priority'
  return context.refused ? 'guardrail' : null
}

/**
 * The state as a rule of that mode takes it up. What was only observed is nothing to rest from: a rule that was let act this
 * morning does today what it found all week.
 */
export function stateUnder(mode: Mode, state: RuleState): RuleState {
  if (mode === 'observe' || !state.observed) return state
  return { ...state, restingUntil: null, cleared: true, lastOutcome: null, observed: false }
}

/**
 * The state of an entity that `where` leaves out: it begins anew, but for its cooldown. Nobody is told that anything is
 * over, for that is not known: most often the rule's own pause is why the entity is no longer selected.
 */
export function afterDropped(previous: RuleState, now: number): RuleState {
  const restingUntil = previous.restingUntil !== null && previous.restingUntil > now ? previous.restingUntil : null
  const observed = previous.observed && restingUntil !== null
  return { ...NEVER_EVALUATED, restingUntil, observed, actedAt: previous.actedAt, evaluatedAt: now }
}

/**
 * The state after the carrying out ended, done or failed: `cooldown` counts from here, to the minute, since a daily rule
 * that was carried out at nine and ten seconds is still wanted at nine the next day.
 *
 * @param zone the account's
 */
export function afterCarryOut(state: RuleState, endedAt: number, rule: RestingRule, zone: string): RuleState {
  const restingUntil = restEnd(rule, Math.floor(endedAt / 60_000) * 60_000, zone)
  return {
    ...state,
    state: state.state === 'fired' ? 'resting' : state.state,
    restingUntil: Math.max(restingUntil, state.restingUntil ?? 0),
  }
}

/** How long a rule rests after what was to be done could not be, and nothing was, milliseconds. */
const NEXT_TRY = 3_600_000

/**
 * The state after the carrying out failed before anything was changed or sent. There is nothing to rest from, and what was
 * wanted still is; yet what fails at once would fail at every tick, each with its message.
 */
export function afterFailedCarryOut(state: RuleState, endedAt: number, rule: RestingRule, zone: string): RuleState {
  const begun = { ...state, restingUntil: null, cleared: true, actedAt: null }
  return afterCarryOut(begun, endedAt, { ...rule, cooldown: Math.min(rule.cooldown, NEXT_TRY) }, zone)
}

/** The state after a guardrail refused before anything was done: there is nothing to rest from. */
export function afterRefusal(state: RuleState): RuleState {
  return {
    ...state,
    state: state.state === 'fired' ? 'resting' : state.state,
    restingUntil: null,
    cleared: true,
    actedAt: null,
    lastOutcome: state.lastOutcome === 'fire' ? 'hold:guardrail' : state.lastOutcome,
  }
}

/** The state after the message about this was sent. */
export const afterMessage = (state: RuleState): RuleState => ({ ...state, announced: true })
