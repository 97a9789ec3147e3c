import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { loadSettings } from '../../account/load.js'
import { renderDiagnostics } from '../../diagnostic/render.js'
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

/** Line and code of every error, in order. A new case is a new file and a line here; its golden file contains the messages. */
const CODES: Readonly<Record<string, string>> = {
  'alias-bomb.bad.yaml': '1 alias-bomb',
  'alias-of-itself.bad.yaml': '5 alias-bomb',
  'all-accounts.two-currencies.bad.yaml':
    '5 currency-needed, 9 currency-mismatch, 10 missing-account, 20 unknown-attribute, ' +
    '26 currency-needed, 27 currency-needed, 28 currency-needed',
  'blueprints.bad.yaml':
    '5 name-taken, 6 unknown-choice, 7 bad-percentage, 8 bad-name, 16 unknown-key, 18 unknown-attribute, ' +
    '30 duplicate-name, 32 missing-key, 32 bad-name, 35 unknown-blueprint, 37 missing-input, 40 bad-money, ' +
    '40 unknown-input, 40 bad-quantity, 42 currency-mismatch, 42 too-often, ' +
    '42 unknown-recipient, 49 unknown-key, 53 unknown-account',
  'functions.bad.yaml':
    '5 wrong-place, 8 wrong-arguments, 9 wrong-arguments, 10 wrong-arguments, 11 missing-window, ' +
    '12 unit-mismatch, 13 wrong-place, 14 unknown-function, 15 wrong-owner, 16 unknown-owner, ' +
    '17 unit-mismatch, 18 unit-mismatch, 19 currency-mismatch, 20 unit-mismatch, 21 wrong-arguments, ' +
    '22 needless-window, 23 bad-horizon, 24 bad-horizon, 25 bad-horizon, 26 wrong-arguments, ' +
    '27 wrong-arguments, 28 unknown-metric, 29 currency-mismatch, 30 missing-window, 31 unit-mismatch, ' +
    '32 wrong-arguments, 33 wrong-arguments, 34 wrong-arguments, 38 wrong-owner, 39 wrong-owner, ' +
    '40 wrong-owner, 44 wrong-owner, 45 wrong-owner, 46 wrong-scope',
  'hooks-and-steps.bad.yaml':
    '4 several-cadences, 8 bad-name, 12 needless-key, 17 unit-mismatch, 18 unit-mismatch, 19 unquoted-text, ' +
    '20 wrong-arguments, 21 currency-mismatch, 22 syntax, 23 unit-mismatch, 26 no-payload, 28 wrong-scope, ' +
    '29 bad-id, 34 bad-bid, 35 out-of-range, 36 unknown-key, 37 unknown-attribute, 38 unknown-choice, ' +
    '39 empty, 40 empty, 41 contradiction, 42 out-of-range, 43 missing-key, 44 literal-secret, ' +
    '45 missing-window, 45 syntax, 46 missing-key, 47 recipient-right, 48 out-of-range, ' +
    '49 missing-comparison, 50 empty',
  'keys.bad.yaml':
    '4 bad-id, 5 unknown-choice, 6 unknown-key, 8 unknown-choice, 9 out-of-range, 10 bad-duration, ' +
    '11 bad-limit, 12 wrong-type, 14 several-cadences, 15 wrong-type, 16 missing-key, 17 unknown-account, ' +
    '19 several-cadences, 23 missing-key, 24 bad-time, 24 bad-time, 24 bad-time, 25 unknown-timezone, ' +
    '26 empty, 29 missing-key, 30 bad-cron, 33 bad-cron, 37 needless-key, 38 out-of-range, 39 missing-key, ' +
    '41 wrong-type',
  'lines.bad.yaml':
    '5 inline-logic, 6 inline-logic, 7 syntax, 8 unexpected-character, 9 chained-comparison, ' +
    '10 foreign-operator, 11 foreign-operator, 12 syntax, 13 syntax, 14 syntax, 15 syntax, 16 syntax, ' +
    '17 syntax, 18 bad-number, 19 bad-number, 20 unterminated-text, 21 unknown-unit, 21 unexpected-character, ' +
    '22 no-payload, 23 syntax, 24 syntax, 25 syntax, 26 needless-window, 27 foreign-operator, 28 foreign-operator',
  'metrics.bad.yaml':
    '2 bad-name, 3 name-taken, 4 name-taken, 5 name-taken, 6 needless-window, 7 wrong-place, 8 wrong-place, ' +
    '9 cycle, 13 no-metric, 14 unit-mismatch, 15 unknown-attribute, 16 unit-mismatch, 17 syntax, ' +
    '20 too-large, 27 wrong-place, 29 missing-window, 30 unknown-unit, 31 unit-mismatch, 32 unknown-metric, ' +
    '35 currency-mismatch, 36 wrong-arguments, 37 needless-window',
  'names.bad.yaml':
    '5 unknown-metric, 6 unknown-window, 6 unknown-attribute, 7 missing-window, 8 needless-window, ' +
    '9 unknown-owner, 10 wrong-owner, 11 wrong-owner, 12 unknown-attribute, 13 unknown-choice, ' +
    '14 unquoted-text, 15 unknown-function, 16 missing-value, 17 unknown-attribute, 18 unknown-window, ' +
    '19 bad-window, 20 unknown-window, 21 unknown-window, 22 unknown-window',
  'no-rules-key.bad.yaml': '1 wrong-type',
  'steps.bad.yaml':
    '6 unknown-choice, 7 unknown-choice, 8 unknown-choice, 9 bad-budget, 10 bad-budget, 11 out-of-range, ' +
    '12 out-of-range, 13 currency-mismatch, 14 ambiguous-amount, 15 out-of-range, 16 out-of-range, 17 missing-key, ' +
    '18 unknown-recipient, 19 missing-key, 20 unknown-attribute, 20 missing-window, 20 syntax, 21 syntax, ' +
    '22 empty, 23 wrong-type, 24 out-of-range, 25 bad-duration, 26 bad-time, 27 out-of-range, 28 wrong-type, ' +
    '29 unknown-key, 31 several-steps, 35 wrong-scope, 39 wrong-scope',
  'tab.bad.yaml': '3 yaml-tab',
  'traps.bad.yaml':
    '4 unquoted-condition, 7 unquoted-condition, 10 unquoted-condition, 13 unquoted-condition, ' +
    '17 unquoted-condition, 18 unquoted-condition, 19 unquoted-condition, 20 wrong-type, 21 unknown-key, ' +
    '23 several-joints, 24 empty, 25 empty, 30 unquoted-text, 33 unquoted-text, 36 unknown-metric, ' +
    '39 unquoted-condition, 42 unquoted-condition',
  'twice.bad.yaml': '3 duplicate-key, 6 duplicate-key, 10 duplicate-id, 15 unknown-metric, 16 duplicate-id, 18 unknown-attribute',
  'two-documents.bad.yaml': '2 several-documents',
  'units.bad.yaml':
    '5 unit-mismatch, 6 currency-mismatch, 7 unit-mismatch, 8 unit-mismatch, 9 unit-mismatch, ' +
    '10 unit-mismatch, 11 unit-mismatch, 12 unit-mismatch, 13 unit-mismatch, 14 missing-comparison, ' +
    '15 syntax, 16 unknown-unit, 17 unknown-unit, 18 unknown-unit, 19 unknown-unit, 20 unit-mismatch, ' +
    '21 unit-mismatch, 22 unit-mismatch, 23 unit-mismatch, 24 currency-mismatch, 25 missing-window, ' +
    '25 unit-mismatch, 26 unknown-window, 26 unit-mismatch',
  'yaml-features.bad.yaml': '4 unknown-alias, 6 unsupported-yaml',
}

describe('rule files', () => {
  it.each(names.filter((name) => name.endsWith('.good.yaml')))('%s has no error', (name) => {
    expect(load(name).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  })

  const bad = names.filter((name) => name.endsWith('.bad.yaml'))

  it('with errors are all in the table', () => {
    expect(Object.keys(CODES).sort()).toEqual(bad.sort())
  })

  it.each(bad)('%s has the errors of the table', (name) => {
    expect(
      load(name)
        .diagnostics.map(({ line, code }) => `${line} ${code}`)
        .join(', '),
    ).toEqual(CODES[name])
  })

  it.each(bad)('%s is shown as in its golden file', async (name) => {
    const { diagnostics } = load(name)
    const rendered = renderDiagnostics(diagnostics, { textOf: (file) => read(file), colour: false })
    await expect(`${rendered}\n`).toMatchFileSnapshot(join(FOLDER, name.replace(/yaml$/, 'txt')))
  })
})
