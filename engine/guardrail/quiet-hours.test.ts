import { expect, test } from 'vitest'

import { heldUntil } from './quiet-hours.js'

const quiet = { from: '22:00', to: '08:00' }
const at = (now: string, hours = quiet, zone = 'Europe/Istanbul') => {
  const until = heldUntil(hours, Date.parse(now), zone)
  return until === null ? null : new Date(until).toISOString()
}

test('a message in quiet hours is held until they end, even past midnight', () => {
  expect(at('2026-03-10T18:59:59Z')).toBeNull()
  expect(at('2026-03-10T19:00:00Z')).toBe('2026-03-11T05:00:00.000Z')
  expect(at('2026-03-11T04:59:59Z')).toBe('2026-03-11T05:00:00.000Z')
  expect(at('2026-03-11T05:00:00Z')).toBeNull()
})

test('quiet hours may be within one day or absent; if they begin and end at the same time, there are none', () => {
  expect(at('2026-03-10T10:00:00Z', { from: '12:00', to: '14:00' })).toBe('2026-03-10T11:00:00.000Z')
  expect(at('2026-03-10T10:00:00Z', { from: '12:00', to: '12:00' })).toBeNull()
  expect(heldUntil(null, 0, 'UTC')).toBeNull()
})

test('quiet hours that end at a time skipped by summer time end right after the gap', () => {
  expect(at('2026-03-08T06:30:00Z', { from: '22:00', to: '02:30' }, 'America/New_York')).toBe('2026-03-08T07:00:00.000Z')
})
