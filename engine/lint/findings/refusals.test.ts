import fc from 'fast-check'
import { expect, it } from 'vitest'

import { lintText, settingsOf } from '../../../test/support/lint-rules.js'

const hintOf = (currency: string, ceiling: number, step: number) => {
  const settings = settingsOf(`accounts:
  - name: shop
    id: act_1
    currency: ${currency}
    timezone: America/New_York
    guardrails: { ceiling: ${ceiling} ${currency} per day, step: ${step}% }
`)
  const rules = `rules:
  - { id: r, account: shop, scope: campaign, at: "12:00", where: { not: learning }, when: weekday = friday, then: [{ budget: ${ceiling + 1} ${currency} }] }`
  const { diagnostics } = lintText(rules, { settings })
  return diagnostics.find(({ code }) => code === 'refused-by-guardrail')?.hint ?? ''
}

it('for an amount above the ceiling, the hint shows one that the account may have', () => {
  expect(hintOf('USD', 1000, 20)).toContain('`budget: { change: +15%, max: 200 USD }`')
  expect(hintOf('JPY', 90_000, 10)).toContain('`budget: { change: +10%, max: 10000 JPY }`')
})

it('the amount in the hint is below the ceiling, whatever the ceiling is', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000_000 }), fc.constantFrom('USD', 'TRY', 'JPY'), (ceiling, currency) => {
      const [, amount, unit] = /max: ([\d.]+) (\w+)/.exec(hintOf(currency, ceiling, 20)) ?? []
      expect(unit).toBe(currency)
      expect(Number(amount)).toBeGreaterThan(0)
      expect(Number(amount)).toBeLessThanOrEqual(ceiling)
    }),
    { numRuns: 30 },
  )
})
