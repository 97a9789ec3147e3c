import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { ruleOf as anyRule } from '../../../test/support/rows.js'
import { HOUR } from '../../clock/zone.js'
import type { Evaluation, Outcome } from '../decision.js'
import type { Rule, Step } from '../rule.js'
import { afterCarryOut, type RuleState } from './state.js'
import { decideTick, type RuleInTick, type SelectedEntity } from './tick.js'

const NOW = Date.parse('2026-03-10T06:00:00Z')
const PAUSE: Step = { kind: 'pause' }
const RAISE: Step = { kind: 'budget', change: { kind: 'relative', ratio: 0.15 }, min: null, max: null }
const TELL: Step = { kind: 'whatsapp', to: 'owner', text: [{ kind: 'text', text: 'look' }] }

const ruleOf = (id: string, parts: Partial<Rule> = {}): Rule =>
  anyRule({
    id,
    account: null,
    cadence: { kind: 'every', interval: HOUR },
    when: { kind: 'all', path: 'when', conditions: [] },
    ...parts,
  })

const evaluationOf = (rule: string, id: string, outcome: Outcome): Evaluation => ({
  rule,
  version: 'v1',
  entity: { scope: 'adset', key: id, id, name: `Ad set ${id}` },
  outcome,
  because: outcome === 'hold' ? 'when' : null,
  trace: [],
  clear: null,
})

const entityOf = (rule: string, id: string, parts: Partial<SelectedEntity> & { outcome?: Outcome } = {}): SelectedEntity => {
  const { outcome = 'fire', ...rest } = parts
  return {
    ...evaluationOf(rule, id, outcome),
    state: null,
    isCarryingOut: false,
    budgetOwner: null,
    ...rest,
  }
}

const inTick = (rule: Rule, ids: readonly string[], parts: Partial<SelectedEntity> = {}): RuleInTick => ({
  rule,
  firedToday: 0,
  selected: ids.map((id) => entityOf(rule.id, id, parts)),
  unselected: [],
})

const decide = (rules: readonly RuleInTick[], now = NOW) => decideTick({ now, zone: 'Europe/Istanbul', rules })
const lines = (rules: readonly RuleInTick[], now = NOW) =>
  decide(rules, now).decisions.map(({ rule, entity, outcome, because }) => `${rule} ${entity.key} ${because ?? outcome}`)

describe('limit', () => {
  test('counts all entities of the rule, in the numeric order of their ids', () => {
    const rule = ruleOf('a', { limit: { count: 3, per: 'day' } })
    const ticked = { ...inTick(rule, ['100', '23', '9', '24']), firedToday: 1 }
    expect(lines([ticked])).toEqual(['a 9 fire', 'a 23 fire', 'a 24 limit', 'a 100 limit'])
  })

  test('is not used up by entities that do not fire', () => {
    const rule = ruleOf('a', { limit: { count: 1, per: 'day' } })
    const selected = [entityOf('a', '1', { outcome: 'hold' }), entityOf('a', '2', { outcome: 'unknown' }), entityOf('a', '3')]
    expect(lines([{ rule, firedToday: 0, selected, unselected: [] }])).toEqual(['a 1 when', 'a 2 unknown', 'a 3 fire'])
  })
})

describe('priority', () => {
  test('of two rules that change the same thing the higher wins, and the other’s note names it', () => {
    const low = inTick(ruleOf('a-first', { priority: 1 }), ['1'])
    const high = inTick(ruleOf('b-second', { priority: 10, then: [{ kind: 'start', any: false }] }), ['1'])
    const { decisions } = decide([low, high])
    expect(decisions.map(({ rule, because }) => [rule, because])).toEqual([
      ['b-second', null],
      ['a-first', 'priority'],
    ])
    expect(decisions[1]!.note).toBe('Rule b-second changes the same thing and goes first (priority 10 over 1).')
  })

  test('ties are decided by the rule’s id', () => {
    expect(lines([inTick(ruleOf('b'), ['1']), inTick(ruleOf('a'), ['1'])])).toEqual(['a 1 fire', 'b 1 priority'])
  })

  test('different fields, other entities and messages do not block each other', () => {
    const rules = [
      inTick(ruleOf('a', { then: [PAUSE] }), ['1']),
      inTick(ruleOf('b', { then: [RAISE] }), ['1']),
      inTick(ruleOf('c', { then: [TELL] }), ['1']),
      inTick(ruleOf('d', { then: [PAUSE] }), ['2']),
    ]
    expect(lines(rules)).toEqual(['a 1 fire', 'b 1 fire', 'c 1 fire', 'd 2 fire'])
  })

  test('a rule that is held back without having acted, or only observes, blocks no other', () => {
    const resting: RuleState = {
      state: 'resting',
      pendingSince: NOW - HOUR,
      restingUntil: NOW + HOUR,
      cleared: true,
      lastOutcome: 'fire',
      announced: false,
      observed: false,
      actedAt: null,
      evaluatedAt: NOW - HOUR,
    }
    const rules = [
      inTick(ruleOf('rests', { priority: 3 }), ['1'], { state: resting }),
      inTick(ruleOf('observes', { priority: 2, mode: 'observe' }), ['1']),
      inTick(ruleOf('acts', { priority: 1 }), ['1']),
    ]
    expect(lines(rules)).toEqual(['rests 1 cooldown', 'observes 1 fire', 'acts 1 fire'])
    expect(decide(rules).decisions[0]!.note).toBe('It rests until 2026-03-10 10:00.')
  })
})

