import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { openTestFile } from './load.js'
import { runTest } from './run.js'

const read = (path: string) => readFileSync(join(import.meta.dirname, '..', '..', path), 'utf8')

/** The rule that the example in docs/testing.md tests. */
const RULE = `rules:
  - id: pause-expensive-adsets
    scope: adset
    where: [delivering, 'campaign.name matches "TR | *"']
    every: 30m
    when:
      all:
        - cpa[last_3d] > 1.5 * target_cpa
        - spend[today] > 250 TRY
        - not: purchases[today] >= 5
    for: 2h
    then:
      - pause
      - whatsapp: { to: owner, text: "{adset.name} paused: CPA {cpa[last_3d]}" }
      - wait: until 08:00
      - start
    mode: act
    clear: cpa[last_3d] < target_cpa
`

test('the test in docs/testing.md passes, and fails as shown there', async () => {
  const [, text] = /```yaml\n(rules:[\s\S]*?)```/.exec(read('docs/testing.md'))!
  const load = (text: string) => openTestFile('a.test.yaml', text).load([{ path: 'a.yaml', text: RULE }], null)
  const { tests, diagnostics } = load(text!)
  expect(diagnostics).toEqual([])
  expect((await runTest(tests[0]!)).failures).toEqual([])
  const other = text!.replace(
    'at: 2026-03-10 14:00, outcome: fire, steps: [pause, whatsapp, wait, start]',
    'at: 2026-03-10 12:00, outcome: hold, because: when',
  )
  expect((await runTest(load(other).tests[0]!)).failures).toMatchObject([{ got: { outcome: 'hold', because: 'for' } }])
})
