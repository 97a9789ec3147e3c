import { expect, it } from 'vitest'

import { withoutOffMeta } from '../../metric/off-meta.js'
import { EntityDays } from './entity-days.js'

it('a measure that a row lacks is zero, unless it counts events off Meta and Meta left those out', () => {
  const names = ['spend', 'link_clicks', 'purchases', 'revenue', 'action:contact_website']
  const days = new EntityDays(names, { first: 10, last: 11 })
  days.read([
    { since: 10, until: 10, measures: { spend: 5, purchases: 2 } },
    { since: 11, until: 11, measures: withoutOffMeta({ spend: 7, purchases: 0 }) },
  ])
  expect(names.map((name) => days.gaps(name))).toEqual([[], [], [1], [1], [1]])
  expect([...days.sums('spend')]).toEqual([5, 7])
  expect([...days.sums('purchases')]).toEqual([2, 0])
})
