/** Realistic rules that lose money, each with the warning that lint must give, and careful ones of the same kinds, which it must accept. */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { lintRules } from '../../../engine/lint/lint.js'
import type { Rule } from '../../../engine/rule/rule.js'
import { codesOf as codesOfResult, lintText, NOW, rulesOf, settingsOf } from '../../support/lint-rules.js'

const FOLDER = join(import.meta.dirname, 'lint')
const read = (...path: readonly string[]) => readFileSync(join(FOLDER, ...path), 'utf8')
const SETTINGS = settingsOf(read('tetik.yaml'))

/** Lints a rule as the only one of its project. */
const codesOf = (text: string, rule: Rule) => {
  const files = [{ path: 'rules/r.yaml', text }]
  const { diagnostics } = lintRules({ files, rules: [rule], settings: SETTINGS, now: NOW, complete: true, sound: true })
  return diagnostics.map(({ code }) => code)
}

const rulesIn = (folder: string) =>
  readdirSync(join(FOLDER, folder)).flatMap((file) => {
    const text = read(folder, file)
    return rulesOf(text, SETTINGS).map((rule) => [file.replace('.yaml', ''), rule.id, text, rule] as const)
  })

describe('lint warns of a dangerous rule', () => {
  it.each(rulesIn('dangerous'))('%s: %s', (code, _, text, rule) => {
    expect(codesOf(text, rule)).toContain(code)
  })
})

describe('lint accepts a careful rule', () => {
  it.each(rulesIn('careful'))('%s: %s', (_, __, text, rule) => {
    expect(codesOf(text, rule)).toEqual([])
  })
})

describe('complete rules, with messages and modes', () => {
  it.each<[file: string, codes: readonly string[]]>([
    ['01c-zero-purchase-today', ['10 today-too-early']],
    ['02-roas-yesterday', ['9 yesterday-too-early']],
    ['03-scale-learning', ['12 raise-in-learning']],
    ['05-raise-several', ['12 raise-in-learning', '12 raise-without-limit', '14 raise-without-limit']],
    ['05c-raise-fixed', ['7 runs-too-often', '12 raise-in-learning', '12 refused-by-guardrail']],
    ['06-daypart-tz-wait', ['8 two-clocks']],
    ['07b-account-scope-all', ['8 pauses-everything']],
    ['08-kill-lt1', ['7 runs-too-often', '9 no-evidence']],
    ['08d-zero-ev', ['7 runs-too-often', '9 no-evidence']],
    ['12-dup-loop', ['7 runs-too-often', '12 duplicate-without-limit']],
    ['13-start-any-blind', ['8 starts-everything']],
    ['15-percentile', ['9 no-evidence', '9 relative-pause']],
    ['17-pause-no-restart', ['9 pause-without-start']],
    ['39-evidence-account', ['9 no-evidence']],
    // The first rule waits in New York, where daylight saving time skips 02:30; the second waits in Istanbul, which has none.
    ['wait-until-timezone', ['6 two-clocks', '10 summer-time', '16 two-clocks']],
  ])('%s', (file, codes) => {
    expect(codesOfResult(lintText(read('whole', `${file}.yaml`), { settings: SETTINGS }))).toEqual(codes)
  })
})

/** The file names have the code of the warning, and `bad` or `good` for whether it must be given. */
describe('rules together', () => {
  it.each(readdirSync(join(FOLDER, 'pairs')))('%s', (file) => {
    const [code, kind] = file.split('.')
    const text = read('pairs', file)
    const { diagnostics } = lintText(text, { settings: SETTINGS })
    const codes = diagnostics.map(({ code }) => code)
    if (kind!.startsWith('bad')) expect(codes).toContain(code)
    else expect(codes).toEqual([])
  })
})
