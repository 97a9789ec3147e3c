/** The doctor's checks of project files, accounts and WhatsApp, run over HTTP against the sandbox. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import type { MetaAccount } from '../../connectors/meta/node.js'
import { type Sandbox, startSandbox } from '../../test/support/sandbox.js'
import { loadServiceSettings } from '../settings/settings.js'
import { freePort } from '../temporal/temporal-server.js'
import { checkAccounts, moneyFindings } from './accounts.js'
import type { Finding } from './finding.js'
import { checkProject } from './project.js'
import { checkWhatsapp } from './whatsapp.js'

let sandbox: Sandbox
let folder: string
beforeAll(async () => {
  sandbox = await startSandbox({})
})
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tetik-doctor-'))
})
afterEach(() => rmSync(folder, { recursive: true }))
afterAll(() => sandbox.stop())

const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}
const account = (more = ''): string =>
  `{ name: moda-tr, id: act_1234567890, currency: TRY, timezone: Europe/Istanbul${more === '' ? '' : `, ${more}`} }`
const settingsFile = (accounts: string, recipients = ''): void =>
  write('tetik.yaml', `accounts:\n  - ${accounts}\n${recipients === '' ? '' : `recipients:\n  - ${recipients}\n`}`)

/** Runs these checks with additional environment variables. */
async function examine(environment: Record<string, string> = {}): Promise<Finding[]> {
  const service = loadServiceSettings(
    { TETIK_SANDBOX_PORT: String(sandbox.port), TEMPORAL_CONFIG_FILE: join(folder, 'none'), ...environment },
    folder,
  )
  const { settings, findings } = await checkProject(service)
  const accounts = await checkAccounts(settings?.accounts ?? [], service)
  return [...findings, ...accounts, ...(await checkWhatsapp(settings?.recipients ?? [], service))]
}
const lines = (findings: readonly Finding[]): string[] => findings.map(({ check, status }) => `${check}: ${status}`)
const found = (findings: readonly Finding[], check: string): Finding | undefined =>
  findings.find((finding) => finding.check === check && finding.status !== 'ok')

describe('a project without faults', () => {
  it('has only findings that are ok', async () => {
    settingsFile(account(), '{ name: owner, phone: $OWNER_PHONE, language: tr, may: [read, approve] }')
    write('rules/r.yaml', 'rules:\n  - { id: r, scope: adset, when: delivering }\n')
    const findings = await examine()
    expect(lines(findings)).toEqual([
      'tetik.yaml: ok',
      'rules: ok',
      'account moda-tr: ok',
      'WhatsApp: ok',
      'template: ok',
      'template: ok',
    ])
    expect(JSON.stringify(findings)).not.toMatch(/5551112233|sandbox-token|sandbox-whatsapp-token/)
  })

  it('does not fail because the sandbox is not running', async () => {
    settingsFile(account())
    const findings = await examine({ TETIK_SANDBOX_PORT: String(await freePort()) })
    expect(lines(findings)).toEqual(['tetik.yaml: ok', 'rules: warn', 'account moda-tr: ok', 'WhatsApp: ok'])
    expect(findings.at(-1)?.detail).toContain('is not running')
  })
})

describe('the project’s files', () => {
  it('are warned of if they are missing', async () => {
    expect(lines(await examine())).toEqual(['tetik.yaml: warn', 'rules: warn', 'WhatsApp: ok', 'template: ok'])
  })

  it('fail if they have errors, with the first one and the command that shows all', async () => {
    settingsFile(account())
    write('rules/r.yaml', 'rules:\n  - { id: r, scope: adset, when: cpb > 3 }\n')
    expect(found(await examine(), 'rules')).toMatchObject({
      status: 'fail',
      detail: expect.stringMatching(/rules\/r\.yaml:2: /) as string,
      advice: expect.stringContaining('tetik check') as string,
    })
    settingsFile('{ name: moda-tr }')
    expect(found(await examine(), 'tetik.yaml')?.status).toBe('fail')
  })

  it('are warned of if a recipient’s number is not set, with the variable', async () => {
    settingsFile(account(), '{ name: ana, phone: $ANA_PHONE }')
    expect(found(await examine(), 'recipients')?.detail).toContain('ana ($ANA_PHONE)')
  })
})

