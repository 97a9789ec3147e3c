import { describe, expect, it } from 'vitest'

import { parseTimeZone } from './account-name.js'

describe('an unknown time zone', () => {
  it.each([
    ['Europe/Ankara', 'Europe/Istanbul'],
    ['Ankara', 'Europe/Istanbul'],
    ['Istanbul', 'Europe/Istanbul'],
    ['Europe/Istambul', 'Europe/Istanbul'],
    ['Turkey', 'Europe/Istanbul'],
    ['GMT+3', 'Europe/Istanbul'],
    ['Europe/Munich', 'Europe/Berlin'],
    ['America/San Francisco', 'America/Los_Angeles'],
  ])('%s gives the hint %s', (text, zone) => {
    expect(parseTimeZone(text).faults[0]!.hint).toBe(`did you mean \`${zone}\`?`)
    expect(parseTimeZone(zone).value).toBe(zone)
  })

  it('that resembles no other gives no guess', () => {
    expect(parseTimeZone('Europe/Konya').faults[0]!.hint).toBe('for example `Europe/Istanbul`')
  })
})
