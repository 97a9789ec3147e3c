import fc from 'fast-check'
import { expect, it } from 'vitest'

import { conditionText, lintText } from '../../test/support/lint-rules.js'

const THENS = ['pause', 'start: any', '{ budget: +10% }', '{ budget: 500 TRY }', 'duplicate', 'pause, wait: 2h, start']
const CADENCES = ['every: 1h', 'at: "00:05"', 'cron: "0 9,15 * * *"', 'at: "12:00", timezone: America/New_York']

const ruleText = (id: string, [when, where, then, cadence]: readonly string[]) =>
  `  - { id: ${id}, account: moda-tr, scope: adset, ${cadence!}, when: ${when!}, where: ${where!}, then: [${then!}] }`

const parts = fc.tuple(conditionText, conditionText, fc.constantFrom(...THENS), fc.constantFrom(...CADENCES))
const ofOneRule = (when: string) =>
  lintText(`rules:\n${ruleText('r', [when, '"delivering"', 'pause', 'at: "00:05"'])}`)
    .diagnostics.map(({ code }) => code)
    // Whether a condition can be true at all is checked on the lines as written.
    .filter((code) => code !== 'unreachable' && code !== 'always-true')

it('the lint accepts any conditions, with or without a second rule', () => {
  fc.assert(
    fc.property(parts, parts, (one, other) => {
      const { diagnostics } = lintText(['rules:', ruleText('a', one), ruleText('b', other)].join('\n'))
      for (const { message, hint } of diagnostics) expect(`${message} ${hint ?? ''}`).not.toMatch(/NaN|undefined|Infinity/)
    }),
    { numRuns: 150 },
  )
}, 60_000)

it('a condition within two `not`s gets the same warnings as the condition itself', () => {
  fc.assert(
    fc.property(conditionText, (when) => {
      const codes = ofOneRule(`[${when}]`)
      expect([...new Set(ofOneRule(`{ not: { not: ${when} } }`))].sort()).toEqual([...new Set(codes)].sort())
    }),
    { numRuns: 100 },
  )
}, 60_000)

it('evidence for a cost is recognised wherever it is written', () => {
  const evidence = '"spend[last_3d] > 500 TRY"'
  const cost = '"cpa[last_3d] > 200 TRY"'
  for (const when of [
    `[${cost}, ${evidence}]`,
    `{ all: [{ all: [${evidence}] }, { not: { not: ${cost} } }] }`,
    `[${evidence}, { any: [${cost}, "roas[last_3d] < 1"] }]`,
    `{ not: { any: [{ not: ${cost} }, "spend[last_3d] <= 500 TRY"] } }`,
    `[${cost}, { any: [${evidence}, "results[last_3d] >= 5"] }]`,
  ])
    expect(ofOneRule(when)).not.toContain('no-evidence')
})
