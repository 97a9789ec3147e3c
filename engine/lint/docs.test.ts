import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { lintText, NOW, SETTINGS, settingsOf } from '../../test/support/lint-rules.js'
import { renderDiagnostics } from '../diagnostic/render.js'
import { factsOf } from '../facts/facts-of-dataset.js'
import { openExport } from '../read-export/open-export.js'
import { readExport } from '../read-export/read-export.js'
import type { LintInput } from './lint.js'
import { LINTS } from './rules/catalogue.js'

const FOLDER = join(import.meta.dirname, '..', '..', 'docs', 'lint')
const read = (name: string) => readFileSync(join(FOLDER, name), 'utf8')
const block = (page: string, kind: string): string | null => new RegExp(`\`\`\`${kind}\n(.*?)\`\`\``, 's').exec(page)?.[1] ?? null

/** Reads the CSV rows of a page as `tetik check --data` would. */
function dataOf(csv: string): NonNullable<LintInput['dataOf']> {
  const { opened } = openExport({ path: 'data.csv', text: csv })
  const { dataset } = readExport(opened!, { currency: null, needed: null, result: null })
  const account = { name: 'moda-tr', id: null, currency: 'TRY', timezone: 'Europe/Istanbul', result: 'purchases', values: {} }
  return () => ({ facts: factsOf(dataset!, { account, at: NOW, pace: 0 }), asOfNow: true })
}

function lintOf(page: string, kind: string) {
  const own = block(page, 'yaml tetik.yaml')
  const csv = block(page, 'csv')
  const options = {
    settings: own === null ? SETTINGS : settingsOf(own),
    ...(csv === null ? {} : { dataOf: dataOf(csv) }),
  }
  return lintText(block(page, kind)!, options).diagnostics
}

const codesOf = (page: string, kind: string): readonly string[] => [...new Set(lintOf(page, kind).map(({ code }) => code))]

describe.each(LINTS)('docs/lint/$code.md', ({ code }) => {
  const page = read(`${code}.md`)

  it('has an example with that warning and no other', () => {
    expect(codesOf(page, 'yaml bad')).toEqual([code])
  })

  it('has a corrected example without warnings', () => {
    expect(codesOf(page, 'yaml mended')).toEqual([])
  })

  it('says what it is, and why it costs money', () => {
    expect(page).toMatch(new RegExp(`^# ${code}\n\n.{20,}\n\n`))
    expect(page).toMatch(/\n## Why it costs money\n\n.{20,}/)
  })
})

it('every warning has a page, every page is about a warning, and the README lists them all', () => {
  const codes = LINTS.map((lint) => lint.code)
  expect(readdirSync(FOLDER).sort()).toEqual([...codes.map((code) => `${code}.md`), 'README.md'].sort())
  for (const code of codes) expect(read('README.md')).toContain(`| [\`${code}\`](${code}.md) |`)
})

it('the examples are reported as in the golden file', async () => {
  const shown = LINTS.map(({ code }) => {
    const page = read(`${code}.md`)
    return renderDiagnostics(lintOf(page, 'yaml bad'), { textOf: () => block(page, 'yaml bad')!, colour: false })
  })
  await expect(`${shown.join('\n\n')}\n`).toMatchFileSnapshot(join(import.meta.dirname, 'fixtures', 'docs.txt'))
})
