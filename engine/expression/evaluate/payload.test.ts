import { expect, it } from 'vitest'

import type { Facts } from '../../facts/facts.js'
import { Unknown } from '../../value/value.js'
import { payloadValue } from './payload.js'

const valueOf = (total: unknown) =>
  payloadValue(['total'], 'money', { payload: { total }, account: { currency: 'TRY' } } as unknown as Facts)

it('a text with two readings is unknown, and the reason says so', () => {
  const value = valueOf('1.250') as Unknown
  expect(value).toBeInstanceOf(Unknown)
  expect(value.reason).toBe('`payload.total` is the text "1.250", which can be read in two ways')
})

it.each([
  ['1.25', 125],
  ['1250', 125_000],
  ['1250.50', 125_050],
  ['0.250', 25],
  [1.25, 125],
])('%j is %i in minor units', (written, minor) => {
  expect(valueOf(written)).toBe(minor)
})
