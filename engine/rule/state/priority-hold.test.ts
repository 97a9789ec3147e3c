/** A rule that rests because it acted holds back rules of lower priority. */

import { describe, expect, test } from 'vitest'

import { ruleOf as anyRule } from '../../../test/support/rows.js'
import { DAY, MINUTE } from '../../clock/zone.js'
import type { FactEntity } from '../../facts/facts.js'
import type { Truth } from '../../value/value.js'
import type { Rule, Step } from '../rule.js'
import type { ClaimTarget } from './claim.js'
import type { RuleWithStates } from './priority-hold.js'
import { afterFailedCarryOut, afterRefusal, type RuleState } from './state.js'
import { decideTick, type RuleInTick } from './tick.js'

const ZONE = 'Europe/Istanbul'
const NOW = Date.parse('2026-03-10T12:00:00+03:00')
const PAUSE: Step = { kind: 'pause' }
const START: Step = { kind: 'start', any: true }
const RAISE: Step = { kind: 'budget', change: { kind: 'relative', ratio: 0.1 }, min: null, max: null }
const CONDITION: Rule['when'] = { kind: 'all', path: 'when', conditions: [] }

const ruleOf = (id: string, parts: Partial<Rule> = {}): Rule =>
  anyRule({ id, account: null, cadence: { kind: 'every', interval: MINUTE }, when: CONDITION, ...parts })

const high = (parts: Partial<Rule> = {}): Rule => ruleOf('high', { priority: 10, ...parts })
const low = (parts: Partial<Rule> = {}): Rule => ruleOf('low', { priority: 1, then: [START], ...parts })

interface Found {
  readonly truth?: Truth
  readonly state?: RuleState | null
  readonly clear?: Truth
  readonly isCarryingOut?: boolean
  readonly entity?: string
  readonly budgetOwner?: ClaimTarget | null
  readonly firedToday?: number
}

const entityOf = (key: string): FactEntity => ({ scope: 'adset', key, id: key, name: `Ad set ${key}` })

function inTick(rule: Rule, found: Found = {}): RuleInTick {
  const {
    truth = true,
    state = null,
    clear = null,
    isCarryingOut = false,
    entity = '1',
    budgetOwner = null,
    firedToday = 0,
  } = found
  const outcome = truth === null ? 'unknown' : truth ? 'fire' : 'hold'
  const evaluation = { rule: rule.id, version: 'v1', entity: entityOf(entity), outcome, because: null, trace: [] } as const
  return { rule, firedToday, selected: [{ ...evaluation, clear, state, isCarryingOut, budgetOwner }], unselected: [] }
}

const decide = (rules: readonly RuleInTick[], now = NOW, notDue: readonly RuleWithStates[] = []) =>
  decideTick({ now, zone: ZONE, rules, notDue })

/** Returns the state of a rule that fired at NOW. */
function fired(rule: Rule, found: Found = {}): RuleState {
  const decision = decide([inTick(rule, found)]).decisions[0]!
  expect(decision.outcome).toBe('fire')
  return decision.state
}

/** Returns the outcome of the lower rule a minute later, together with the higher one. */
function lower(rule: Rule, found: Found, beneath = low(), own: Found = {}): string {
  const decision = decide([inTick(rule, found), inTick(beneath, own)], NOW + MINUTE).decisions.find(
    ({ rule }) => rule === beneath.id,
  )!
  return decision.because ?? decision.outcome
}

