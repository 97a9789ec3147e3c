import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { loadServiceSettings, SettingsError } from './settings.js'

let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'tetik-settings-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const NO_PROFILE = { TEMPORAL_CONFIG_FILE: '/nonexistent/temporal.toml' }
const load = (environment: Record<string, string> = {}, at = folder) => loadServiceSettings({ ...NO_PROFILE, ...environment }, at)

function faultsOf(environment: Record<string, string>): readonly string[] {
  try {
    load(environment)
  } catch (error) {
    if (error instanceof SettingsError) return error.faults
    throw error
  }
  return []
}

describe('without a META_ACCESS_TOKEN', () => {
  it('everything uses the sandbox and its identities', () => {
    const settings = load({ TETIK_SANDBOX_PORT: '7999', TETIK_PORT: '7998' })
    expect(settings.sandbox).toEqual({
      enabled: true,
      scene: 'agency',
      port: 7999,
      url: 'http://127.0.0.1:7999',
      webhookUrl: 'http://127.0.0.1:7998/webhooks/whatsapp',
    })
    expect(settings.meta).toEqual({
      graphUrl: 'http://127.0.0.1:7999',
      version: 'v27.0',
      accessToken: 'sandbox-token',
      appSecret: 'sandbox-app-secret',
    })
    expect(settings.whatsapp.graphUrl).toBe('http://127.0.0.1:7999')
    expect(settings.whatsapp.accessToken).toBe('sandbox-whatsapp-token')
    expect(settings.variables['OWNER_PHONE']).toBe('+905551112233')
  })

  it('a WhatsApp number of one’s own is used with the real WhatsApp, without a default recipient', () => {
    const settings = load({ WHATSAPP_ACCESS_TOKEN: 'mine', WHATSAPP_PHONE_ID: '1' })
    expect(settings.whatsapp).toMatchObject({
      graphUrl: 'https://graph.facebook.com',
      accessToken: 'mine',
      phoneId: '1',
      verifyToken: null,
    })
    expect(settings.variables['OWNER_PHONE']).toBeUndefined()
  })
})

it('with a META_ACCESS_TOKEN nothing of the sandbox is used', () => {
  const settings = load({ META_ACCESS_TOKEN: 'real' })
  expect(settings.sandbox.enabled).toBe(false)
  expect(settings.meta).toEqual({
    graphUrl: 'https://graph.facebook.com',
    version: 'v27.0',
    accessToken: 'real',
    appSecret: null,
  })
  expect(settings.whatsapp).toEqual({
    graphUrl: 'https://graph.facebook.com',
    phoneId: null,
    businessAccountId: null,
    accessToken: null,
    verifyToken: null,
    appSecret: null,
  })
  expect(JSON.stringify(settings.variables)).not.toContain('sandbox')
})

it('META_API_VERSION accepts only versions that Meta still serves', () => {
  expect(load({ META_API_VERSION: 'v26.0' }).meta.version).toBe('v26.0')
  expect(() => load({ META_API_VERSION: 'v24.0' })).toThrow('which Meta ended on 2026-11-10; it is one of v27.0, v26.0, v25.0')
  for (const version of ['v28.0', '27', 'v26.1', '../v26.0']) {
    expect(() => load({ META_API_VERSION: version })).toThrow('which tetik does not know')
  }
})

it('the environment takes precedence over .env, and an empty variable counts as not set', () => {
  writeFileSync(join(folder, '.env'), 'TETIK_PORT=8001\nTETIK_API_TOKEN="a token from the file"\nMETA_ACCESS_TOKEN=\n')
  const settings = load({ TETIK_PORT: '8002', TETIK_API_TOKEN: '' })
  expect(settings.port).toBe(8002)
  expect(settings.apiToken).toBe('a token from the file')
  expect(settings.sandbox.enabled).toBe(true)
})

it('the project is the nearest folder above with a tetik.yaml', () => {
  writeFileSync(join(folder, 'tetik.yaml'), '')
  mkdirSync(join(folder, 'rules', 'deep'), { recursive: true })
  expect(load({}, join(folder, 'rules', 'deep'))).toMatchObject({ folder, stateFolder: join(folder, '.tetik') })
})

