import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import fc from 'fast-check'
import { expect, test } from 'vitest'

import { isError } from '../diagnostic/fault.js'
import { openTestFile } from './load.js'
import { runTest } from './run.js'

const FOLDER = join(import.meta.dirname, '..', '..', 'examples', 'rules')
const read = (name: string) => readFileSync(join(FOLDER, name), 'utf8')
const tests = readdirSync(FOLDER).filter((name) => name.endsWith('.test.yaml'))

const scraps = [
  '\t',
  ': ',
  '- ',
  '{',
  '}',
  '[',
  ']',
  '"',
  '#',
  '\n',
  '*',
  '&a',
  '_',
  '*9',
  '-1',
  'today',
  '0',
  '9999-12-31 23:59',
  '1000-01-01',
  'null',
  '\u0000',
  '…',
]
const edit = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), cut: fc.nat(12), put: fc.constantFrom('', ...scraps) })

test('any test file either runs or has an error with a place', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...tests), fc.array(edit, { minLength: 1, maxLength: 4 }), async (name, edits) => {
      const text = edits.reduce((text, { at, cut, put }) => {
        const from = Math.floor(at * text.length)
        return text.slice(0, from) + put + text.slice(from + cut)
      }, read(name))
      const rules = { path: 'a.yaml', text: read(name.replace('.test', '')) }
      const { tests, diagnostics } = openTestFile(name, text).load([rules], null)
      for (const { line, column, length } of diagnostics) expect(Math.min(line, column, length)).toBeGreaterThan(0)
      if (!diagnostics.some(isError)) for (const test of tests) await runTest(test)
    }),
    { numRuns: 150 },
  )
})
