import { expect, it } from 'vitest'

import { codesOf, lintText, SETTINGS_TEXT, settingsOf } from '../../../test/support/lint-rules.js'

const GROUPS = `groups:
  - { name: large, account: moda-tr, campaigns: ["L*"], monthly_budget: 200000 TRY }
  - { name: small, account: moda-tr, campaigns: ["S*"], monthly_budget: 50000 TRY }
  - { name: without-a-plan, account: moda-tr, campaigns: ["W*"] }
`
const settings = settingsOf(SETTINGS_TEXT + GROUPS)

const codes = (where: string, least: number) =>
  codesOf(
    lintText(
      `rules:
  - { id: r, account: moda-tr, scope: campaign, where: ${where}, when: "group.spend[this_month] >= ${least} TRY", then: [pause] }`,
      { settings },
    ),
  )

it.each([
  ['delivering', 199_000],
  ['\'group.name = "small"\'', 49_000],
  ['\'group.name in ["small", "without-a-plan"]\'', 49_000],
  ['{ not: \'group.name = "large"\' }', 49_000],
])('a stop near the largest budget of the rule’s groups is not reported: %s, %d', (where, least) => {
  expect(codes(where, least)).toEqual([])
})

it.each([
  ['delivering', 49_000],
  ['\'group.name = "large"\'', 49_000],
  ['{ not: \'group.name = "small"\' }', 49_000],
  ['{ any: [\'group.name = "small"\', delivering] }', 49_000],
  ['\'group.name = "small"\'', 40_000],
])('a stop far below one of these budgets is reported: %s, %d', (where, least) => {
  expect(codes(where, least)).toEqual(['2 pauses-everything'])
})
