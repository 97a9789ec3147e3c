/** Rules that lose money as people write them, each told of by its danger; and careful ones of the same kinds, about which lint is quiet. */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

import { lintRules } from '../../../engine/lint/lint.js'
import type { Rule } from '../../../engine/rule/rule.js'
import { NOW, rulesOf, settingsOf } from '../../support/lint-rules.js'

const FOLDER = join(import.meta.dirname, 'lint')
const read = (...path: readonly string[]) => readFileSync(join(FOLDER, ...path), 'utf8')
const SETTINGS = settingsOf(read('tetik.yaml'))

/** Each rule alone, as the only one of its project. */
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

describe('a dangerous rule is warned of', () => {
  it.each(rulesIn('dangerous'))('%s: %s', (code, _, text, rule) => {
    expect(codesOf(text, rule)).toContain(code)
  })
})

describe('a careful rule is not', () => {
  it.each(rulesIn('careful'))('%s: %s', (_, __, text, rule) => {
    expect(codesOf(text, rule)).toEqual([])
  })
})

/** Files are named by the danger, and by whether it is there. */
describe('rules together', () => {
  it.each(readdirSync(join(FOLDER, 'pairs')))('%s', (file) => {
    const [code, kind] = file.split('.')
    const text = read('pairs', file)
    const files = [{ path: 'rules/r.yaml', text }]
    const rules = rulesOf(text, SETTINGS)
    const { diagnostics } = lintRules({ files, rules, settings: SETTINGS, now: NOW, complete: true, sound: true })
    const codes = diagnostics.map(({ code }) => code)
    if (kind!.startsWith('bad')) expect(codes).toContain(code)
    else expect(codes).toEqual([])
  })
})
