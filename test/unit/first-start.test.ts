import { expect, it } from 'vitest'

import { ACCOUNTS } from '../../sandbox/accounts/accounts.js'
import { firstTicks, shipped } from '../support/first-tick.js'

it('the three accounts of the shipped project agree with the sandbox’s', async () => {
  const { settings, rules } = await shipped()
  expect(settings.accounts.map(({ name }) => name)).toEqual(['moda-tr', 'dil-kursu', 'esarp'])
  for (const { id, currency, timezone } of settings.accounts) {
    const account = ACCOUNTS.find((one) => `act_${one.id}` === id)
    expect([account?.currency, account?.timezoneName]).toEqual([currency, timezone])
  }
  expect(rules.filter(({ account }) => account === null)).toEqual([])
})

/** In the first minutes of a month, and in the night before its last days, on which a budget change can no longer affect the month. */
it.each([
  [['2026-12-01T00:05:00+03:00', '2027-02-26T03:00:00+03:00'], 1905] as const,
  [['2026-12-09T11:20:00+03:00'], 7] as const,
])('a first start at any time leads to a change, an approval, an alert and each kind of suggestion', async (moments, seed) => {
  for (const moment of moments) {
    const found = await firstTicks(Date.parse(moment), seed)
    const all = [...found.values()]
    const carriedOut = all.flatMap(({ fired }) => fired).filter((line) => !line.endsWith('observe'))
    expect(carriedOut, moment).toEqual([
      'pause-expensive-adsets · Erkek 25-54 | İlgi alanları · act',
      'ask-to-pause-expensive-leads · Video 3 | Erkek · ask',
    ])
    const kinds = new Set(all.flatMap(({ suggestions }) => suggestions.map((line) => line.split(' ')[0])))
    expect([...kinds].sort(), moment).toEqual(['fatigue', 'move', 'pace', 'waste'])
    expect(found.get('esarp')?.alerts, moment).toContain('adset LAL %3: spend down')
    expect(found.get('esarp')?.suggestions, moment).toContain('fatigue · İlgi | Muhafazakâr moda')
    expect(found.get('dil-kursu')?.suggestions, moment).toContain('waste · Kurumsal | İş İngilizcesi')
  }
})
