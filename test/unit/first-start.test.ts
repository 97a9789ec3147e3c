import { expect, it } from 'vitest'

import { ACCOUNTS } from '../../sandbox/accounts/accounts.js'
import { firstTicks, shipped } from '../support/first-tick.js'

it('the project as shipped names three accounts of the sandbox, as the sandbox has them', async () => {
  const { settings, rules } = await shipped()
  expect(settings.accounts.map(({ name }) => name)).toEqual(['moda-tr', 'dil-kursu', 'esarp'])
  for (const { id, currency, timezone } of settings.accounts) {
    const account = ACCOUNTS.find((one) => `act_${one.id}` === id)
    expect([account?.currency, account?.timezoneName]).toEqual([currency, timezone])
  }
  expect(rules.filter(({ account }) => account === null)).toEqual([])
})

/** The first minutes of a month, and the night before the last days, on which no budget changes the month any more. */
it.each([
  [['2026-12-01T00:05:00+03:00', '2027-02-26T03:00:00+03:00'], 1905] as const,
  [['2026-12-09T11:20:00+03:00'], 7] as const,
])('whenever it is started first, a change, an approval, an alert and each kind of suggestion follow', async (moments, seed) => {
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
