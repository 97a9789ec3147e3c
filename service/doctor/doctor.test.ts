import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { openStore } from '../../store/base/store.js'
import { closeState } from '../settings/private-state.js'
import { temporalSettings } from '../settings/temporal-settings.js'
import { checkApiVersion } from './api-version.js'
import { checkEnvFile, checkNode, checkPorts, checkState } from './machine.js'
import { checkStore } from './store.js'
import { checkTemporal } from './temporal.js'

let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'tetik-doctor-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it.each([
  ['18.20.0', 'fail'],
  ['20.18.3', 'fail'],
  ['20.19.0', 'ok'],
  ['22.1.0', 'ok'],
])('Node %s: %s', (version, status) => {
  expect(checkNode(version).status).toBe(status)
})

it.each([
  ['v27.0', '2026-11-23', 'ok', 'has not announced'],
  ['v25.0', '2026-12-24', 'ok', '2027-02-23'],
  ['v25.0', '2026-12-25', 'warn', 'in 60 days'],
  ['v25.0', '2027-02-22', 'warn', 'in 1 day:'],
  ['v25.0', '2027-02-23', 'fail', 'ended v25.0'],
])('version %s of Meta’s API on %s: %s', (version, day, status, said) => {
  const finding = checkApiVersion(version, Date.parse(day))
  expect(finding).toMatchObject({ status, detail: expect.stringContaining(said) as unknown })
  if (status !== 'ok') expect(finding.advice).toContain('META_API_VERSION=v27.0')
})

it('warns of an .env that others can read, with the command that fixes it', () => {
  expect(checkEnvFile(folder)).toEqual([])
  writeFileSync(join(folder, '.env'), '', { mode: 0o644 })
  chmodSync(join(folder, '.env'), 0o644)
  expect(checkEnvFile(folder)).toMatchObject([{ status: 'warn', advice: `Run: chmod 600 ${folder}/.env` }])
  chmodSync(join(folder, '.env'), 0o600)
  expect(checkEnvFile(folder)).toMatchObject([{ status: 'ok' }])
})

it.skipIf(process.platform === 'win32')('warns of a .tetik and databases that others can read, without changing them', () => {
  const state = join(folder, '.tetik')
  expect(checkState(state)).toEqual([])
  mkdirSync(state)
  writeFileSync(join(state, 'tetik.db'), '')
  chmodSync(state, 0o755)
  chmodSync(join(state, 'tetik.db'), 0o644)
  const warning = { status: 'warn', detail: 'Other users of this machine may use .tetik (755), tetik.db (644).' }
  expect([checkState(state), checkState(state)]).toMatchObject([[warning], [warning]])
  closeState(state)
  expect(checkState(state)).toMatchObject([{ status: 'ok' }])
})

it('a port in use is a failure that names the variable', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as { port: number }
  const found = await checkPorts([{ port, purpose: 'sandbox', variable: 'TETIK_SANDBOX_PORT' }], null)
  server.close()
  expect(found).toMatchObject([{ status: 'fail', advice: expect.stringContaining('TETIK_SANDBOX_PORT') as unknown }])
})

describe('the store', () => {
  it('is fine if it does not exist yet, and is not created', async () => {
    const file = join(folder, 'tetik.db')
    expect(await checkStore(file)).toMatchObject([{ status: 'ok' }])
    expect(() => rmSync(file)).toThrow('ENOENT')
  })

  it('is a failure if the file is not a database', async () => {
    writeFileSync(join(folder, 'tetik.db'), 'a shopping list, and a long one at that'.repeat(100))
    expect(await checkStore(join(folder, 'tetik.db'))).toMatchObject([{ status: 'fail' }])
  })

  it('has the same installation id each time', async () => {
    const file = join(folder, 'tetik.db')
    await (await openStore(file)).close()
    const [first, again] = [await checkStore(file), await checkStore(file)]
    expect(first).toMatchObject([
      { check: 'store', status: 'ok' },
      { check: 'installation', detail: expect.stringMatching(/^[0-9a-f]{8}$/) as unknown },
    ])
    expect(again).toEqual(first)
  })

  it('is a failure if one of its pages is damaged, even if it can be opened', async () => {
    const file = join(folder, 'tetik.db')
    await (await openStore(file)).close()
    const bytes = readFileSync(file)
    // The last page belongs to a table that is not read when the store is opened.
    bytes.fill(0x5a, bytes.length - 4096)
    writeFileSync(file, bytes)
    expect(await checkStore(file)).toMatchObject([
      { check: 'store', status: 'fail', detail: expect.stringContaining('is damaged') as unknown },
    ])
  })
})

it('a Temporal that is configured but does not answer is a failure', async () => {
  const settings = temporalSettings({ TEMPORAL_ADDRESS: '127.0.0.1:9' }, { port: 1, uiPort: 2 }, [])
  expect(await checkTemporal(settings, null)).toMatchObject({
    status: 'fail',
    advice: expect.stringContaining('TEMPORAL_ADDRESS') as unknown,
  })
})
