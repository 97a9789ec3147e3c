import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { HOUR } from '../clock/zone.js'
import type { FactEntity } from '../facts/facts.js'
import type { Rule, Step } from '../rule/rule.js'
import { afterMessage, type RuleState } from '../rule/state/state.js'
import { decideTick, type RuleInTick } from '../rule/state/tick.js'
import { type RuleVerdicts, Simulation } from './simulation.js'
import { truthOf, VERDICT, verdictOf } from './verdict.js'

const ZONE = 'Europe/Istanbul'
const START = Date.parse('2026-03-10T06:00:00Z')
const PAUSE: Step = { kind: 'pause' }
const TELL: Step = { kind: 'whatsapp', to: 'owner', text: [{ kind: 'text', text: 'look' }] }
const { true: YES, false: NO, unknown: MAYBE, leftOut: OUT, absent: GONE } = VERDICT

const ruleOf = (id: string, parts: Partial<Rule> = {}): Rule =>
  ({
    id,
    version: 'v1',
    scope: 'adset',
    cadence: { kind: 'every', interval: HOUR },
    where: null,
    when: { kind: 'all', path: 'when', conditions: [] },
    holdFor: 0,
    clear: null,
    cooldown: 24 * HOUR,
    limit: null,
    priority: 0,
    mode: 'act',
    then: [PAUSE],
    ...parts,
  }) as Rule

const entitiesOf = (count: number): FactEntity[] =>
  Array.from({ length: count }, (_, index) => ({ scope: 'adset', key: `${index}`, id: `${index}`, name: `Ad set ${index}` }))

/** Simulates one rule on one ad set with one verdict per hour, and returns the outcomes. */
function outcomes(rule: Partial<Rule>, verdicts: readonly number[], clear: readonly number[] | null = null): string[] {
  const simulation = new Simulation([{ rule: ruleOf('a', rule), entities: entitiesOf(1) }], ZONE)
  return verdicts.map((verdict, hour) => {
    const judged = [{ rule: 0, verdicts: [verdict], clear: clear === null ? null : [clear[hour]!] }]
    const [decision] = simulation.step(START + hour * HOUR, judged)
    return decision === undefined ? '-' : (decision.because ?? decision.outcome)
  })
}

