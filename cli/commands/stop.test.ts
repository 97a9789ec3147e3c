import { execFile } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, it } from 'vitest'

import { openStore } from '../../store/base/store.js'
import { standingStop } from '../../store/rules/stops.js'

const ROOT = join(import.meta.dirname, '..', '..')
const SETTINGS = `accounts:
  - { name: moda-tr, id: act_1, currency: TRY, timezone: Europe/Istanbul }
  - { name: moda-de, id: act_2, currency: EUR, timezone: Europe/Berlin }
`

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tetik-stop-'))
  writeFileSync(join(folder, 'tetik.yaml'), SETTINGS)
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Runs the command in a separate process, while tetik is not running. */
const tetik = (...words: string[]): Promise<{ status: number; out: string; err: string }> =>
  new Promise((resolve) => {
    const command = ['--import', import.meta.resolve('tsx'), join(ROOT, 'cli', 'main.ts'), ...words]
    const env = { PATH: process.env['PATH'], TEMPORAL_CONFIG_FILE: join(folder, 'none.toml') }
    execFile(process.execPath, command, { cwd: folder, env }, (error, out, err) =>
      resolve({ status: typeof error?.code === 'number' ? error.code : 0, out, err }),
    )
  })

async function stopped(): Promise<string[]> {
  const store = await openStore(join(folder, '.tetik', 'tetik.db'))
  const found = []
  for (const account of ['moda-tr', 'moda-de']) if ((await standingStop(store, account)) !== undefined) found.push(account)
  await store.close()
  return found
}

it('stops and resumes one account or all, even if tetik is not running', async () => {
  const one = await tetik('stop', 'moda-tr', '--reason', 'the shop is down')
  expect(one).toMatchObject({ status: 0, out: expect.stringContaining('The rules of moda-tr are stopped.') as string })
  expect(await stopped()).toEqual(['moda-tr'])
  const all = await tetik('stop', '--json')
  expect(JSON.parse(all.out)).toMatchObject({ stops: [{ account: 'all', isNew: true }], ended: 0, told: false })
  expect(await stopped()).toEqual(['moda-tr', 'moda-de'])
  // The account's own stop ends, but the stop of all accounts still applies, so the exit status is 1.
  const resumed = await tetik('resume', 'moda-tr', '--json')
  expect([resumed.status, JSON.parse(resumed.out)]).toMatchObject([1, { resumed: ['moda-tr'], standing: [{ account: 'all' }] }])
  expect(await tetik('resume')).toMatchObject({ status: 0, out: 'The rules of all accounts are active again.\n' })
  expect(await stopped()).toEqual([])
}, 60_000)

it('refuses an unknown account, and stops nothing', async () => {
  expect(await tetik('stop', 'moda-fr')).toMatchObject({
    status: 2,
    err: 'tetik: tetik.yaml has no account "moda-fr"; it has: moda-tr, moda-de.\n',
  })
  expect(await stopped()).toEqual([])
}, 60_000)

it('stops everything even if tetik.yaml has errors', async () => {
  writeFileSync(join(folder, 'tetik.yaml'), 'accounts: [ broken')
  expect((await tetik('stop')).status).toBe(0)
  expect(await stopped()).toEqual(['moda-tr', 'moda-de'])
}, 60_000)

it('restricts the permissions of a .tetik that an earlier tetik left readable to others', async () => {
  const state = join(folder, '.tetik')
  mkdirSync(state)
  writeFileSync(join(state, 'tetik.db'), '')
  chmodSync(state, 0o755)
  chmodSync(join(state, 'tetik.db'), 0o644)
  expect((await tetik('stop')).status).toBe(0)
  expect([state, join(state, 'tetik.db')].map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o600])
}, 60_000)
