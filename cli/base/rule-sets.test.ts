import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { PathError, readRuleSets } from './rule-sets.js'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tetik-rule-sets-'))
  await mkdir(join(folder, 'rules'))
})
afterEach(() => rm(folder, { recursive: true }))

describe('the rule files of a folder', () => {
  it.skipIf(process.platform === 'win32')('are never a pipe, since reading it could block', async () => {
    execFileSync('mkfifo', [join(folder, 'rules', 'a.yaml')])
    await expect(readRuleSets(['rules'], folder)).rejects.toThrow(new PathError('rules/a.yaml is not a file'))
  })

  it('may not be larger than the service accepts', async () => {
    await writeFile(join(folder, 'rules', 'a.yaml'), `# ${'x'.repeat(2 * 1024 * 1024)}\n`)
    await expect(readRuleSets(['rules'], folder)).rejects.toThrow('allowed for a rule file')
  })
})