describe('a simulation', () => {
  test('keeps `for` across moments; unknown interrupts it, an absent entity does not', () => {
    const rule = { holdFor: 2 * HOUR }
    expect(outcomes(rule, [YES, YES, YES])).toEqual(['for', 'for', 'fire'])
    expect(outcomes(rule, [YES, MAYBE, YES, YES])).toEqual(['for', 'unknown', 'for', 'for'])
    expect(outcomes(rule, [YES, GONE, YES])).toEqual(['for', '-', 'fire'])
  })

  test('rests for the cooldown from the firing on, also if `where` excluded the entity in between', () => {
    expect(outcomes({ cooldown: 2 * HOUR }, [YES, YES, YES, YES])).toEqual(['fire', 'cooldown', 'fire', 'cooldown'])
    expect(outcomes({ cooldown: 3 * HOUR }, [YES, OUT, YES, YES])).toEqual(['fire', '-', 'cooldown', 'fire'])
  })

  test('rests for whole days by the clock, so that a daily rule also fires on the day on which summer time begins', () => {
    const cadence = { kind: 'at', times: ['09:00'], timezone: null } as const
    const simulation = new Simulation([{ rule: ruleOf('a', { cadence }), entities: entitiesOf(1) }], 'Europe/Berlin')
    const days = ['2026-03-28T09:00:00+01:00', '2026-03-29T09:00:00+02:00', '2026-03-30T09:00:00+02:00']
    const outcomes = days.map((at) => simulation.step(Date.parse(at), [{ rule: 0, verdicts: [YES], clear: null }])[0]?.outcome)
    expect(outcomes).toEqual(['fire', 'fire', 'fire'])
  })

  test('does not fire again before `clear` was true', () => {
    const rule = { cooldown: 0, clear: { kind: 'all', path: 'clear', conditions: [] } } satisfies Partial<Rule>
    expect(outcomes(rule, [YES, YES, NO, YES], [NO, NO, YES, NO])).toEqual(['fire', 'clear', 'when', 'fire'])
  })

  test('counts `limit` by the account’s day', () => {
    const rule = { cooldown: 0, limit: { count: 2, per: 'day' } } satisfies Partial<Rule>
    // 09:00 in Istanbul at the start, so midnight is fifteen hours later.
    const found = outcomes(
      rule,
      Array.from({ length: 17 }, () => YES),
    )
    expect(found.map((outcome, hour) => (outcome === 'fire' ? hour : -1)).filter((hour) => hour >= 0)).toEqual([0, 1, 15, 16])
  })

  test('sends a message once until the condition was false, and then reports that it is resolved', () => {
    const simulation = new Simulation([{ rule: ruleOf('a', { cooldown: 0, then: [TELL] }), entities: entitiesOf(1) }], ZONE)
    const steps = [YES, YES, NO, NO, YES].map(
      (verdict, hour) => simulation.step(START + hour * HOUR, [{ rule: 0, verdicts: [verdict], clear: null }])[0],
    )
    expect(steps.map((step) => [step?.outcome, step?.announce, step?.resolved])).toEqual([
      ['fire', true, false],
      ['fire', false, false],
      ['hold', false, true],
      [undefined, undefined, undefined],
      ['fire', true, false],
    ])
  })

  test('lets the higher priority win if two rules want the same thing', () => {
    const rules = [ruleOf('low'), ruleOf('high', { priority: 5 })].map((rule) => ({ rule, entities: entitiesOf(1) }))
    const verdicts = [YES]
    const decided = new Simulation(rules, ZONE).step(START, [
      { rule: 0, verdicts, clear: null },
      { rule: 1, verdicts, clear: null },
    ])
    expect(decided.map(({ input, because, note }) => [input.place.rule, because, note])).toEqual([
      [1, null, null],
      [0, 'priority', 'Rule high changes the same thing and goes first (priority 5 over 0).'],
    ])
  })
})

