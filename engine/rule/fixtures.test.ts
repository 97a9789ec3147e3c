import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

import { loadSettings } from '../account/load.js'
import { renderDiagnostics } from '../diagnostic/render.js'
import { loadRules } from './load.js'

const FOLDER = join(import.meta.dirname, 'fixtures')
const read = (name: string) => readFileSync(join(FOLDER, name), 'utf8')

const settingsOf = (name: string) => {
  const loaded = loadSettings(name, read(name))
  expect(loaded.diagnostics).toEqual([])
  return loaded.settings
}
const load = (name: string) => {
  const settings = settingsOf(name.includes('.two-currencies.') ? 'two-currencies.tetik.yaml' : 'tetik.yaml')
  return loadRules([{ path: name, text: read(name) }], settings)
}
const names = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'))

/** Line and code of every fault, in order. A new case is a new file and a line here; its golden file shows the words. */
const CODES: Readonly<Record<string, string>> = {
  'alias-bomb.bad.yaml': '1 alias-bomb',
  'alias-of-itself.bad.yaml': '5 alias-bomb',
  'all-accounts.two-currencies.bad.yaml': '5 currency-needed, 9 currency-mismatch, 10 missing-account, 20 unknown-attribute',
  'keys.bad.yaml':
    '1 not-available, 4 bad-id, 5 unknown-choice, 6 unknown-key, 7 too-often, 8 unknown-choice, 9 out-of-range, ' +
    '10 bad-duration, 11 bad-limit, 12 wrong-type, 14 not-available, 15 wrong-type, 16 missing-key, ' +
    '17 unknown-account, 19 several-cadences, 23 missing-key, 24 bad-time, 24 bad-time, 24 bad-time, ' +
    '25 unknown-timezone, 26 empty, 29 not-available, 30 bad-cron, 32 not-available, 33 bad-cron, ' +
    '37 needless-key, 38 out-of-range, 39 missing-key, 41 wrong-type',
  'lines.bad.yaml':
    '5 inline-logic, 6 inline-logic, 7 syntax, 8 unexpected-character, 9 chained-comparison, 10 foreign-operator, ' +
    '11 foreign-operator, 12 syntax, 13 syntax, 14 syntax, 15 syntax, 16 syntax, 17 syntax, 18 syntax, ' +
    '19 bad-number, 20 unterminated-text, 21 unknown-unit, 21 unexpected-character, 22 not-available, ' +
    '23 not-available, 24 not-available, 25 not-available',
  'names.bad.yaml':
    '5 unknown-metric, 6 unknown-window, 6 unknown-attribute, 7 missing-window, 8 needless-window, ' +
    '9 unknown-owner, 10 wrong-owner, 11 wrong-owner, 12 unknown-attribute, 13 unknown-choice, 14 unquoted-text, ' +
    '15 unknown-function, 16 missing-value, 17 unknown-attribute, 18 unknown-window, 19 bad-window, ' +
    '20 unknown-window, 21 unknown-window, 22 unknown-window',
  'no-rules-key.bad.yaml': '1 wrong-type',
  'steps.bad.yaml':
    '6 unknown-choice, 7 not-available, 8 unknown-choice, 9 bad-budget, 10 bad-budget, 11 out-of-range, ' +
    '12 out-of-range, 13 currency-mismatch, 14 too-precise, 15 out-of-range, 16 out-of-range, 17 missing-key, ' +
    '18 unknown-recipient, 19 missing-key, 20 unknown-attribute, 20 missing-window, 20 syntax, 21 syntax, ' +
    '22 empty, 23 wrong-type, 24 out-of-range, 25 bad-duration, 26 bad-time, 27 out-of-range, 28 not-available, ' +
    '29 unknown-key, 31 several-steps, 35 wrong-scope, 39 wrong-scope',
  'tab.bad.yaml': '3 yaml-tab',
  'traps.bad.yaml':
    '4 unquoted-condition, 7 unquoted-condition, 10 unquoted-condition, 13 unquoted-condition, ' +
    '17 unquoted-condition, 18 unquoted-condition, 19 unquoted-condition, 20 wrong-type, 21 unknown-key, ' +
    '23 several-joints, 24 empty, 25 empty, 30 unquoted-text, 33 unquoted-text, 36 unknown-metric',
  'twice.bad.yaml': '3 duplicate-key, 6 duplicate-key, 10 duplicate-id',
  'two-documents.bad.yaml': '2 several-documents',
  'units.bad.yaml':
    '5 unit-mismatch, 6 currency-mismatch, 7 unit-mismatch, 8 unit-mismatch, 9 unit-mismatch, 10 unit-mismatch, ' +
    '11 unit-mismatch, 12 unit-mismatch, 13 unit-mismatch, 14 missing-comparison, 15 syntax, 16 unknown-unit, ' +
    '17 unknown-unit, 18 unknown-unit, 19 unknown-unit, 20 unit-mismatch, 21 unit-mismatch, 22 unit-mismatch, ' +
    '23 unit-mismatch, 24 currency-mismatch',
  'yaml-features.bad.yaml': '4 unknown-alias, 6 unsupported-yaml',
}

describe('rule files', () => {
  it.each(names.filter((name) => name.endsWith('.good.yaml')))('%s has no error', (name) => {
    expect(load(name).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  })

  const bad = names.filter((name) => name.endsWith('.bad.yaml'))

  it('are all in the table', () => {
    expect(Object.keys(CODES).sort()).toEqual(bad.sort())
  })

  it.each(bad)('%s has the faults of the table', (name) => {
    expect(
      load(name)
        .diagnostics.map(({ line, code }) => `${line} ${code}`)
        .join(', '),
    ).toEqual(CODES[name])
  })

  it.each(bad)('%s is shown as its golden file has it', async (name) => {
    const { diagnostics } = load(name)
    const rendered = renderDiagnostics(diagnostics, { textOf: (file) => read(file), colour: false })
    await expect(`${rendered}\n`).toMatchFileSnapshot(join(FOLDER, name.replace(/yaml$/, 'txt')))
  })
})