describe('while a rule rests because it acted', () => {
  test('a rule of lower priority that changes the same is held, and its note says why', () => {
    const state = fired(high())
    const { decisions } = decide([inTick(high(), { state }), inTick(low())], NOW + MINUTE)
    expect(decisions.map(({ because }) => because)).toEqual(['cooldown', 'priority'])
    expect(decisions[1]!.note).toBe(
      'Rule high goes first (priority 10 over 1): it acted on the same thing and rests until 2026-03-11 12:00.',
    )
  })

  test('it is held if the condition is true or unknown, and released if it is false or the rest is over', () => {
    const state = fired(high())
    expect(lower(high(), { state, truth: true })).toBe('priority')
    expect(lower(high(), { state, truth: null })).toBe('priority')
    expect(lower(high(), { state, truth: false })).toBe('fire')
    const over = decide([inTick(high(), { state, truth: null }), inTick(low())], NOW + DAY).decisions
    expect(over.map(({ outcome }) => outcome)).toEqual(['unknown', 'fire'])
  })

  test('it is held as long as `clear`, a limit reached today or the carry-out makes the other one rest', () => {
    const clears = high({ clear: CONDITION, cooldown: 0 })
    expect(lower(clears, { state: fired(clears), clear: false })).toBe('priority')
    expect(lower(clears, { state: fired(clears), clear: true, truth: null })).toBe('fire')
    const limited = high({ limit: { count: 1, per: 'day' }, cooldown: 0 })
    expect(lower(limited, { state: fired(limited), firedToday: 1 })).toBe('priority')
    const yesterday = { ...fired(limited), actedAt: NOW - DAY }
    expect(lower(limited, { state: yesterday, firedToday: 1 })).toBe('fire')
    const waits = high({ when: null, cooldown: 0 })
    expect(lower(waits, { state: fired(waits), isCarryingOut: true })).toBe('priority')
  })

  test('asking for an approval counts as acting, because the answer is still open', () => {
    const asks = high({ mode: 'ask' })
    expect(lower(asks, { state: fired(asks), isCarryingOut: true })).toBe('priority')
    expect(lower(asks, { state: fired(asks) })).toBe('priority')
  })

  test('an observing rule holds no other, not even in the same tick', () => {
    const observes = high({ mode: 'observe' })
    expect(lower(observes, { state: fired(observes) })).toBe('fire')
    expect(lower(observes, {})).toBe('fire')
  })

  test('a firing that was refused, or failed before anything was done, holds no other', () => {
    expect(lower(high(), { state: afterRefusal(fired(high())), truth: null })).toBe('fire')
    expect(lower(high(), { state: afterFailedCarryOut(fired(high()), NOW, high(), ZONE) })).toBe('fire')
  })

  test('only the same field of the same entity is held, and only from a lower priority', () => {
    const state = fired(high())
    expect(lower(high(), { state }, low({ then: [RAISE] }))).toBe('fire')
    expect(lower(high(), { state }, low(), { entity: '2' })).toBe('fire')
    expect(lower(high(), { state }, low({ priority: 10 }))).toBe('fire')
    expect(lower(high(), { state }, low({ priority: 9, then: [RAISE, PAUSE] }))).toBe('priority')
  })

  test('a budget is held where it is set: a campaign’s for all of its ad sets', () => {
    const budgetOwner = { scope: 'campaign', key: '7' } as const
    const raises = high({ then: [RAISE] })
    const cuts = low({ then: [RAISE] })
    const state = fired(raises, { budgetOwner })
    expect(lower(raises, { state, budgetOwner }, cuts, { entity: '2', budgetOwner })).toBe('priority')
    expect(lower(raises, { state, budgetOwner }, cuts, { entity: '2', budgetOwner: { scope: 'adset', key: '2' } })).toBe('fire')
  })
})

describe('an entity that `where` no longer selects', () => {
  const left = (wanted: Truth): string => {
    const above: RuleInTick = {
      rule: high(),
      firedToday: 1,
      selected: [],
      unselected: [
        { entity: { scope: 'adset', key: '1' }, state: fired(high()), isCarryingOut: false, budgetOwner: null, wanted },
      ],
    }
    const [decision] = decide([above, inTick(low())], NOW + MINUTE).decisions
    return decision!.because ?? decision!.outcome
  }

  test('is held by the value of `when`, because the rule’s own pause is why it is not selected', () => {
    expect(left(true)).toBe('priority')
    expect(left(null)).toBe('priority')
    expect(left(false)).toBe('fire')
  })
})

describe('a rule that is not due', () => {
  const standing = (rule: Rule, wanted: Truth, state = fired(rule)): RuleWithStates => ({
    rule,
    firedToday: 1,
    unselected: [{ entity: { scope: 'adset', key: '1' }, state, isCarryingOut: false, budgetOwner: null, wanted }],
  })
  const lowerWith = (...rules: readonly RuleWithStates[]): string => {
    const { decisions } = decide([inTick(low())], NOW + MINUTE, rules)
    expect(decisions).toHaveLength(1)
    return decisions[0]!.because ?? decisions[0]!.outcome
  }

  test('holds others in the same way, and nothing is decided for it', () => {
    expect(lowerWith(standing(high(), true))).toBe('priority')
    expect(lowerWith(standing(high(), null))).toBe('priority')
    expect(lowerWith(standing(high(), false))).toBe('fire')
    expect(lowerWith(standing(high({ mode: 'observe' }), true))).toBe('fire')
    expect(lowerWith(standing(high({ priority: 1 }), true))).toBe('fire')
    expect(lowerWith(standing(high(), true, afterRefusal(fired(high()))))).toBe('fire')
  })

  test('the highest of several is named', () => {
    const rules = [standing(high(), true), standing(ruleOf('higher', { priority: 20 }), true)]
    expect(decide([inTick(low())], NOW + MINUTE, rules).decisions[0]!.note).toContain('Rule higher goes first')
  })
})
