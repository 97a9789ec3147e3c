import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import fc from 'fast-check'
import { expect, it } from 'vitest'

import { NOW, SETTINGS } from '../../test/support/lint-rules.js'
import { loadRules } from '../rule/read/load.js'
import { lintRules } from './lint.js'

const ROOT = join(import.meta.dirname, '..', '..')
const FIXTURES = join(ROOT, 'engine', 'rule', 'read', 'fixtures')
const WHOLE_LANGUAGE = readFileSync(join(FIXTURES, 'whole-language.good.yaml'), 'utf8')

function lint(text: string, settings: typeof SETTINGS | null) {
  const files = [{ path: 'r.yaml', text }]
  const { rules } = loadRules(files, settings)
  return { rules, ...lintRules({ files, rules, settings, now: NOW, complete: true, sound: true }) }
}

it('the first rule in docs/rules.md has no warnings', () => {
  const text = /```yaml\n(.*?)```/s.exec(readFileSync(join(ROOT, 'docs', 'rules.md'), 'utf8'))![1]!
  const { rules, diagnostics } = lint(text, null)
  expect(rules.length).toBeGreaterThan(0)
  expect(diagnostics).toEqual([])
})

it('every rule that can be loaded can be linted, and each warning is at a place within the text', () => {
  const lines = WHOLE_LANGUAGE.split('\n')
  const edit = fc.tuple(fc.nat(lines.length - 1), fc.nat(lines.length - 1))
  let linted = 0
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 4 }), fc.boolean(), (edits, withSettings) => {
      const mixed = [...lines]
      for (const [from, to] of edits) mixed[to] = mixed[from]!
      const { rules, diagnostics } = lint(mixed.join('\n'), withSettings ? SETTINGS : null)
      linted += rules.length
      for (const { line, column, length, message } of diagnostics) {
        const text = mixed[line - 1]
        expect(text, message).toBeDefined()
        // Something missing at the end of a line is reported one column after it.
        expect(column - 1, message).toBeLessThanOrEqual(text!.length)
        expect(column - 1 + length, message).toBeLessThanOrEqual(Math.max(text!.length, column))
      }
    }),
    { numRuns: 60 },
  )
  expect(linted).toBeGreaterThan(60)
}, 60_000)
