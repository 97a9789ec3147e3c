/**
 * The state of a rule for one entity, and its transitions. Pure: the time and what other rules did are parameters. The result is
 * stored as it is, so that `for` and `cooldown` survive restarts.
 */

import type { Truth } from '../../value/value.js'
import type { Because, Outcome } from '../decision.js'
import type { Mode, Rule } from '../rule.js'
import { restEnd, type RestingRule } from './rest-end.js'

/**
 * waiting: the condition is not true. pending: it is true, but not yet for as long as `for` requires. fired: the rule fired at
 * the last evaluation. resting: it has been true for long enough, but `clear`, `cooldown`, `limit`, `priority` or a guardrail
 * holds it back.
 */
export type StateName = 'waiting' | 'pending' | 'fired' | 'resting'

/** The columns of `rule_states` except its keys. Instants are epoch milliseconds. */
export interface RuleState {
  readonly state: StateName
  /** The first evaluation since which the condition has always been true. */
  readonly pendingSince: number | null
  readonly restingUntil: number | null
  /** Whether `clear` was true since the last firing; true if it never fired. */
  readonly cleared: boolean
  /** `fire`, `unknown` or `hold:<because>`, so that only changes are stored as decisions. */
  readonly lastOutcome: string | null
  /**
   * Whether a message was sent and the matter is not over: it is over when the condition is false, or when `clear`, if any, is
   * true.
   */
  readonly announced: boolean
  /** Whether the last firing was only observed, so that a rule that acts has no reason to rest. */
  readonly observed: boolean
  /**
   * When it last fired and acted, or asked for an approval; null if it never did, or without effect. While it rests from that, it
   * holds back rules of lower priority (`priority-hold.ts`).
   */
  readonly actedAt: number | null
  readonly evaluatedAt: number
}

/** The parts of a rule that determine when it fires. */
export type FiringRule = Pick<Rule, 'cadence' | 'when' | 'holdFor' | 'clear' | 'cooldown' | 'limit' | 'mode'>

/**
 * Returns whether a rule's firings are about one continuing matter, so that its message is sent once, and another one when the
 * matter is over. A rule without `when` has no condition that could become false, and each event from outside is a separate
 * matter.
 */
export const isAboutOneThing = (rule: Pick<Rule, 'cadence' | 'when'>): boolean =>
  rule.when !== null && rule.cadence.kind !== 'hook'

export interface TransitionContext {
  /** The time that is evaluated. */
  readonly now: number
  /** The account's time zone. */
  readonly zone: string
  /** The value of `clear`; null if it is unknown or the rule has none. */
  readonly clear: Truth
  /** Whether an earlier firing for this entity is still being carried out, or waits for an approval. */
  readonly isCarryingOut: boolean
  /** When the rest ends that another entity's firing causes, because both share a budget; null for none. */
  readonly sharedRestUntil: number | null
  /** Firings of the rule so far on the account's current day, for all of its entities. */
  readonly firedToday: number
  /** Whether another rule or entity has precedence in changing the same field in this tick. */
  readonly outranked: boolean
  /** Whether a guardrail would refuse the firing. */
  readonly refused: boolean
}

export interface Transition {
  readonly state: RuleState
  readonly outcome: Outcome
  readonly because: Because | null
  /** Whether the outcome differs from the last one; a firing always does. Only then a decision is stored. */
  readonly changed: boolean
  /** For a firing: whether its messages are sent. They are not if one about this matter was already sent. */
  readonly announce: boolean
  /** Whether the recipients of the earlier message get one that the matter is over. */
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
 * Returns the state of a rule for an entity after an evaluation.
 *
 * Pending begins with the first true evaluation; the rule fires at the first true one at least `for` later. Unknown counts as not
 * true. A missed evaluation changes nothing. After a rest the rule may fire again even if the condition was never false.
 */
export function transition(rule: FiringRule, previous: RuleState | null, truth: Truth, context: TransitionContext): Transition {
  const { now } = context
  const before = previous ?? NEVER_EVALUATED
  const cleared = before.cleared || context.clear === true
  // While `when` is false and `clear` is not true yet, the matter is still open.
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
  // If the clock was set back, the wait must not become longer than `for`.
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
      // The cooldown counts from here until the carry-out ends, and then from its end (`afterCarryOut`).
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
    // If it is over and begins again at once, the new message is enough.
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
  if (context.isCarryingOut || restUntil > now) return 'cooldown'
  if (rule.limit !== null && context.firedToday >= rule.limit.count) return 'limit'
  if (context.outranked) return 'priority'
  return context.refused ? 'guardrail' : null
}

/**
 * Returns the stored state as it applies in the rule's current mode. An observed firing is no reason to rest: a rule that
 * observed for a week and may act since this morning acts today.
 */
export function stateUnder(mode: Mode, state: RuleState): RuleState {
  if (mode === 'observe' || !state.observed) return state
  return { ...state, restingUntil: null, cleared: true, lastOutcome: null, observed: false }
}

/**
 * Returns the state for an entity that `where` does not select: it starts again, but keeps its cooldown. No message says that the
 * matter is over, because that is unknown: usually the rule's own pause is why the entity is no longer selected.
 */
export function afterDropped(previous: RuleState, now: number): RuleState {
  const restingUntil = previous.restingUntil !== null && previous.restingUntil > now ? previous.restingUntil : null
  const observed = previous.observed && restingUntil !== null
  return { ...NEVER_EVALUATED, restingUntil, observed, actedAt: previous.actedAt, evaluatedAt: now }
}

/**
 * Returns the state after a carry-out has ended, done or failed. `cooldown` counts from here, rounded down to the minute: a daily
 * rule that was carried out at 09:00:10 must be able to fire at 09:00:00 the next day.
 *
 * @param zone the account's time zone
 */
export function afterCarryOut(state: RuleState, endedAt: number, rule: RestingRule, zone: string): RuleState {
  const restingUntil = restEnd(rule, Math.floor(endedAt / 60_000) * 60_000, zone)
  return {
    ...state,
    state: state.state === 'fired' ? 'resting' : state.state,
    restingUntil: Math.max(restingUntil, state.restingUntil ?? 0),
  }
}

/** How long a rule rests after a carry-out that failed without any effect, in milliseconds. */
const NEXT_TRY = 3_600_000

/**
 * Returns the state after a carry-out that failed before anything was changed or sent. The rule should try again, but not at
 * every tick, each with a notice of the failure.
 */
export function afterFailedCarryOut(state: RuleState, endedAt: number, rule: RestingRule, zone: string): RuleState {
  const begun = { ...state, restingUntil: null, cleared: true, actedAt: null }
  return afterCarryOut(begun, endedAt, { ...rule, cooldown: Math.min(rule.cooldown, NEXT_TRY) }, zone)
}

/** Returns the state after a guardrail refused before anything was done: there is no reason to rest. */
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

/** Returns the state after a message was sent. */
export const afterMessage = (state: RuleState): RuleState => ({ ...state, announced: true })
