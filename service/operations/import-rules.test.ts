import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, onTestFinished, test } from 'vitest'

import { startSandbox } from '../../test/support/sandbox.js'
import { loadServiceSettings } from '../settings/settings.js'
import { importFromMeta, NoAccountError } from './import-rules.js'

async function project(settings: string) {
  const folder = mkdtempSync(join(tmpdir(), 'tetik-import-'))
  const sandbox = await startSandbox()
  onTestFinished(async () => {
    await sandbox.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  writeFileSync(join(folder, 'tetik.yaml'), settings)
  return loadServiceSettings({ TETIK_SANDBOX_PORT: String(sandbox.port), HOME: folder }, folder)
}
const account = (name: string, id = 'act_1234567890') =>
  `{ name: ${name}, id: ${id}, currency: TRY, timezone: Europe/Istanbul, result: purchases }`

test('all pages of the account’s rules are read from Meta and converted', async () => {
  const service = await project(`accounts: [${account('moda-tr')}]\n`)
  const { account: name, rules, yaml } = await importFromMeta(null, service)
  expect([name, rules.length]).toEqual(['moda-tr', 7])
  expect(yaml).toContain('    account: moda-tr\n')
  // Without a recipient, a rule that only notifies cannot be converted.
  expect(rules.find(({ source }) => source === 'Frequency above 4')?.faults).toEqual([
    'it sends a notification, but tetik.yaml has no recipient',
  ])
})

test('with several accounts, an existing one must be named', async () => {
  const service = await project(`accounts: [${account('moda-tr')}, ${account('moda-en', 'act_2')}]\n`)
  await expect(importFromMeta(null, service)).rejects.toThrow(NoAccountError)
  await expect(importFromMeta('nobody', service)).rejects.toThrow('tetik.yaml has no account "nobody"; it has: moda-tr, moda-en.')
  expect((await importFromMeta('moda-tr', service)).account).toBe('moda-tr')
})
