import { expect, it } from 'vitest'

import { loadRules } from '../../rule/read/load.js'
import { reachFindings } from './reach.js'

const reported = (when: string, scope = 'adset') => {
  const text = `rules:\n  - { id: a, scope: ${scope}, when: "${when}", then: [{ whatsapp: { to: owner, text: x } }] }\n`
  const { rules } = loadRules([{ path: 'r.yaml', text }], null)
  return rules.flatMap(reachFindings).map(({ message }) => message)
}

it.each([
  ['frequency[6h] > 3', 'adset', 'Meta provides no `frequency` by the hour: the condition is always unknown'],
  ['reach[last_7d] > 3', 'group', 'Meta provides no `reach` for a group: the condition is always unknown'],
  ['group.reach[last_7d] > 3', 'adset', 'Meta provides no `reach` for a group: the condition is always unknown'],
  [
    'forecast(reach, 7d) > 3',
    'adset',
    '`reach` cannot be summed over days, so it has no forecast: the condition is always unknown',
  ],
])('%s is reported for scope %s', (when, scope, message) => {
  expect(reported(when, scope)).toEqual([message])
})

it.each(['frequency[last_7d] > 3', 'account.reach[maximum] > 3', 'spend[6h] > 3 TRY'])('%s is not reported', (when) => {
  expect(reported(when)).toEqual([])
})
