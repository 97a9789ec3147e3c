import { readdirSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { readRuleSets } from '../base/rule-sets.js'
import { checkRuleSets } from '../data/check-rules.js'
import { runTests } from '../data/run-tests.js'
import { testsForPeople } from '../views/test.js'

const ROOT = join(import.meta.dirname, '..', '..')

test.each(['rules', 'examples/rules'])('the tests in %s pass, and every rule file there has tests', async (folder) => {
  const run = await runTests([folder], ROOT)
  expect(testsForPeople(run, { colour: false, coverage: false })).toMatch(/^\d+ tests in \d+ files: \d+ passed\n$/)
  const names = readdirSync(join(ROOT, folder)).filter((name) => /\.yaml$/.test(name) && !/\.test\.yaml$/.test(name))
  expect(run.files.map(({ file }) => file)).toEqual(names.map((name) => join(folder, name.replace(/yaml$/, 'test.yaml'))))
})

test('the examples have no errors or warnings', async () => {
  const { ok, diagnostics } = checkRuleSets(await readRuleSets(['examples'], ROOT), true)
  expect({ ok, diagnostics }).toEqual({ ok: true, diagnostics: [] })
})
