/** The data that rules need; for comparisons with the usual also the hours of the days to compare with. */

import { describe, expect, it } from 'vitest'

import { loadRules } from '../../engine/rule/read/load.js'
import { NOON, SETTINGS } from '../../test/support/activity-room.js'
import { COMPARED_DAYS, comparesWithUsual, needsOf } from './rule-needs.js'

const ZONE = 'Europe/Istanbul'

function ruleOf(when: string, scope = 'adset') {
  const text = `rules:\n  - { id: a, account: moda-tr, scope: ${scope}, every: 1h, when: "${when}", then: [{ whatsapp: { to: owner, text: x } }] }\n`
  const { rules, diagnostics } = loadRules([{ path: 'r.yaml', text }], SETTINGS)
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  return rules[0]!
}
const needs = (when: string, scope?: string) => needsOf([{ ...ruleOf(when, scope), mode: 'observe' }], NOON, ZONE)

it.each([
  ['anomaly(cpc[today]) > 4', '2026-03-10'],
  ['spend[6h] > 2 * expected(spend[6h])', '2026-03-10'],
])('%s: the hours of today at once, and those of the weeks before for comparison', (when, since) => {
  expect(needs(when)).toEqual({
    ads: false,
    adsetHoursSince: since,
    adHoursSince: null,
    adsetUsualDays: COMPARED_DAYS,
    adUsualDays: 0,
    adsetReach: [],
    adReach: [],
  })
  expect(comparesWithUsual(ruleOf(when))).toBe(true)
})

it('of single ads, those of the ads', () => {
  const { adUsualDays, adHoursSince, adsetUsualDays } = needs('anomaly(spend[today]) < -4', 'ad')
  expect([adUsualDays, adHoursSince, adsetUsualDays]).toEqual([COMPARED_DAYS, '2026-03-10', 0])
})

it('of ended days no hours', () => {
  const { adsetHoursSince, adsetUsualDays } = needs('anomaly(spend[yesterday]) < -4')
  expect([adsetHoursSince, adsetUsualDays]).toEqual([null, 0])
})

it('a rule that compares nothing needs no days to compare with', () => {
  expect(needs('spend[today] > 10 TRY')).toMatchObject({ adsetHoursSince: null, adsetUsualDays: 0 })
  expect(comparesWithUsual(ruleOf('spend[today] > 10 TRY'))).toBe(false)
})

describe('reach', () => {
  const days = { since: '2026-03-03', until: '2026-03-09' }

  it('is requested once for each window that a rule names, at the level it names', () => {
    const { adsetReach, adReach } = needs('frequency[last_7d] * (reach[last_7d] + reach[last_7d]) > campaign.reach[maximum]')
    expect(adsetReach).toEqual([
      { level: 'adset', days },
      { level: 'campaign', days: 'maximum' },
    ])
    expect(adReach).toEqual([])
    expect(needs('frequency[last_7d] > 3', 'ad')).toMatchObject({ adsetReach: [], adReach: [{ level: 'ad', days }] })
    expect(needs('account.reach[last_7d] > 3', 'group').adsetReach).toEqual([{ level: 'account', days }])
  })

  it('of hours and of groups is never requested', () => {
    expect(needs('reach[6h] > 3').adsetReach).toEqual([])
    expect(needs('reach[last_7d] > 3', 'group').adsetReach).toEqual([])
  })

  it('is needed for results if some ad set is optimised for reach', () => {
    const rule = ruleOf('cpa[last_7d] > 3 TRY')
    expect(needsOf([rule], NOON, ZONE, true).adsetReach).toEqual([{ level: 'adset', days }])
    expect(needsOf([rule], NOON, ZONE, false).adsetReach).toEqual([])
  })
})
