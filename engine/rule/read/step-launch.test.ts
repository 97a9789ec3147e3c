import { expect, it } from 'vitest'

import { loadSettings } from '../../account/load.js'
import { loadRules } from './load.js'

const settings = loadSettings(
  'tetik.yaml',
  `accounts:
  - { name: moda-tr, id: act_1, currency: TRY, timezone: Europe/Istanbul }
  - { name: moda-de, id: act_2, currency: EUR, timezone: Europe/Berlin }
`,
).settings

const launches = new Map([
  ['summer-sale', 'moda-tr'],
  ['winter-sale', 'moda-de'],
])

const read = (step: string, known: ReadonlyMap<string, string> | undefined = launches, account = 'moda-tr') =>
  loadRules(
    [
      {
        path: 'r.yaml',
        text: `rules:\n  - { id: r, account: ${account}, scope: account, when: "spend[today] > 1 TRY", then: [{ launch: ${step} }] }\n`,
      },
    ],
    settings,
    known === undefined ? {} : { launches: known },
  )

it('accepts the key of a spec of the rule’s account', () => {
  const { rules, diagnostics } = read('summer-sale')
  expect(diagnostics).toEqual([])
  expect(rules[0]!.then).toEqual([{ kind: 'launch', key: 'summer-sale' }])
})

it('suggests the nearest key if no spec has it', () => {
  expect(read('sumer-sale').diagnostics).toMatchObject([
    { code: 'unknown-launch', message: 'no spec has `launch: sumer-sale`', hint: 'did you mean `summer-sale`?' },
  ])
})

it('says where specs belong if there are none, and accepts any key if it is unknown which exist', () => {
  expect(read('summer-sale', new Map()).diagnostics[0]!.hint).toMatch('specs/')
  expect(
    loadRules([{ path: 'r.yaml', text: 'rules: [{ id: r, scope: adset, when: delivering, then: [{ launch: any-key }] }]' }], null)
      .diagnostics,
  ).toEqual([])
})

it('rejects the spec of another account', () => {
  expect(read('winter-sale').diagnostics).toMatchObject([{ code: 'wrong-account' }])
  expect(read('summer-sale', launches, 'moda-de').diagnostics.map(({ code }) => code)).toContain('wrong-account')
})

it('rejects an invalid key', () => {
  expect(read('Summer Sale').diagnostics).toMatchObject([{ code: 'bad-id', hint: 'did you mean `summer-sale`?' }])
})