describe('an account', () => {
  it.each([
    ['currency: TRY', 'currency: EUR', 'Meta bills in TRY'],
    ['timezone: Europe/Istanbul', 'timezone: Europe/Berlin', 'in Europe/Istanbul'],
    ['id: act_1234567890', 'id: act_99', 'act_99'],
  ])('with %s written as %s fails, and shows Meta’s value', async (right, wrong, said) => {
    settingsFile(account().replace(right, wrong))
    const finding = found(await examine(), 'account moda-tr')
    expect(finding?.status).toBe('fail')
    expect(`${finding?.detail ?? ''} ${finding?.advice ?? ''}`).toContain(said)
  })

  it('with a wrong or missing token fails, and names the variable', async () => {
    settingsFile(account('token: $META_TOKEN_MODA'))
    const advice = expect.stringContaining('META_TOKEN_MODA') as string
    expect(found(await examine(), 'account moda-tr')).toMatchObject({ status: 'fail', advice })
    expect(found(await examine({ META_TOKEN_MODA: 'wrong' }), 'account moda-tr')).toMatchObject({ status: 'fail', advice })
  })
})

describe('an account’s payment', () => {
  const withId = (id: number): string => account().replace('act_1234567890', `act_${2026000000 + id}`)

  it.each([
    [5, 'fail', /unsettled: a payment failed or is open/, 'Billing & payments'],
    [6, 'warn', /left of its spending limit of TRY\s600,000\.00/, 'Raise or reset'],
  ])('that failed, or a limit that is nearly reached, is reported: account %s', async (id, status, detail, advice) => {
    settingsFile(withId(id))
    const finding = found(await examine(), 'account moda-tr')
    expect(finding).toMatchObject({ status, detail: expect.stringMatching(detail) as string })
    expect(finding?.advice).toContain(advice)
  })

  it('balance or limit that is used up is a failure', () => {
    const meta = { account_status: 1, disable_reason: 0, spend_cap: 100, amount_spent: 100 } as MetaAccount
    const funding = { id: '1', type: 20, text: 'Kullanılabilir Bakiye (₺0,00 TRY)' }
    const findings = moneyFindings('account', { currency: 'TRY' }, { ...meta, funding })
    expect(findings.map(({ status }) => status)).toEqual(['fail', 'fail'])
    expect(moneyFindings('account', { currency: 'TRY' }, { ...meta, spend_cap: null, funding: null })).toEqual([])
  })
})

describe('WhatsApp', () => {
  const own = { META_ACCESS_TOKEN: 'sandbox-token' }
  const number = { WHATSAPP_PHONE_ID: '106540352242922', WHATSAPP_ACCESS_TOKEN: 'sandbox-whatsapp-token' }
  const at = (): Record<string, string> => ({ META_GRAPH_URL: sandbox.url })

  it('without settings is warned of, with the variables', async () => {
    expect(found(await examine({ ...own, ...at(), WHATSAPP_PHONE_ID: '1' }), 'WhatsApp')).toMatchObject({
      status: 'warn',
      detail: 'WHATSAPP_ACCESS_TOKEN, WHATSAPP_APP_SECRET, WHATSAPP_VERIFY_TOKEN are not set.',
    })
  })

  it('is warned of if its template cannot be checked', async () => {
    expect(found(await examine({ ...own, ...at(), ...number }), 'template')).toMatchObject({
      status: 'warn',
      advice: expect.stringContaining('WHATSAPP_BUSINESS_ACCOUNT_ID') as string,
    })
  })

  it('with a wrong token fails', async () => {
    const findings = await examine({ ...own, ...at(), ...number, WHATSAPP_ACCESS_TOKEN: 'wrong' })
    expect(findings.filter(({ check, status }) => check === 'WhatsApp' && status === 'fail')).toHaveLength(1)
  })
})
