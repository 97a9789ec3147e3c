import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { HOUR, MINUTE } from '../../clock/zone.js'
import type { Truth } from '../../value/value.js'
import type { Condition } from '../rule.js'
import {
  afterCarryOut,
  afterDropped,
  afterMessage,
  afterRefusal,
  type FiringRule,
  type RuleState,
  stateUnder,
  transition,
  type Transition,
  type TransitionContext,
} from './state.js'

// Only whether there is a condition matters here; its content is tested with the evaluation.
const SOME_CONDITION: Condition = { kind: 'all', path: 'when', conditions: [] }
const ZONE = 'Europe/Istanbul'
const START = Date.parse('2026-03-10T06:00:00Z')

const ruleOf = (parts: Partial<FiringRule> = {}): FiringRule => ({
  cadence: { kind: 'every', interval: HOUR },
  when: SOME_CONDITION,
  holdFor: 0,
  clear: null,
  cooldown: 0,
  limit: null,
  mode: 'act',
  ...parts,
})

const at = (now: number, parts: Partial<TransitionContext> = {}): TransitionContext => ({
  now,
  zone: ZONE,
  clear: null,
  isCarryingOut: false,
  sharedRestUntil: null,
  firedToday: 0,
  outranked: false,
  refused: false,
  ...parts,
})

/** Runs evaluations one after another, given in hours after the start; a firing is carried out at once. */
function run(rule: FiringRule, evaluations: readonly (readonly [hours: number, truth: Truth, clear?: Truth])[]): Transition[] {
  let state: RuleState | null = null
  return evaluations.map(([hours, truth, clear]) => {
    const now = START + hours * HOUR
    const moved = transition(rule, state, truth, at(now, { clear: clear ?? null }))
    state = moved.outcome === 'fire' ? afterMessage(afterCarryOut(moved.state, now, rule, ZONE)) : moved.state
    return moved
  })
}

const outcomes = (moves: readonly Transition[]) => moves.map(({ outcome, because }) => because ?? outcome)

describe('for', () => {
  test('0 fires at the first true evaluation', () => {
    expect(outcomes(run(ruleOf(), [[0, false], [1, true]]))).toEqual(['when', 'fire']) // prettier-ignore
  })

  test('fires at the first true evaluation at least that much later, not before', () => {
    const moves = run(ruleOf({ holdFor: 2 * HOUR, cooldown: 24 * HOUR }), [
      [0, true],
      [1.9, true],
      [2, true],
    ])
    expect(outcomes(moves)).toEqual(['for', 'for', 'fire'])
    expect(moves.map(({ state }) => state.state)).toEqual(['pending', 'pending', 'fired'])
  })

  test('begins again after an evaluation that was false or unknown', () => {
    for (const broken of [false, null]) {
      const moves = run(ruleOf({ holdFor: 2 * HOUR }), [[0, true], [1, broken], [2, true], [3.5, true], [4, true]]) // prettier-ignore
      expect(outcomes(moves)).toEqual(['for', broken === null ? 'unknown' : 'when', 'for', 'for', 'fire'])
    }
  })

  test('is not interrupted by missed evaluations', () => {
    expect(outcomes(run(ruleOf({ holdFor: 2 * HOUR }), [[0, true], [30, true]]))).toEqual(['for', 'fire']) // prettier-ignore
  })

  test('does not become longer if the clock is set back', () => {
    const pending = transition(ruleOf({ holdFor: HOUR }), null, true, at(START + 100 * HOUR)).state
    const back = transition(ruleOf({ holdFor: HOUR }), pending, true, at(START)).state
    expect(transition(ruleOf({ holdFor: HOUR }), back, true, at(START + HOUR)).outcome).toBe('fire')
  })
})

