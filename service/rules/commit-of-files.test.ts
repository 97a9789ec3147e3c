import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, expect, test } from 'vitest'

import { commitOfFiles } from './commit-of-files.js'

const folder = mkdtempSync(join(tmpdir(), 'tetik-commit-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const git = (...words: string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...words], { cwd: folder, encoding: 'utf8' })

test('returns the commit of the rule files, marked if they differ from it', async () => {
  expect(await commitOfFiles(folder)).toBeNull()
  git('init', '-q')
  mkdirSync(join(folder, 'rules'))
  writeFileSync(join(folder, 'rules', 'a.yaml'), 'rules: []\n')
  expect(await commitOfFiles(join(folder, 'rules'))).toBeNull()

  git('add', '.')
  git('commit', '-qm', 'rules')
  const commit = git('rev-parse', 'HEAD').trim()
  expect(await commitOfFiles(join(folder, 'rules'))).toBe(commit)

  writeFileSync(join(folder, 'elsewhere.txt'), 'not a rule')
  expect(await commitOfFiles(join(folder, 'rules'))).toBe(commit)
  writeFileSync(join(folder, 'rules', 'b.yaml'), 'rules: []\n')
  expect(await commitOfFiles(join(folder, 'rules'))).toBe(`${commit}-dirty`)
})
