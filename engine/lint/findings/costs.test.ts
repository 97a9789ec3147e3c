import { describe, expect, it } from 'vitest'

import { codesOf, lintText } from '../../../test/support/lint-rules.js'

const found = (when: string, { where = '', then = 'pause' } = {}) => {
  const lines = ['rules:', '  - id: r', '    account: moda-tr', '    scope: adset', `    when: ${when}`, `    then: [${then}]`]
  return codesOf(lintText([...lines, ...(where === '' ? [] : [`    where: ${where}`])].join('\n')))
    .map((code) => code.replace(/^\d+ /, ''))
    .filter((code) => code === 'no-evidence' || code === 'today-too-early')
}

describe('a cost without evidence', () => {
  it.each([
    'cpa[3d] > 5',
    'roas[3d] < 2',
    'cpc[3d] > 5',
    'ctr[3d] < 1%',
    'spend[3d] / purchases[3d] > 5',
    'cpa[3d] > 1.5 * cpa[14d]',
    '["cpa[3d] > 5", "spend[3d] >= 0 TRY"]',
    '["cpa[3d] > 5", "spend[3d] < 500 TRY"]',
    '{ any: ["cpa[3d] > 5", "spend[3d] > 500 TRY"] }',
    '["cpa[3d] > 5", { any: ["spend[3d] > 500", "hour > 8"] }]',
    '["cpa[3d] > 5", { not: "spend[3d] > 500" }]',
    '["cpa[3d] > 5", "roas[3d] > 2"]',
    '{ not: "cpa[3d] < 5" }',
    '["cpa[3d] > 5", "impressions[3d] > 1000"]',
    '["cpa[3d] > 5", "age > 3d"]',
    '["cpa[3d] > 5", "spend[3d] > 100 TRY"]',
    '["cpa[3d] > 5", "account.spend[3d] > 5000 TRY"]',
    'spend[3d] > revenue[3d]',
    'purchases[3d] = 0',
  ])('is reported: %s', (when) => {
    expect(found(/^[[{]/.test(when) ? when : JSON.stringify(when))).toContain('no-evidence')
  })

  it.each([
    '["cpa[3d] > 5", "spend[3d] > 500 TRY"]',
    '["cpa[3d] > 5", "spend[3d] > 3 * target_cpa"]',
    '["cpa[3d] > 5", "500 TRY < spend[7d]"]',
    '["cpa[3d] > 5", "results[3d] >= 5"]',
    '["cpa[3d] > 5", "results[3d] between 5 and 50"]',
    '["cpa[3d] > 5", "impressions[3d] > 20000"]',
    '["ctr[3d] < 1%", "impressions[3d] > 1000"]',
    '["cpa[3d] > 5", { any: ["spend[3d] > 500", "results[3d] >= 5"] }]',
    '["cpa[3d] > 5", { not: "spend[3d] < 500" }]',
    '["cpa[3d] > 5", { all: ["spend[3d] > 500"] }]',
    '{ any: [["cpa[3d] > 5", "spend[3d] > 500"], ["roas[3d] < 2", "spend[3d] > 900"]] }',
    '["spend[3d] > 500", { any: ["cpa[3d] > 5", "roas[3d] < 2"] }]',
    '{ not: { any: ["cpa[3d] < 5", "spend[3d] < 500"] } }',
    '"spend[3d] > 500"',
    '"spend[3d] / daily_budget > 2"',
  ])('is not reported: %s', (when) => {
    expect(found(when)).not.toContain('no-evidence')
  })

  it('is not reported if `where` contains the evidence', () => {
    expect(found('"cpa[3d] > 5"', { where: 'spend[3d] > 500' })).toEqual([])
  })

  it('is not reported if the rule changes nothing', () => {
    expect(found('"cpa[3d] > 5"', { then: '{ whatsapp: { to: owner, text: x } }' })).toEqual([])
  })
})

describe('a cost of today', () => {
  const EVIDENCE = '"spend[today] > 500"'

  it.each([
    `["cpa[today] > 5", ${EVIDENCE}]`,
    `["roas[1d] < 2", ${EVIDENCE}]`,
    `["spend[today] / leads[today] > 5", ${EVIDENCE}]`,
    `["cpa[today] > 5", "hour < 8", ${EVIDENCE}]`,
  ])('that takes delivery away is reported: %s', (when) => {
    expect(found(when)).toEqual(['today-too-early'])
    expect(found(when, { then: '{ budget: -10% }' })).toEqual(['today-too-early'])
  })

  it.each([
    `["cpa[today] > 5", "hour >= 16", ${EVIDENCE}]`,
    `["cpa[today] > 5", "hour between 16 and 20", ${EVIDENCE}]`,
    '["cpa[today] > 5", "results[today] >= 5"]',
    `["cpa[3d] > 5", ${EVIDENCE}]`,
    '["cpa[yesterday] > 5", "spend[yesterday] > 500"]',
    `["cpc[today] > 5", ${EVIDENCE}]`,
    `["cpm[today] > 5", ${EVIDENCE}]`,
  ])('is not reported: %s', (when) => {
    expect(found(when)).toEqual([])
  })

  it('is not reported for a raise', () => {
    expect(found(`["roas[today] > 2", ${EVIDENCE}]`, { then: '{ budget: { change: +10%, max: 900 TRY } }' })).toEqual([])
  })
})
