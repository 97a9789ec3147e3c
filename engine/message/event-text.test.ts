import { describe, expect, it } from 'vitest'

import type { Facts } from '../facts/facts.js'
import { eventPart, eventText } from './event-text.js'

const PAYLOAD = {
  order: {
    id: 1001,
    number: '1001',
    total: '1234.50',
    tax: 200,
    quantity: 12500,
    weight: '1234.500',
    currency: 'EUR',
    paid: true,
    paid_at: '2026-03-10T11:00:00Z',
    day: '2026-03-10',
    note: 'Kapıda ödeme',
    lines: [],
  },
  share: 0.125,
}
const facts = { payload: PAYLOAD, account: { timezone: 'Europe/Istanbul' } } as unknown as Facts
const text = (path: string, language: 'en' | 'tr') => {
  const part = eventPart(path.split('.'), facts)
  return part === null ? null : eventText(part, { language, currency: 'TRY' })
}

describe('a value of an event', () => {
  it.each([
    ['order.id', '1001', '1001'],
    ['order.number', '1001', '1001'],
    ['order.total', '€1,234.50', '€1.234,50'],
    ['order.tax', '€200.00', '€200,00'],
    ['order.quantity', '12,500', '12.500'],
    ['order.weight', '1,234.500', '1.234,500'],
    ['order.currency', 'EUR', 'EUR'],
    ['order.paid', 'yes', 'evet'],
    ['order.paid_at', 'Mar 10, 2026, 14:00', '10 Mar 2026 14:00'],
    ['order.day', 'Mar 10, 2026', '10 Mar 2026'],
    ['order.note', 'Kapıda ödeme', 'Kapıda ödeme'],
    ['share', '0.125', '0,125'],
  ])('%s is formatted for its reader', (path, en, tr) => {
    expect([text(path, 'en'), text(path, 'tr')]).toEqual([en, tr])
  })

  it.each(['order.lines', 'order.missing', 'order.total.more', '__proto__'])('%s cannot be shown in a message', (path) => {
    expect(text(path, 'tr')).toBeNull()
  })
})