const verdict = fc.constantFrom(YES, YES, NO, MAYBE, OUT, GONE)
const scenario = fc.record({
  rules: fc.array(
    fc.record({
      holdFor: fc.constantFrom(0, HOUR, 2 * HOUR),
      cooldown: fc.constantFrom(0, HOUR, 24 * HOUR),
      limit: fc.constantFrom(null, { count: 1, per: 'day' as const }),
      hasClear: fc.boolean(),
      priority: fc.nat(2),
      then: fc.constantFrom([PAUSE], [TELL], [PAUSE, TELL]),
      mode: fc.constantFrom('act' as const, 'act' as const, 'observe' as const, 'ask' as const),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  moments: fc.array(
    fc.record({
      later: fc.constantFrom(1, 2, 7, 24),
      verdicts: fc.array(fc.array(verdict, { minLength: 3, maxLength: 3 }), { minLength: 3, maxLength: 3 }),
      clear: fc.constantFrom(true, false, null),
      wanted: fc.constantFrom(YES, NO, MAYBE),
      // Which rules are due.
      due: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 12 },
  ),
})

test('any run decides as production does, which keeps all states and evaluates all entities', () => {
  fc.assert(
    fc.property(scenario, ({ rules: parts, moments }) => {
      const entities = entitiesOf(3)
      const rules = parts.map(({ hasClear, ...rest }, index) =>
        ruleOf(`rule-${index}`, { ...rest, clear: hasClear ? { kind: 'all', path: 'clear', conditions: [] } : null }),
      )
      const simulation = new Simulation(
        rules.map((rule) => ({ rule, entities })),
        ZONE,
      )
      const states = new Map<string, RuleState>()
      const fired = new Map<string, number>()
      let at = START
      for (const { later, verdicts, clear, wanted, due } of moments) {
        at += later * HOUR
        const day = new Date(at + 3 * HOUR).toISOString().slice(0, 10)
        const all: RuleVerdicts[] = rules.map((rule, index) => ({
          rule: index,
          verdicts: verdicts[index]!,
          clear: rule.clear === null ? null : entities.map(() => verdictOf(clear)),
          wanted: entities.map(() => wanted),
        }))
        const judged = all.filter(({ rule }) => due[rule])
        const others = all.filter(({ rule }) => !due[rule])
        const simulated = simulation.step(at, judged, others)

        const plain = decideTick({
          now: at,
          zone: ZONE,
          notDue: others.map(({ rule: index }) => {
            const rule = rules[index]!
            const acted = entities.flatMap((entity, place) => {
              const state = states.get(`${rule.id} ${entity.key}`) ?? null
              const verdict = verdicts[index]![place]!
              if (state === null || verdict === GONE) return []
              return [
                { entity, state, isCarryingOut: false, budgetOwner: null, wanted: truthOf(verdict === OUT ? wanted : verdict) },
              ]
            })
            return { rule, firedToday: fired.get(`${rule.id} ${day}`) ?? 0, unselected: acted }
          }),
          rules: judged.map(({ rule: index }): RuleInTick => {
            const rule = rules[index]!
            const placed = entities.map((entity, place) => ({ entity, verdict: verdicts[index]![place]! }))
            const state = ({ key }: FactEntity) => states.get(`${rule.id} ${key}`) ?? null
            const rest = { isCarryingOut: false, budgetOwner: null }
            return {
              rule,
              firedToday: fired.get(`${rule.id} ${day}`) ?? 0,
              selected: placed
                .filter(({ verdict }) => verdict <= MAYBE)
                .map(({ entity, verdict }) => {
                  const truth = truthOf(verdict)
                  const outcome = truth === null ? ('unknown' as const) : truth ? ('fire' as const) : ('hold' as const)
                  const evaluation = { rule: rule.id, version: 'v1', entity, outcome, because: null, trace: [] }
                  return { ...evaluation, clear: rule.clear === null ? null : clear, state: state(entity), ...rest }
                }),
              unselected: placed
                .filter(({ entity, verdict }) => verdict === OUT && state(entity) !== null)
                .map(({ entity }) => ({ entity, state: state(entity)!, ...rest, wanted: truthOf(wanted) })),
            }
          }),
        })
        for (const { rule: id, entity, outcome, announce, state } of plain.decisions) {
          const rule = rules.find((one) => one.id === id)!
          const notifies = outcome === 'fire' && announce && rule.then.includes(TELL)
          states.set(`${rule.id} ${entity.key}`, notifies ? afterMessage(state) : state)
          if (outcome === 'fire') fired.set(`${rule.id} ${day}`, (fired.get(`${rule.id} ${day}`) ?? 0) + 1)
        }
        for (const { rule, entity, state } of plain.unselected) states.set(`${rule} ${entity.key}`, state)

        const shown = (decision: (typeof plain.decisions)[number]) =>
          [decision.rule, decision.entity.key, decision.outcome, decision.because, decision.note].join(' ')
        const found = simulated.map(({ input: { place }, outcome, because, note, announce, resolved }) => ({
          line: [rules[place.rule]!.id, entities[place.entity]!.key, outcome, because, note].join(' '),
          announce,
          resolved,
        }))
        const lines = new Set(found.map(({ line }) => line))
        const expected = plain.decisions.map((decision) => ({
          line: shown(decision),
          announce: decision.announce,
          resolved: decision.resolved,
        }))
        // Decisions that the simulation leaves out follow from the verdict alone.
        const left = expected.filter(({ line }) => !lines.has(line))
        expect(left.every(({ line, resolved }) => / (hold when|unknown ) $/.test(line) && !resolved)).toBe(true)
        expect(found).toEqual(expected.filter(({ line }) => lines.has(line)))
      }
    }),
    { numRuns: 300 },
  )
})
