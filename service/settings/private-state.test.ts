import { chmodSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, it, onTestFinished } from 'vitest'

import { openStore } from '../../store/base/store.js'
import { temporaryFolder } from '../../test/support/temporary-store.js'
import { openProjectStore } from '../operations/project-store.js'
import { closeState, keepStatePrivate } from './private-state.js'

const modeOf = (path: string): number => statSync(path).mode & 0o777
const keepUmask = (): void => {
  const before = process.umask()
  onTestFinished(() => void process.umask(before))
}

it.skipIf(process.platform === 'win32')(
  'only the owner can access the state folder and its databases, including existing ones',
  () => {
    keepUmask()
    const folder = join(temporaryFolder(), '.tetik')
    mkdirSync(folder)
    for (const name of ['tetik.db', 'tetik.db-wal', 'temporal.db', 'notes.txt']) {
      writeFileSync(join(folder, name), '')
      chmodSync(join(folder, name), 0o644)
    }
    chmodSync(folder, 0o755)
    keepStatePrivate(folder)
    expect(modeOf(folder)).toBe(0o700)
    expect(['tetik.db', 'tetik.db-wal', 'temporal.db'].map((name) => modeOf(join(folder, name)))).toEqual([0o600, 0o600, 0o600])
    expect(modeOf(join(folder, 'notes.txt'))).toBe(0o644)
  },
)

it.skipIf(process.platform === 'win32')('a new store and its write-ahead log are private, whatever the umask', async () => {
  keepUmask()
  process.umask(0o022)
  const folder = join(temporaryFolder(), '.tetik')
  const store = await openStore(join(folder, 'tetik.db'))
  onTestFinished(() => store.close())
  expect(modeOf(folder)).toBe(0o700)
  expect(['tetik.db', 'tetik.db-wal'].map((name) => modeOf(join(folder, name)))).toEqual([0o600, 0o600])
})

it.skipIf(process.platform === 'win32')(
  'opening a project’s store removes other users’ access that an earlier version left',
  async () => {
    const stateFolder = join(temporaryFolder(), '.tetik')
    const file = join(stateFolder, 'tetik.db')
    mkdirSync(stateFolder)
    writeFileSync(file, '')
    chmodSync(stateFolder, 0o755)
    chmodSync(file, 0o644)
    const umask = process.umask()
    const store = await openProjectStore({ stateFolder, storeUrl: file })
    onTestFinished(() => store.close())
    expect([stateFolder, file, `${file}-wal`].map(modeOf)).toEqual([0o700, 0o600, 0o600])
    // Files that a command writes elsewhere keep the user's umask.
    expect(process.umask()).toBe(umask)
  },
)

it('a missing state folder is not created', () => {
  const stateFolder = join(temporaryFolder(), '.tetik')
  closeState(stateFolder)
  expect(existsSync(stateFolder)).toBe(false)
})
