import { describe, expect, it } from 'vitest'

import { loadSettings } from '../../account/load.js'
import { loadRules } from './load.js'

const SETTINGS = `
accounts:
  - { name: moda-tr, id: act_1, currency: TRY, timezone: Europe/Istanbul }
  - { name: moda-us, id: act_2, currency: USD, timezone: America/New_York }
recipients:
  - { name: approver, phone: $A_PHONE, accounts: [moda-tr], may: [approve] }
  - { name: reader, phone: $B_PHONE, accounts: [moda-tr] }
  - { name: owner, phone: $C_PHONE, accounts: [moda-tr], may: [read, stop] }
`
const settingsOf = (text: string) => loadSettings('tetik.yaml', text).settings
function load(step: string, account = 'moda-tr', settings: string | null = SETTINGS) {
  const text = ['rules:', '  - id: r', `    account: ${account}`, '    scope: account', '    at: "09:00"', `    then: [${step}]`]
  return loadRules([{ path: 'r.yaml', text: text.join('\n') }], settings === null ? null : settingsOf(settings))
}
const stepsOf = (step: string, ...more: [string?, (string | null)?]) => {
  const { rules, diagnostics } = load(step, ...more)
  expect(diagnostics).toEqual([])
  return rules[0]!.then
}
const faultsOf = (step: string, account?: string) =>
  load(step, account).diagnostics.map(({ line, column, code, message }) => `${line}:${column} ${code}: ${message}`)

describe('the step `report`', () => {
  it('is a period, or a period with a recipient', () => {
    expect(stepsOf('report: daily')).toEqual([{ kind: 'report', period: 'daily', to: null }])
    expect(stepsOf('report: weekly')).toEqual([{ kind: 'report', period: 'weekly', to: null }])
    expect(stepsOf('report: { kind: weekly, to: reader }')).toEqual([{ kind: 'report', period: 'weekly', to: 'reader' }])
    expect(stepsOf('report: { kind: daily }')).toEqual([{ kind: 'report', period: 'daily', to: null }])
  })

  it('has its recipient checked only if there is a tetik.yaml', () => {
    expect(stepsOf('report: { kind: daily, to: anybody }', 'moda-tr', null)).toHaveLength(1)
    expect(stepsOf('report: daily', 'moda-tr', null)).toHaveLength(1)
  })

  it.each([
    ['report: monthly', '6:20 unknown-choice: '],
    ['report: { kind: yearly }', '6:28 unknown-choice: '],
    ['report: { to: owner }', '6:20 missing-key: '],
    ['report: { kind: daily, to: ownr }', '6:39 unknown-recipient: there is no recipient of this name'],
    ['report: { kind: daily, to: approver }', '6:39 recipient-right: `approver` may not read'],
    ['report', '6:12 '],
  ])('%s has an error, reported at its place', (step, fault) => {
    const faults = faultsOf(step)
    expect(faults).toHaveLength(1)
    expect(faults[0]).toContain(fault)
  })

  it('must have a recipient who gets messages about the account, and someone who may read it', () => {
    expect(faultsOf('report: { kind: daily, to: reader }', 'moda-us')).toEqual([
      '6:39 recipient-account: `reader` gets no messages about the account moda-us',
    ])
    expect(faultsOf('report: daily', 'moda-us')).toEqual(['6:20 no-recipient: nobody may read the report of moda-us'])
    expect(faultsOf('report: daily', 'all')).toEqual(['6:20 no-recipient: nobody may read the report of moda-us'])
  })

  it('has another meaning if its period or its recipient differs', () => {
    const versions = ['report: daily', 'report: weekly', 'report: { kind: daily, to: reader }', 'report: { kind: daily }'].map(
      (step) => load(step).rules[0]!.version,
    )
    expect(new Set(versions).size).toBe(3)
    expect(versions[3]).toBe(versions[0])
  })
})
