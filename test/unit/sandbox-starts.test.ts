import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { expect, it, onTestFinished } from 'vitest'

import { createMetaClient } from '../../connectors/meta/create-client.js'
import { createWhatsAppClient } from '../../connectors/whatsapp/create-client.js'
import { IDENTITY, WHATSAPP } from '../../sandbox/base/identity.js'
import { startSandbox } from '../support/sandbox.js'
import { expectNothingSwallowedIn } from '../support/swallowed.js'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Files that start a sandbox directly: its own tests, tests of other clients, and the command. */
const OTHERS = [
  /^sandbox\//,
  /^test\/full\//,
  /^test\/unit\/sdk\//,
  /^cli\/commands\/sandbox\.ts$/,
  /^test\/support\/sandbox\.ts$/,
]

it('all tests of our own clients start the sandbox through test/support/sandbox.ts', () => {
  const folders = ['activities', 'bench', 'cli', 'connectors', 'engine', 'sandbox', 'service', 'store', 'test', 'workflows']
  const files = folders.flatMap((folder) =>
    readdirSync(`${ROOT}${folder}`, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => `${folder}/${file}`),
  )
  const direct = files.filter((file) =>
    /from '[^']*sandbox\/(?:server|test-client)\.js'/.test(readFileSync(`${ROOT}${file}`, 'utf8')),
  )
  expect(direct).toContain('test/support/sandbox.ts')
  expect(direct.filter((file) => !OTHERS.some((other) => other.test(file)))).toEqual([])
})

it('stopping it fails after an unknown parameter of either API, but does stop it', async () => {
  for (const [path, token] of [
    [`act_${IDENTITY.accountId}`, IDENTITY.token],
    [WHATSAPP.phoneNumberId, WHATSAPP.token],
  ] as const) {
    const sandbox = await startSandbox()
    await fetch(`${sandbox.url}/v27.0/${path}?nonsense=1`, { headers: { authorization: `Bearer ${token}` } })
    await expect(sandbox.stop()).rejects.toThrow('would swallow')
    await expect(fetch(sandbox.url)).rejects.toThrow()
  }
})

it('a stopped sandbox is checked from its state file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const stateFile = join(folder, 'sandbox.db')
  expectNothingSwallowedIn(stateFile)
  const sandbox = await startSandbox({ stateFile })
  await fetch(`${sandbox.url}/v27.0/act_${IDENTITY.accountId}?nonsense=1&access_token=${IDENTITY.token}`)
  await expect(sandbox.stop()).rejects.toThrow('would swallow')
  expect(() => expectNothingSwallowedIn(stateFile)).toThrow('would swallow')
})

it('stopping it succeeds after the requests of our own clients', async () => {
  const sandbox = await startSandbox()
  const meta = createMetaClient({ baseUrl: sandbox.url, token: () => IDENTITY.token })
  const whatsapp = createWhatsAppClient({ baseUrl: sandbox.url, phoneId: WHATSAPP.phoneNumberId, token: () => WHATSAPP.token })
  await meta.listAdsets(`act_${IDENTITY.accountId}`)
  const message = { to: WHATSAPP.owner.phone, reference: 'r', name: 'tetik_alert', language: 'tr', parameters: ['x'] }
  await whatsapp.sendTemplate(message)
  await Promise.all([meta.close(), whatsapp.close()])
  await sandbox.stop()
})