describe('cooldown', () => {
  const rule = ruleOf({ cooldown: 24 * HOUR })

  test('counts from the end of the carry-out; then the rule fires again although the condition was never false', () => {
    const fired = transition(rule, null, true, at(START))
    const done = afterCarryOut(fired.state, START + 3 * HOUR, rule, ZONE)
    expect(done.state).toBe('resting')
    expect(transition(rule, done, true, at(START + 26 * HOUR)).because).toBe('cooldown')
    expect(transition(rule, done, true, at(START + 27 * HOUR)).outcome).toBe('fire')
  })

  test('holds back during the whole carry-out, however long it takes', () => {
    const fired = transition(rule, null, true, at(START)).state
    const later = at(START + 100 * HOUR, { isCarryingOut: true })
    expect(transition(rule, fired, true, later).because).toBe('cooldown')
  })

  test('of a day lets a daily rule fire daily, although the carry-out took some seconds', () => {
    const fired = transition(rule, null, true, at(START)).state
    const done = afterCarryOut(fired, START + 42_000, rule, ZONE)
    expect(transition(rule, done, true, at(START + 24 * HOUR)).outcome).toBe('fire')
  })

  test('is over at once if a guardrail refused, because nothing was done', () => {
    const refused = afterRefusal(transition(ruleOf({ cooldown: 24 * HOUR, clear: SOME_CONDITION }), null, true, at(START)).state)
    expect(refused).toMatchObject({ state: 'resting', restingUntil: null, cleared: true, lastOutcome: 'hold:guardrail' })
    expect(transition(rule, refused, true, at(START + MINUTE)).outcome).toBe('fire')
    expect(transition(rule, refused, true, at(START + MINUTE, { refused: true }))).toMatchObject({
      outcome: 'hold',
      because: 'guardrail',
      changed: false,
    })
  })

  test('remains when `where` no longer selects the entity, and nothing else does', () => {
    const fired = afterMessage(transition(ruleOf({ cooldown: 24 * HOUR, clear: SOME_CONDITION }), null, true, at(START)).state)
    const dropped = afterDropped(fired, START + HOUR)
    expect(dropped).toEqual({
      state: 'waiting',
      pendingSince: null,
      restingUntil: START + 24 * HOUR,
      cleared: true,
      lastOutcome: null,
      announced: false,
      observed: false,
      // It acted, and rests from that.
      actedAt: START,
      evaluatedAt: START + HOUR,
    })
    expect(afterDropped(fired, START + 25 * HOUR).restingUntil).toBeNull()
  })
})

describe('clear', () => {
  const rule = ruleOf({ clear: SOME_CONDITION })

  test('must have been true between two firings, but not before the first', () => {
    const moves = run(rule, [[0, true, false], [1, true, false], [2, false, null], [3, true, true], [4, true, false]]) // prettier-ignore
    expect(outcomes(moves)).toEqual(['fire', 'clear', 'when', 'fire', 'clear'])
  })

  test('counts even if the condition was not true at that evaluation', () => {
    const moves = run(rule, [[0, true, false], [1, false, true], [2, true, false]]) // prettier-ignore
    expect(outcomes(moves)).toEqual(['fire', 'when', 'fire'])
  })
})

