import { expect, test } from 'vitest'

import { loadRules } from './load.js'

const load = (lines: string) => loadRules([{ path: 'a.yaml', text: lines }], null)

test('a text input of a blueprint can be used in `matches` and `contains`', () => {
  const { rules, diagnostics } = load(`
blueprints:
  - name: brand
    inputs: { brand: { type: text }, glob: { type: text, default: "TR | *" } }
    rule:
      scope: adset
      where: campaign.name contains brand
      when: name matches glob
rules:
  - { id: a, use: brand, with: { brand: "Yaz: 1" } }
`)
  expect(diagnostics).toEqual([])
  expect(rules[0]).toMatchObject({
    where: { comparison: { kind: 'contains', text: 'Yaz: 1' } },
    when: { comparison: { kind: 'matches', pattern: 'TR | *' } },
  })
})

test.each(['Moda', 'max_cpa', 'spend'])('`contains %s` without such an input needs quotes', (word) => {
  const { diagnostics } = load(`
blueprints:
  - name: brand
    inputs: { max_cpa: { type: money } }
    rule:
      scope: adset
      when: name contains ${word}
`)
  expect(diagnostics).toMatchObject([{ code: 'syntax', line: 7, hint: `did you mean \`"${word}"\`?` }])
})
