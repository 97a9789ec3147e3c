import { Buffer } from 'node:buffer'

import fc from 'fast-check'
import { expect, test } from 'vitest'

import type { TraceLeaf } from '../rule/decision.js'
import type { Step } from '../rule/rule.js'
import { SUMMARY_BYTES } from '../text/one-line.js'
import { summarise } from './summary.js'

const leaf = (condition: string, parts: Partial<TraceLeaf> = {}): TraceLeaf => ({
  path: 'when.all[0]',
  condition,
  result: true,
  left: 333.33,
  right: 180,
  unit: 'TRY',
  unitKind: 'money',
  windows: [],
  ...parts,
})
const PAUSE: Step = { kind: 'pause' }
const TELL: Step = { kind: 'whatsapp', to: 'owner', text: [] }
const adset = { scope: 'adset', key: '1', id: '1', name: 'Women 25-44' } as const

test('says what is done to which entity, and the numbers that caused it', () => {
  expect(summarise({ then: [PAUSE, TELL] }, adset, [leaf('cpa[last_3d] > 1.5 * target_cpa')])).toBe(
    'pause ad set “Women 25-44”: cpa[last_3d] 333.33 TRY > 180.00 TRY',
  )
})

test('formats every kind of number for people', () => {
  const of = (trace: TraceLeaf) => summarise({ then: [PAUSE] }, adset, [trace]).split('”: ')[1]
  expect(of(leaf('ctr[7d] < 1.5%', { left: 1.23, right: 1.5, unit: 'percentage', unitKind: 'percentage' }))).toBe(
    'ctr[7d] 1.23% < 1.5%',
  )
  expect(of(leaf('age >= 3d', { left: 72, right: 72, unit: 'duration', unitKind: 'duration' }))).toBe('age 3 days >= 3 days')
  expect(of(leaf('purchases[today] = 0', { left: 0, right: 0, unit: 'count', unitKind: 'count' }))).toBe('purchases[today] 0 = 0')
  expect(of(leaf('cpa[today] > 50 TRY', { left: { atLeast: 60 }, right: 50 }))).toBe('cpa[today] at least 60.00 TRY > 50.00 TRY')
  expect(of(leaf('180 TRY < cpa[last_3d]', { left: 180, right: 333.33 }))).toBe('180.00 TRY < cpa[last_3d] 333.33 TRY')
  expect(of(leaf('spend[today] > 100 JPY', { left: 250, right: 100, unit: 'JPY' }))).toBe('spend[today] 250 JPY > 100 JPY')
  expect(of(leaf('name matches "a > b*"', { left: 'a > bc', right: 'a > b*', unit: 'text', unitKind: 'text' }))).toBe(
    'name matches "a > b*"',
  )
  expect(of(leaf('delivering', { left: true, right: true, unit: 'yes-or-no', unitKind: 'yes-or-no' }))).toBe('delivering')
})

test('mentions only `when`, and of it only what was true', () => {
  const trace = [
    leaf('delivering', { path: 'where[0]' }),
    leaf('roas[7d] < 2', { path: 'when.any[0]', result: false }),
    leaf('spend[today] > 250 TRY', { path: 'when.any[1]', left: 300, right: 250 }),
  ]
  expect(summarise({ then: [PAUSE] }, adset, trace)).toBe('pause ad set “Women 25-44”: spend[today] 300.00 TRY > 250.00 TRY')
})

test('names every action once, and for a rule that only notifies a message', () => {
  const raise: Step = { kind: 'budget', change: { kind: 'relative', ratio: 0.15 }, min: null, max: null }
  const set: Step = {
    kind: 'budget',
    change: { kind: 'absolute', amount: { value: 500, currency: 'TRY' } },
    min: null,
    max: null,
  }
  expect(summarise({ then: [raise, TELL] }, adset, [])).toBe('budget +15% ad set “Women 25-44”')
  expect(summarise({ then: [set, PAUSE, PAUSE] }, adset, [])).toBe('budget 500 TRY and pause ad set “Women 25-44”')
  expect(summarise({ then: [TELL] }, { ...adset, name: null }, [])).toBe('message about ad set “1”')
})

test('is one line within Temporal’s limit, whatever the names and the number of reasons', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }), { maxLength: 6 }),
      (name, conditions) => {
        const summary = summarise(
          { then: [PAUSE] },
          { ...adset, name },
          conditions.map((condition) => leaf(condition)),
        )
        expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(SUMMARY_BYTES)
        expect(summary).not.toMatch(/[\r\n]/)
        expect(summary.startsWith('pause ad set “')).toBe(true)
      },
    ),
  )
})