describe('messages', () => {
  test('about the same matter are sent once until the condition was false, then one that it is over', () => {
    const moves = run(ruleOf(), [[0, true], [1, true], [2, null], [3, true], [4, false], [5, false], [6, true]]) // prettier-ignore
    expect(moves.map(({ announce }) => announce)).toEqual([true, false, false, false, false, false, true])
    expect(moves.map(({ resolved }) => resolved)).toEqual([false, false, false, false, true, false, false])
    expect(moves.filter(({ outcome }) => outcome === 'fire')).toHaveLength(4)
  })

  test('of a rule with `clear` are over once `clear` is true, not when the condition is merely no longer true', () => {
    const rule = ruleOf({ clear: SOME_CONDITION })
    const moves = run(rule, [[0, true, false], [1, false, false], [2, true, null], [3, null, true], [4, false, true], [5, true, false]]) // prettier-ignore
    expect(outcomes(moves)).toEqual(['fire', 'when', 'clear', 'unknown', 'when', 'fire'])
    expect(moves.map(({ resolved }) => resolved)).toEqual([false, false, false, true, false, false])
    expect(moves.map(({ announce }) => announce)).toEqual([true, false, false, false, false, true])
  })

  test('are over if `clear` and the condition are both true; if the rule fires again at once, only the new message is sent', () => {
    const clear = { clear: SOME_CONDITION }
    const resting = run(ruleOf({ ...clear, cooldown: 24 * HOUR }), [[0, true, false], [1, true, true], [2, true, true]]) // prettier-ignore
    expect(resting.map(({ because, resolved }) => [because, resolved])).toEqual([[null, false], ['cooldown', true], ['cooldown', false]]) // prettier-ignore
    const again = run(ruleOf(clear), [[0, true, false], [1, true, true]]) // prettier-ignore
    expect(again.map(({ outcome, announce, resolved }) => [outcome, announce, resolved])).toEqual([['fire', true, false], ['fire', true, false]]) // prettier-ignore
  })

  test('of a rule without `when` are all sent, like reports', () => {
    const moves = run(ruleOf({ when: null }), [[0, true], [24, true], [48, true]]) // prettier-ignore
    expect(moves.map(({ announce }) => announce)).toEqual([true, true, true])
  })

  test('of an event are about that event alone: each is sent, and none is followed by one that it is over', () => {
    const rule = ruleOf({ cadence: { kind: 'hook', name: 'order-paid' } })
    const moves = run(rule, [[0, true], [0.01, true], [0.02, false], [0.03, true], [0.04, null], [0.05, true]]) // prettier-ignore
    expect(outcomes(moves)).toEqual(['fire', 'fire', 'when', 'fire', 'unknown', 'fire'])
    expect(moves.map(({ announce }) => announce)).toEqual([true, true, false, true, false, true])
    expect(moves.some(({ resolved }) => resolved)).toBe(false)
  })

  test('that were never sent are not followed by one that it is over', () => {
    const fired = transition(ruleOf(), null, true, at(START)).state
    expect(transition(ruleOf(), fired, false, at(START + HOUR)).resolved).toBe(false)
  })
})

test('limit, priority and guardrail hold back in this order, after the rule’s own keys', () => {
  const rule = ruleOf({ limit: { count: 2, per: 'day' }, holdFor: HOUR, cooldown: HOUR })
  const due: RuleState = { ...transition(rule, null, true, at(START)).state, pendingSince: START - 2 * HOUR }
  const all = { firedToday: 2, outranked: true, refused: true }
  const because = (parts: Partial<TransitionContext>) => transition(rule, due, true, at(START, parts)).because
  expect(because({ ...all, sharedRestUntil: START + 1 })).toBe('cooldown')
  expect(because(all)).toBe('limit')
  expect(because({ ...all, firedToday: 1 })).toBe('priority')
  expect(because({ refused: true })).toBe('guardrail')
  expect(transition(rule, due, true, at(START, all)).state.state).toBe('resting')
})

test('an outcome counts as changed only if it or its reason differs; a firing always does', () => {
  const moves = run(ruleOf({ holdFor: HOUR }), [[0, false], [1, false], [2, null], [3, null], [4, true], [5, true], [6, true]]) // prettier-ignore
  expect(moves.map(({ changed }) => changed)).toEqual([true, false, true, false, true, true, true])
})

