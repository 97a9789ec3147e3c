import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import {
  conditionText,
  ENTITY,
  factsOfWorld,
  lintText,
  randomWorld,
  rulesOf,
  SETTINGS,
} from '../../../test/support/lint-rules.js'
import { PreparedCondition } from '../../rule/evaluate/condition.js'
import { judgeCondition } from '../../rule/evaluate/evaluate.js'
import type { Condition } from '../../rule/rule.js'
import type { Truth } from '../../value/value.js'
import { valuesOf } from '../rules/covered-accounts.js'
import { AtomTable } from './atom.js'
import { canAllHold, type Inequality } from './inequalities.js'
import { FormulaReader } from './read-formula.js'
import { canHoldTogether } from './satisfiable.js'

const WORLDS = fc.array(randomWorld, { minLength: 20, maxLength: 20 })

const ruleText = (id: string, when: string, then = 'pause') =>
  `  - { id: ${id}, scope: adset, account: moda-tr, when: ${when}, then: [{ budget: ${then} }] }`
const whenOf = (when: string): Condition => rulesOf(`rules:\n${ruleText('r', when, '+5%')}`)[0]!.when!

async function truthOf(condition: Condition, facts: ReturnType<typeof factsOfWorld>): Promise<Truth> {
  return (await judgeCondition(new PreparedCondition(condition), facts, ENTITY)).truth
}

describe('with random conditions and facts', () => {
  it('a condition reported as unreachable never evaluates to true, and one reported as always true never to false', async () => {
    let claims = 0
    await fc.assert(
      fc.asyncProperty(conditionText, WORLDS, async (text, worlds) => {
        const condition = whenOf(text)
        const atoms = new AtomTable()
        const reader = new FormulaReader({ scope: 'adset', rule: 'r', values: valuesOf(SETTINGS.accounts[0]!), atoms })
        const canBeTrue = canHoldTogether([reader.condition(condition)], atoms)
        const canBeFalse = canHoldTogether([reader.condition(condition, false)], atoms)
        if (canBeTrue && canBeFalse) return
        claims += 1
        for (const world of worlds) {
          const truth = await truthOf(condition, factsOfWorld(world))
          if (!canBeTrue) expect(truth).not.toBe(true)
          if (!canBeFalse) expect(truth).not.toBe(false)
        }
      }),
      { numRuns: 1500 },
    )
    expect(claims).toBeGreaterThan(100)
  }, 60_000)

  it('two rules without a reported conflict are never true together', async () => {
    let clear = 0
    await fc.assert(
      fc.asyncProperty(conditionText, conditionText, WORLDS, async (one, other, worlds) => {
        const text = `rules:\n${ruleText('a', one, '+5%')}\n${ruleText('b', other, '-5%')}`
        if (lintText(text).diagnostics.some(({ code }) => code === 'conflicting-rules')) return
        clear += 1
        const [first, second] = [whenOf(one), whenOf(other)]
        for (const world of worlds) {
          const facts = factsOfWorld(world)
          expect((await truthOf(first, facts)) === true && (await truthOf(second, facts)) === true).toBe(false)
        }
      }),
      { numRuns: 400 },
    )
    expect(clear).toBeGreaterThan(20)
  }, 60_000)
})

describe('inequalities', () => {
  const inequality: fc.Arbitrary<Inequality> = fc
    .record({
      coefficients: fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 3, maxLength: 3 }),
      constant: fc.integer({ min: -6, max: 6 }),
      strict: fc.boolean(),
    })
    .map(({ coefficients, constant, strict }) => {
      const terms = coefficients.flatMap((by, index) => (by === 0 ? [] : [[String(index), by] as const]))
      return { sum: { constant, terms: new Map(terms) }, strict }
    })
  const holds = ({ sum, strict }: Inequality, point: readonly number[]) => {
    const value = [...sum.terms].reduce((total, [key, by]) => total + by * point[Number(key)]!, sum.constant)
    return strict ? value > 0 : value >= 0
  }

  it('are satisfiable if some point satisfies them all', () => {
    fc.assert(
      fc.property(
        fc.array(inequality, { maxLength: 8 }),
        fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 3, maxLength: 3 }),
        (all, point) => {
          const fulfilled = all.filter((each) => holds(each, point))
          expect(canAllHold(fulfilled, new AtomTable())).toBe(true)
        },
      ),
    )
  })

  it('are not satisfiable if one is the negated sum of the others', () => {
    fc.assert(
      fc.property(fc.array(inequality, { minLength: 1, maxLength: 4 }), (all) => {
        const constant = all.reduce((sum, each) => sum + each.sum.constant, 0)
        const terms = new Map<string, number>()
        for (const { sum } of all) for (const [key, by] of sum.terms) terms.set(key, (terms.get(key) ?? 0) - by)
        const opposite = { sum: { constant: -constant, terms: new Map([...terms].filter(([, by]) => by !== 0)) }, strict: true }
        expect(canAllHold([...all, opposite], new AtomTable())).toBe(false)
      }),
    )
  })
})
