import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { temporaryFolder } from '../../test/support/temporary-store.js'
import { readProjectFiles, UnreadableFileError } from './project-files.js'

it.skipIf(process.platform === 'win32')('a pipe among the rules is skipped, since reading it would wait forever', async () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'rules'))
  writeFileSync(join(folder, 'rules/a.yaml'), 'rules: []\n')
  symlinkSync(join(folder, 'rules/a.yaml'), join(folder, 'rules/linked.yaml'))
  execFileSync('mkfifo', [join(folder, 'rules/pipe.yaml')])
  const { rules } = await readProjectFiles(folder)
  expect(rules.map(({ path }) => path)).toEqual(['rules/a.yaml', 'rules/linked.yaml'])
})

it.skipIf(process.platform === 'win32')(
  'a pipe instead of tetik.yaml is an error, and does not count as a missing file',
  async () => {
    const folder = temporaryFolder()
    execFileSync('mkfifo', [join(folder, 'tetik.yaml')])
    await expect(readProjectFiles(folder)).rejects.toThrow(UnreadableFileError)
  },
)