describe('DATABASE_URL', () => {
  it.each([
    ['sqlite:data/tetik.db', 'data/tetik.db'],
    ['file:data/tetik.db', 'data/tetik.db'],
    ['data/tetik.db', 'data/tetik.db'],
  ])('%s is relative to the project, wherever in it the command runs', (url, path) => {
    writeFileSync(join(folder, 'tetik.yaml'), '')
    mkdirSync(join(folder, 'rules'))
    expect(load({ DATABASE_URL: url }, join(folder, 'rules')).storeUrl).toBe(join(folder, path))
  })

  it.each(['sqlite:/var/tetik.db', 'file:///var/tetik.db', '/var/tetik.db'])('%s is that file', (url) => {
    expect(load({ DATABASE_URL: url }).storeUrl).toBe('/var/tetik.db')
  })

  it('is refused if the store would refuse it, with the same message', () => {
    expect(faultsOf({ DATABASE_URL: 'postgres://user:hunter2@db/tetik' })).toEqual([
      expect.stringMatching(/^(?!.*hunter2).*only supports SQLite/),
    ])
  })
})

it('a short API token is refused', () => {
  expect(faultsOf({ TETIK_API_TOKEN: 'changeme' })).toEqual([expect.stringMatching(/^TETIK_API_TOKEN has 8 characters/)])
  expect(load({ TETIK_API_TOKEN: 'x'.repeat(16) }).apiToken).toBe('x'.repeat(16))
})

describe('Temporal', () => {
  it('is our own by default', () => {
    expect(load({ TETIK_TEMPORAL_PORT: '7300', TETIK_TEMPORAL_UI_PORT: '7301' }).temporal).toEqual({
      connectionOptions: { address: '127.0.0.1:7300' },
      address: '127.0.0.1:7300',
      namespace: 'default',
      external: false,
      uiUrl: 'http://127.0.0.1:7301',
      port: 7300,
      uiPort: 7301,
    })
  })

  it('has no web UI with TETIK_TEMPORAL_UI_PORT=0', () => {
    expect(load({ TETIK_TEMPORAL_UI_PORT: '0' }).temporal).toMatchObject({ external: false, uiPort: null, uiUrl: null })
  })

  it('is external with TEMPORAL_ADDRESS, also in .env, or with a profile', () => {
    writeFileSync(join(folder, '.env'), 'TEMPORAL_ADDRESS=temporal.example:7233\nTEMPORAL_NAMESPACE=ads\n')
    expect(load().temporal).toMatchObject({ address: 'temporal.example:7233', namespace: 'ads', external: true, uiUrl: null })

    const file = join(folder, 'temporal.toml')
    writeFileSync(file, '[profile.default]\naddress = "cloud.example:7233"\napi_key = "k"\n')
    rmSync(join(folder, '.env'))
    const { temporal } = load({ TEMPORAL_CONFIG_FILE: file })
    expect(temporal).toMatchObject({ address: 'cloud.example:7233', external: true })
    expect(temporal.connectionOptions).toMatchObject({ apiKey: 'k', tls: true })
  })

  it('a missing profile is an error', () => {
    expect(faultsOf({ TEMPORAL_PROFILE: 'prod' })).toEqual([expect.stringContaining("Profile 'prod' not found")])
  })
})

it('all faults are reported at once, without values that may be secret', () => {
  const faults = faultsOf({
    TETIK_PORT: '70000',
    TETIK_SANDBOX_PORT: '1.5',
    TETIK_TEMPORAL_UI_PORT: '7233',
    META_GRAPH_URL: 'graph',
    DATABASE_URL: 'mysql://user:hunter2@db',
    TETIK_SANDBOX_SCENE: 'huge',
  })
  expect(faults).toHaveLength(6)
  expect(faults).toContain('TETIK_SANDBOX_SCENE is "huge", but there are only agency and large.')
  expect(faults.join('\n')).toMatch(
    /TETIK_PORT is "70000".*TETIK_SANDBOX_PORT is "1.5".*TETIK_TEMPORAL_PORT and TETIK_TEMPORAL_UI_PORT/s,
  )
  expect(faults.join('\n')).not.toContain('hunter2')
})
