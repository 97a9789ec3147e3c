import { appendFileSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it, onTestFinished } from 'vitest'

import { temporaryFolder } from '../../test/support/temporary-store.js'
import { watchRules } from './rule-watch.js'

/** A watched project; `afterwards` resolves when a change was reported. */
async function watched() {
  const folder = temporaryFolder()
  const path = (name: string) => join(folder, name)
  mkdirSync(path('rules'))
  writeFileSync(path('rules/a.yaml'), 'rules: []\n')
  writeFileSync(path('tetik.yaml'), 'accounts: []\n')
  let tell = (): void => {}
  const watch = watchRules(
    folder,
    () => {
      tell()
      return Promise.resolve()
    },
    () => {},
  )
  onTestFinished(() => watch.close())
  await watch.ready
  const afterwards = (change: () => void): Promise<void> =>
    new Promise((resolve) => {
      tell = resolve
      change()
    })
  return { path, afterwards }
}

describe('a new watch', () => {
  it('reads the files after it has started watching, so that no change is missed', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'rules'))
    let seen: string[] = []
    const look = () => Promise.resolve(void (seen = readdirSync(join(folder, 'rules'))))
    const watch = watchRules(folder, look, () => {})
    onTestFinished(() => watch.close())
    // The watch has not started yet.
    writeFileSync(join(folder, 'rules/a.yaml'), 'rules: []\n')
    await watch.ready
    expect(seen).toEqual(['a.yaml'])
  })
})

describe('the watch over tetik.yaml and rules/', () => {
  it('continues when tetik.yaml is removed and restored', async () => {
    const { path, afterwards } = await watched()
    await afterwards(() => renameSync(path('tetik.yaml'), path('away')))
    await afterwards(() => renameSync(path('away'), path('tetik.yaml')))
    await afterwards(() => appendFileSync(path('tetik.yaml'), '# more\n'))
  })

  it('sees rules/ being removed and restored', async () => {
    const { path, afterwards } = await watched()
    await afterwards(() => rmSync(path('rules'), { recursive: true }))
    await afterwards(() => {
      mkdirSync(path('rules'))
      writeFileSync(path('rules/b.yaml'), 'rules: []\n')
    })
    await afterwards(() => appendFileSync(path('rules/b.yaml'), '# more\n'))
  })

  it('sees a rule in a new subfolder, and ignores other files of the project', async () => {
    const { path, afterwards } = await watched()
    writeFileSync(path('notes.yaml'), 'x')
    mkdirSync(path('node_modules'))
    let reported = 0
    await afterwards(() => {
      mkdirSync(path('rules/more/of'), { recursive: true })
      writeFileSync(path('rules/more/of/b.yaml'), 'rules: []\n')
    }).then(() => (reported += 1))
    expect(reported).toBe(1)
  })
})
