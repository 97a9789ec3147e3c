import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'

import { readRuleSets } from '../base/rule-sets.js'
import { checkRuleSets } from '../data/check-rules.js'
import { runTests } from '../data/run-tests.js'
import { initProject, repositoryOf } from './init.js'

const VALUES = {
  account: 'moda-tr',
  id: 'act_1234567890',
  currency: 'TRY',
  timezone: 'Europe/Istanbul',
  repository: 'https://example.com/tetik.git',
  commit: '4d14670',
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tetik-init-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

test.each([
  ['the account of the sandbox', {}],
  ['another account', { account: 'acme', id: 'act_42', currency: 'JPY', timezone: 'Asia/Tokyo' }],
])('the new project with %s has no errors or warnings, and its tests pass', async (_, values) => {
  const folder = join(temporaryFolder(), 'new')
  const { written } = await initProject(folder, { ...VALUES, ...values })
  expect(written.filter((path) => !existsSync(join(folder, path)))).toEqual([])
  const checked = checkRuleSets(await readRuleSets([], folder), true)
  expect(checked).toMatchObject({ ok: true, diagnostics: [], rules: [{ id: 'pause-expensive-adsets', mode: 'observe' }] })
  const { files } = await runTests([], folder)
  expect(files.flatMap(({ results }) => results.map(({ failures }) => failures))).toEqual([[], [], []])
})

test('the workflow clones the version that created the project', async () => {
  const folder = temporaryFolder()
  await initProject(folder, VALUES)
  const workflow = parse(readFileSync(join(folder, '.github/workflows/rules.yml'), 'utf8')) as {
    jobs: { check: { env: object } }
  }
  expect(workflow.jobs.check.env).toEqual({
    TETIK_REPOSITORY: 'https://example.com/tetik.git',
    TETIK_COMMIT: '4d14670',
  })
})

test('a folder that already has one of the files is not changed', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'tetik.yaml'), 'accounts: []\n')
  await expect(initProject(folder, VALUES)).rejects.toThrow(/already has tetik\.yaml\./)
  expect(readdirSync(folder)).toEqual(['tetik.yaml'])
})

test('nothing is written if a value is invalid', async () => {
  const folder = join(temporaryFolder(), 'new')
  await expect(initProject(folder, { ...VALUES, currency: 'TL' })).rejects.toThrow(/`TL`/)
  expect(existsSync(folder)).toBe(false)
})

test('the address of the clone is written without its password', async () => {
  const folder = temporaryFolder()
  execFileSync('git', ['init', '-q', folder])
  expect(await repositoryOf(folder)).toContain('vars.TETIK_REPOSITORY')
  execFileSync('git', ['-C', folder, 'remote', 'add', 'origin', 'https://someone:secret@example.com/tetik.git'])
  expect(await repositoryOf(folder)).toBe('"https://example.com/tetik.git"')
})