describe('a campaign’s budget', () => {
  const campaign = { scope: 'campaign', key: '7' } as const
  const rule = ruleOf('raise', { then: [RAISE], cooldown: 24 * HOUR })

  test('changes once a tick, however many ad sets fire', () => {
    const { decisions } = decide([inTick(rule, ['1', '2', '3'], { budgetOwner: campaign })])
    expect(decisions.map(({ because }) => because)).toEqual([null, 'priority', 'priority'])
    expect(decisions[1]!.note).toBe('The budget is shared and changes only once a tick, now for “Ad set 1”.')
  })

  test('rests for all of its ad sets, even if the one that fired is no longer selected', () => {
    const first = decide([inTick(rule, ['1', '2'], { budgetOwner: campaign })]).decisions
    const [one, two] = first.map(({ state }) => state)
    const done = afterCarryOut(one!, NOW, rule, 'Europe/Istanbul')
    const next: RuleInTick = {
      rule,
      firedToday: 1,
      selected: [entityOf('raise', '2', { state: two!, budgetOwner: campaign })],
      unselected: [
        { entity: { scope: 'adset', key: '1' }, state: done, isCarryingOut: false, budgetOwner: campaign, wanted: null },
      ],
    }
    expect(lines([next], NOW + HOUR)).toEqual(['raise 2 cooldown'])
    expect(lines([next], NOW + 24 * HOUR)).toEqual(['raise 2 fire'])
  })

  test('rests while the firing is still being carried out', () => {
    const selected = [
      entityOf('raise', '1', { outcome: 'hold', isCarryingOut: true, budgetOwner: campaign }),
      entityOf('raise', '2', { budgetOwner: campaign }),
    ]
    const { decisions } = decide([{ rule, firedToday: 1, selected, unselected: [] }])
    expect(decisions[1]).toMatchObject({ because: 'cooldown', note: 'An earlier firing is still being carried out.' })
  })

  test('does not matter for an ad set with a budget of its own', () => {
    const own = (id: string) => entityOf('raise', id, { budgetOwner: { scope: 'adset', key: id } })
    expect(lines([{ rule, firedToday: 0, selected: [own('1'), own('2')], unselected: [] }])).toEqual([
      'raise 1 fire',
      'raise 2 fire',
    ])
  })
})

test('a firing that a guardrail refuses is held, blocks no other rule, and does not count against the limit', () => {
  const picky = ruleOf('a', { limit: { count: 1, per: 'day' } })
  const other = ruleOf('b')
  const asked: string[] = []
  const { decisions } = decideTick({
    now: NOW,
    zone: 'Europe/Istanbul',
    rules: [inTick(picky, ['1', '2']), inTick(other, ['1'])],
    refuse: (rule, { entity }) => {
      asked.push(`${rule.id} ${entity.key}`)
      return rule.id === 'a' && entity.key === '1' ? { reason: 'It is protected.' } : null
    },
  })
  expect(decisions.map(({ outcome, because, note }) => [outcome, because, note])).toEqual([
    ['hold', 'guardrail', 'It is protected.'],
    ['fire', null, null],
    ['fire', null, null],
  ])
  expect(asked).toEqual(['a 1', 'a 2', 'b 1'])
})

test('an entity that `where` no longer selects begins again, but keeps its cooldown', () => {
  const rule = ruleOf('a')
  const { state } = decide([inTick(rule, ['1'])]).decisions[0]!
  const entity = { scope: 'adset', key: '1' } as const
  const { unselected } = decide([
    { rule, firedToday: 1, selected: [], unselected: [{ entity, state, isCarryingOut: true, budgetOwner: null, wanted: null }] },
  ])
  expect(unselected).toMatchObject([{ rule: 'a', entity, state: { state: 'waiting', restingUntil: NOW + 24 * HOUR } }])
})

test('a tick has the same result in whatever order its rules and entities come, and nothing is changed twice', () => {
  const someRule = fc.record({
    priority: fc.integer({ min: 0, max: 2 }),
    limit: fc.constantFrom(null, { count: 1, per: 'day' as const }, { count: 3, per: 'day' as const }),
    then: fc.constantFrom([PAUSE], [RAISE], [PAUSE, RAISE], [TELL]),
    ids: fc.uniqueArray(fc.integer({ min: 1, max: 12 }).map(String), { maxLength: 6 }),
  })
  fc.assert(
    fc.property(fc.array(someRule, { maxLength: 5 }), fc.infiniteStream(fc.nat()), (parts, keys) => {
      const rules = parts.map(({ ids, ...part }, n) => {
        const rule = ruleOf(`rule-${n}`, part)
        const campaignOf = (id: string) => ({ scope: 'campaign' as const, key: `c${Number(id) % 3}` })
        return { ...inTick(rule, []), selected: ids.map((id) => entityOf(rule.id, id, { budgetOwner: campaignOf(id) })) }
      })
      const shuffled = <T>(items: readonly T[]): T[] =>
        items
          .map((item) => ({ item, key: keys.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ item }) => item)
      const again = shuffled(rules).map((rule) => ({ ...rule, selected: shuffled(rule.selected) }))
      const decided = decide(rules)
      expect(decide(again)).toEqual(decided)

      const wanted = decided.decisions
        .filter(({ outcome }) => outcome === 'fire')
        .flatMap(({ rule: id, entity }) => {
          const steps = rules.find(({ rule }) => rule.id === id)!.rule.then
          return steps.flatMap((step) => {
            if (step.kind === 'pause') return [`status ${entity.key}`]
            return step.kind === 'budget' ? [`budget ${Number(entity.key) % 3}`] : []
          })
        })
      expect(new Set(wanted).size).toBe(wanted.length)
    }),
  )
})
