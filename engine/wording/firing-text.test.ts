import { Buffer } from 'node:buffer'

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { rulesOf } from '../../test/support/lint-rules.js'
import type { TraceLeaf } from '../rule/decision.js'
import type { Rule } from '../rule/rule.js'
import { SUMMARY_BYTES } from '../text/one-line.js'
import { firingText, summaryText } from './firing-text.js'

const ruleWith = (when: string, then = '[pause]'): Rule =>
  rulesOf(`rules:
  - { id: r, account: moda-tr, scope: adset, every: 1h, mode: act, where: delivering, when: ${when}, then: ${then} }
`)[0]!

const leaf = (path: string, parts: Partial<TraceLeaf> = {}): TraceLeaf => ({
  path,
  condition: 'as written',
  result: true,
  left: 536.17,
  right: 180,
  unit: 'TRY',
  unitKind: 'money',
  windows: [],
  ...parts,
})
const COST = leaf('when[0]', { parts: { numerator: 1608.5, denominator: 3, result: 'purchases' } })
const adset = { scope: 'adset', key: '1', id: '1', name: 'Women 25-44' } as const
const OPTIONS = { currency: 'TRY', result: null } as const
const inTurkish = (rule: Rule, trace: readonly TraceLeaf[]): string =>
  firingText(rule, adset, trace, { ...OPTIONS, language: 'tr' })
const inEnglish = (rule: Rule, trace: readonly TraceLeaf[]): string =>
  firingText(rule, adset, trace, { ...OPTIONS, language: 'en' })

describe('a firing in words', () => {
  const expensive = ruleWith('["cpa[last_3d] > 180 TRY"]')

  it('says what is done to which entity, and the numbers that caused it', () => {
    expect(inTurkish(expensive, [COST])).toBe(
      '“Women 25-44” reklam setini duraklatır: son 3 günde alışveriş başına ücret ₺536 (3 alışveriş, ₺1.609), sınır ₺180',
    )
    expect(inEnglish(expensive, [COST])).toBe(
      'pauses the ad set “Women 25-44”: cost per purchase over the last 3 days ₺536 (3 purchases, ₺1,609), limit ₺180',
    )
  })

  it('says where a limit comes from, and does not hide a difference by rounding', () => {
    const relative = ruleWith('["cpa[last_3d] > 1.5 * target_cpa"]')
    expect(inEnglish(relative, [{ ...COST, left: 180.4, right: 180 }])).toContain(
      '₺180.40 (3 purchases, ₺1,609), limit ₺180.00: 1.5 times the target cost per purchase',
    )
  })

  it('says "at least" of a cost whose result has not happened yet', () => {
    const nothing = leaf('when[0]', {
      left: { atLeast: 260 },
      parts: { numerator: 260, denominator: 0, result: 'leads' },
    })
    expect(inTurkish(expensive, [nothing])).toContain('form başına ücret en az ₺260 (0 form, ₺260), sınır ₺180')
  })

  it('formats every kind of number', () => {
    const of = (when: string, parts: Partial<TraceLeaf>): string =>
      inEnglish(ruleWith(JSON.stringify([when])), [leaf('when[0]', parts)]).split('”: ')[1]!
    expect(of('link_ctr[last_7d] < 1.5%', { left: 1.23, right: 1.5, unit: '%', unitKind: 'percentage' })).toBe(
      'link click-through rate over the last 7 days 1.23%, limit 1.5%',
    )
    expect(of('age >= 3d', { left: 96, right: 72, unit: 'h', unitKind: 'duration' })).toBe('the age 4 days, limit 3 days')
    expect(of('purchases[today] = 0', { left: 0, right: 0, unit: 'count', unitKind: 'count' })).toBe(
      'number of purchases today 0, wanted 0',
    )
    expect(of('120 TRY < spend[today]', { left: 120, right: 150.5 })).toBe('amount spent today ₺151, limit ₺120')
    expect(of('name matches "a > b*"', { left: 'a > bc', right: 'a > b*', unit: 'text', unitKind: 'text' })).toBe(
      'the name “a > bc”, wanted “a > b*”',
    )
  })

  it('mentions only `when`, and of it only what was true', () => {
    const either = ruleWith('{ any: ["roas[last_7d] < 2", "spend[today] > 250 TRY"] }')
    const trace = [
      leaf('where', { unitKind: 'yes-or-no', left: true, right: true }),
      leaf('when.any[0]', { result: false, left: 3, right: 2, unitKind: 'number' }),
      leaf('when.any[1]', { left: 300, right: 250 }),
    ]
    expect(inEnglish(either, trace)).toBe('pauses the ad set “Women 25-44”: amount spent today ₺300, limit ₺250')
  })

  it('names every action, and for a rule that only notifies what it writes about', () => {
    const both = ruleWith('["spend[today] > 1 TRY"]', '[{ budget: +15% }, pause, { whatsapp: { to: owner, text: x } }]')
    expect(inEnglish(both, [])).toBe('raises the ad set “Women 25-44”’s budget by 15% and pauses the ad set “Women 25-44”')
    const notifies = ruleWith('["spend[today] > 1 TRY"]', '[{ whatsapp: { to: owner, text: x } }]')
    expect(inEnglish(notifies, [])).toBe('writes about the ad set “Women 25-44”')
    expect(inTurkish(notifies, [])).toBe('“Women 25-44” reklam seti için bildirir')
  })
})

it('a summary is one line within Temporal’s limit, whatever the names and the number of reasons', () => {
  const rule = ruleWith('["cpa[last_3d] > 180 TRY", "spend[today] > 250 TRY", "roas[last_7d] < 2"]')
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.nat(3), (name, count) => {
      const trace = [COST, leaf('when[1]'), leaf('when[2]', { unitKind: 'number' })].slice(0, count)
      const summary = summaryText(rule, { ...adset, name }, trace, 'TRY')
      expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(SUMMARY_BYTES)
      expect(summary).not.toMatch(/[\n\r]/)
    }),
  )
})
