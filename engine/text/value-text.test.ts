import { describe, expect, test } from 'vitest'

import { DAY, HOUR, MINUTE } from '../clock/zone.js'
import type { UnitKind } from '../value/unit.js'
import { AtLeast, Unknown, type Value } from '../value/value.js'
import { instantText, moneyText, valueText } from './value-text.js'

const tr = (value: Value, unit: UnitKind, currency: string | null = 'TRY') =>
  valueText({ value, unit }, { language: 'tr', currency })
/** Intl uses non-breaking spaces in English money; they are replaced, as they look the same. */
const en = (value: Value, unit: UnitKind, currency: string | null = 'TRY') =>
  valueText({ value, unit }, { language: 'en', currency }).replace(/\u00a0/g, ' ')

describe('money', () => {
  test('is given in minor units and formatted by Intl', () => {
    expect(tr(33333, 'money')).toBe('₺333,33')
    expect(tr(33333.3333, 'money')).toBe('₺333,33')
    expect(tr(150000000, 'money')).toBe('₺1.500.000,00')
    expect(en(33333, 'money')).toBe('TRY 333.33')
    expect(en(33333, 'money', 'USD')).toBe('$333.33')
    expect(en(-50, 'money', 'USD')).toBe('-$0.50')
  })

  test('has no decimals in currencies without a minor unit at Meta', () => {
    expect(en(1234, 'money', 'JPY')).toBe('¥1,234')
    for (const currency of ['HUF', 'TWD', 'COP', 'CRC', 'ISK']) expect(en(1234, 'money', currency), currency).toMatch(/1,234$/)
  })

  test('without a currency is a number', () => {
    expect(moneyText(33333, { language: 'tr', currency: null })).toBe('333,33')
  })
})

test('percentages are given as ratios, and have a second decimal if they are small', () => {
  expect(tr(0.123, 'percentage')).toBe('%12,3')
  expect(tr(0.12345, 'percentage')).toBe('%12,3')
  expect(tr(0.0154, 'percentage')).toBe('%1,54')
  expect(en(0.5, 'percentage')).toBe('50%')
  expect(en(-0, 'percentage')).toBe('0%')
})

test('counts are whole and grouped, numbers have up to two decimals', () => {
  expect(tr(12345, 'count')).toBe('12.345')
  expect(en(12345, 'count')).toBe('12,345')
  expect(tr(4.256, 'number')).toBe('4,26')
})

test('durations are shown in their two largest units', () => {
  expect(tr(2 * HOUR + 30 * MINUTE, 'duration')).toBe('2 saat 30 dakika')
  expect(en(3 * DAY + 4 * HOUR + 5 * MINUTE, 'duration')).toBe('3 days 4 hours')
  expect(en(59 * MINUTE + 59_700, 'duration')).toBe('1 hour')
  expect(en(1500, 'duration')).toBe('2 seconds')
  expect(en(0, 'duration')).toBe('0 minutes')
  expect(en(-HOUR, 'duration')).toBe('-1 hour')
})

test('a lower bound reads “at least”, and an unknown value reads “unknown”', () => {
  expect(tr(new AtLeast(6000), 'money')).toBe('en az ₺60,00')
  expect(en(new AtLeast(6000), 'money')).toBe('at least TRY 60.00')
  expect(tr(new Unknown('no rows'), 'money')).toBe('bilinmiyor')
  expect(en(new Unknown('no rows'), 'count')).toBe('unknown')
  expect(en(Number.NaN, 'count')).toBe('unknown')
  expect(en(Infinity, 'money')).toBe('unknown')
})

test('text stays as it is, and a boolean reads yes or no', () => {
  expect(tr('TR | Yaz', 'text')).toBe('TR | Yaz')
  expect([tr(true, 'yes-or-no'), tr(false, 'yes-or-no'), en(true, 'yes-or-no')]).toEqual(['evet', 'hayır', 'yes'])
})

test('instants are shown in the account’s time zone', () => {
  const at = Date.parse('2026-03-11T05:00:00Z')
  expect(instantText(at, 'Europe/Istanbul', 'tr')).toBe('11 Mar 2026 08:00')
  expect(instantText(at, 'Europe/Istanbul', 'en')).toBe('Mar 11, 2026, 08:00')
})
