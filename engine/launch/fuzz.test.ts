import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { objectsFor, SETTINGS } from '../../test/support/launches.js'
import { loadSettings } from '../account/load.js'
import { isError } from '../diagnostic/fault.js'
import { loadLaunches } from './read/load.js'

const EXAMPLES = join(import.meta.dirname, '..', '..', 'examples')
const read = (path: string) => readFileSync(join(EXAMPLES, path), 'utf8')
const specs = readdirSync(join(EXAMPLES, 'specs')).filter((name) => name.endsWith('.yaml'))
const settings = loadSettings('tetik.yaml', read('tetik.yaml')).settings!

/** Expects either specs whose objects can be computed, or errors with a place and a readable message. */
function expectSound(text: string, of = SETTINGS): void {
  const { launches, diagnostics } = loadLaunches([{ path: 'specs/a.yaml', text }], of)
  for (const { line, column, length, message } of diagnostics) {
    expect(Math.min(line, column, length)).toBeGreaterThan(0)
    expect(message).not.toMatch(/undefined|\[object|NaN/)
  }
  if (diagnostics.some(isError)) expect(launches).toEqual([])
  for (const spec of launches) {
    for (const { fields } of objectsFor(spec)) expect(JSON.parse(JSON.stringify(fields))).toEqual(fields)
  }
}

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
  '*a',
  '&a ',
  '<<: ',
  '__proto__',
  '0',
  '-1',
  '1e400',
  '.nan',
  '~',
  'true',
  '|',
  '\u0000',
  'ş',
  '…',
]
const edit = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), cut: fc.nat(12), put: fc.constantFrom('', ...scraps) })

describe('any text as a spec', () => {
  test('random bytes are reported as errors', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => expectSound(new TextDecoder().decode(bytes))),
      { numRuns: 200 },
    )
  })

  test.each(specs)('%s with random edits is a spec or has errors with a place', (name) => {
    const text = read(`specs/${name}`)
    expectSound(text, settings)
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
        const edited = edits.reduce((text, { at, cut, put }) => {
          const from = Math.floor(at * text.length)
          return text.slice(0, from) + put + text.slice(from + cut)
        }, text)
        expectSound(edited, settings)
      }),
      { numRuns: 60 },
    )
  })

  test.each(specs)('%s without any one of its lines is a spec or has errors with a place', (name) => {
    const lines = read(`specs/${name}`).split('\n')
    for (const at of lines.keys()) expectSound(lines.filter((_, index) => index !== at).join('\n'), settings)
  })
})