describe('for every rule and every sequence of evaluations', () => {
  const someRule = fc.record({
    holdFor: fc.integer({ min: 0, max: 6 }).map((n) => n * 30 * MINUTE),
    cooldown: fc.integer({ min: 0, max: 10 }).map((n) => n * 30 * MINUTE),
    clear: fc.constantFrom(null, SOME_CONDITION),
  })
  const someEvaluation = fc.record({
    gap: fc.integer({ min: 1, max: 5 }).map((n) => n * 30 * MINUTE),
    truth: fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, fc.constant(false), fc.constant(null)),
    clear: fc.constantFrom(true, false, null),
    carryOut: fc.integer({ min: 0, max: 90 }).map((n) => n * MINUTE),
  })
  const someSequence = fc.array(someEvaluation, { minLength: 1, maxLength: 40 })

  test('it fires exactly when a direct reading of the contract says so', () => {
    fc.assert(
      fc.property(someRule, someSequence, (parts, sequence) => {
        const rule = ruleOf(parts)
        let state: RuleState | null = null
        let now = START
        // The contract, without the state: a history of evaluations, and the times of the carry-outs.
        const history: { now: number; truth: Truth; clear: Truth }[] = []
        const ends: { fired: number; ended: number }[] = []
        for (const { gap, truth, clear, carryOut } of sequence) {
          now += gap
          const last = ends.at(-1)
          const isCarryingOut = last !== undefined && last.ended > now
          if (last !== undefined && !isCarryingOut && state !== null) state = afterCarryOut(state, last.ended, rule, ZONE)
          history.push({ now, truth, clear })

          const lastNotTrue = history.findLastIndex((one) => one.truth !== true)
          const since = history[lastNotTrue + 1]?.now
          const longEnough = since !== undefined && now - since >= rule.holdFor
          const rested = last === undefined || (!isCarryingOut && now >= last.ended + rule.cooldown)
          const cleared =
            rule.clear === null || last === undefined || history.some((one) => one.now > last.fired && one.clear === true)
          const expected = longEnough && rested && cleared

          // A restarted worker continues with what was stored.
          const stored = JSON.parse(JSON.stringify(state)) as RuleState | null
          const moved = transition(rule, stored, truth, at(now, { clear, isCarryingOut }))
          expect(moved.outcome === 'fire').toBe(expected)
          state = moved.state
          if (moved.outcome === 'fire') ends.push({ fired: now, ended: now + carryOut })
        }
        for (const [n, { fired }] of ends.entries()) {
          if (n > 0) expect(fired - ends[n - 1]!.ended).toBeGreaterThanOrEqual(rule.cooldown)
        }
      }),
      { numRuns: 300 },
    )
  })

  test('between two messages the matter was over, by `clear` or else by the condition, and a message said so', () => {
    fc.assert(
      fc.property(someRule, someSequence, (parts, sequence) => {
        const rule = ruleOf(parts)
        let state: RuleState | null = null
        let isSent = false
        let now = START
        for (const { gap, truth, clear } of sequence) {
          now += gap
          const moved: Transition = transition(rule, state, truth, at(now, { clear }))
          state = moved.state
          const isOver = isSent && (rule.clear === null ? truth === false : clear === true)
          expect(moved.resolved).toBe(isOver && moved.outcome !== 'fire')
          if (isOver) isSent = false
          if (moved.outcome === 'fire') {
            expect(moved.announce).toBe(!isSent)
            state = afterMessage(state)
            isSent = true
          }
        }
      }),
    )
  })
})

describe('a rule that only observed and now acts', () => {
  const observing = ruleOf({ cooldown: 24 * HOUR, mode: 'observe', clear: SOME_CONDITION })
  const acting = { ...observing, mode: 'act' } as const
  const fired = transition(observing, null, true, at(START)).state

  test('does not rest from what it observed, not even if `clear` was never true', () => {
    expect(fired).toMatchObject({ observed: true, restingUntil: START + 24 * HOUR, cleared: false })
    const taken = stateUnder('act', fired)
    expect(transition(acting, taken, true, at(START + HOUR, { clear: false })).outcome).toBe('fire')
    expect(transition(acting, fired, true, at(START + HOUR, { clear: false })).outcome).toBe('hold')
  })

  test('rests from what it did itself, and an observing rule still rests from what it observed', () => {
    const acted = transition(acting, stateUnder('act', fired), true, at(START + HOUR)).state
    expect(acted.observed).toBe(false)
    expect(stateUnder('act', acted)).toEqual(acted)
    expect(stateUnder('observe', fired)).toEqual(fired)
    expect(transition(observing, fired, true, at(START + HOUR, { clear: true })).because).toBe('cooldown')
  })

  test('keeps how long the condition has been true', () => {
    expect(stateUnder('act', fired).pendingSince).toBe(START)
  })
})
