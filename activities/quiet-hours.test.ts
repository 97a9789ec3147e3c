import { expect, test } from 'vitest'

import { quietUntil } from './quiet-hours.js'

const at = (text: string) => Date.parse(`${text}:00+03:00`)
const ISTANBUL = 'Europe/Istanbul'

test.each([
  ['2026-03-10T21:59', null],
  ['2026-03-10T22:00', '2026-03-11T08:00'],
  ['2026-03-11T03:00', '2026-03-11T08:00'],
  ['2026-03-11T07:59', '2026-03-11T08:00'],
  ['2026-03-11T08:00', null],
])('quiet hours over midnight: at %s they end %s', (now, end) => {
  expect(quietUntil({ from: '22:00', to: '08:00' }, at(now), ISTANBUL)).toBe(end === null ? null : at(end))
})

test('quiet hours within a day end the same day', () => {
  expect(quietUntil({ from: '12:00', to: '13:30' }, at('2026-03-10T13:00'), ISTANBUL)).toBe(at('2026-03-10T13:30'))
  expect(quietUntil({ from: '12:00', to: '13:30' }, at('2026-03-10T14:00'), ISTANBUL)).toBeNull()
})

test('nobody who wants no quiet, or names an empty span, is kept waiting', () => {
  expect(quietUntil(null, at('2026-03-10T03:00'), ISTANBUL)).toBeNull()
  expect(quietUntil({ from: '08:00', to: '08:00' }, at('2026-03-10T08:00'), ISTANBUL)).toBeNull()
})
