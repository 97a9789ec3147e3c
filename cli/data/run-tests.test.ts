import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { runTests } from './run-tests.js'

const SETTINGS = `accounts:
  - name: us
    id: act_1
    currency: USD
    timezone: America/New_York
    targets: { target_cpa: 20 USD }
recipients:
  - { name: owner, phone: "+90 555 000 00 01", language: en, accounts: [us] }
groups:
  - { name: umbrella, account: us, campaigns: ["US | *"], monthly_budget: 1000 USD }
`
const RULES = `rules:
  - { id: a, account: us, scope: adset, when: "spend[today] > 10 USD", then: [pause] }
`
const TEST = (name: string) => `  - name: ${name}
    account: us
    adsets: [{ name: A, today: { spend: 300 } }]
    groups: [{ name: umbrella }]
    at: 2026-03-10 12:00
    expect: [{ rule: a, adset: A, outcome: fire }]
`
const TESTS = `rules: rules.yaml\ntests:\n${TEST('one')}${TEST('two')}`

async function faults(settings: string | null): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'tetik-run-tests-'))
  if (settings !== null) await writeFile(join(folder, 'tetik.yaml'), settings)
  await writeFile(join(folder, 'rules.yaml'), RULES)
  await writeFile(join(folder, 'rules.test.yaml'), TESTS)
  const { files } = await runTests(['rules.test.yaml'], folder)
  return files.flatMap(({ diagnostics }) => diagnostics.map(({ file, line, code }) => `${file}:${line} ${code}`))
}

test('with valid settings, the tests have no errors', async () => {
  expect(await faults(SETTINGS)).toEqual([])
})

test.each([
  ['a time zone', 'America/New_York', 'America/New_Yrok'],
  ['a currency', 'currency: USD', 'currency: UDS'],
  ['an amount', '20 USD', '20 USDD'],
  ['a recipient’s language', 'language: en', 'language: enn'],
  ['a brace', ', accounts: [us] }', ', accounts: [us]'],
  ['a colon', 'currency: USD', 'currency USD'],
  ['indentation', '    currency', '     currency'],
  ['a tab', '    currency', '\tcurrency'],
])('an error in %s in tetik.yaml is reported once, and not again by every test', async (_, right, wrong) => {
  const found = await faults(SETTINGS.replace(right, wrong))
  expect(found).toHaveLength(1)
  expect(found[0]).toMatch(/^tetik\.yaml:/)
})

test('without a tetik.yaml, a test that names an account of it gets an error that says so', async () => {
  expect(await faults(null)).toContain('rules.test.yaml:4 unknown-account')
})
