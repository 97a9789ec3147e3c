import { beforeEach, describe, expect, it } from 'vitest'

import { loadSettings } from '../../engine/account/load.js'
import { reasonText } from '../../engine/message/reason.js'
import { loadRules } from '../../engine/rule/read/load.js'
import { answerApproval, approvalsOfDecision, takeBackAnswer } from '../../store/decisions/approvals.js'
import { findDecision, recordTick } from '../../store/decisions/decisions.js'
import { messagesOfDecision } from '../../store/messages/messages.js'
import { replaceRules } from '../../store/rules/rules.js'
import { ACCOUNT, type ActivityRoom, NOON, openActivityRoom } from '../../test/support/activity-room.js'
import { keepReading } from '../sync/save-entity.js'
import { askApproval, settleApproval } from './ask-approval.js'
import { recheckApproval } from './recheck-approval.js'

const SETTINGS = loadSettings(
  'tetik.yaml',
  `
accounts:
  - { name: moda-tr, id: act_1, currency: TRY, timezone: Europe/Istanbul, result: purchases }
  - { name: moda-en, id: act_2, currency: TRY, timezone: Europe/Istanbul, result: purchases }
recipients:
  - { name: owner, phone: $OWNER_PHONE, language: tr, accounts: [moda-tr], may: [read, approve] }
  - { name: deputy, phone: $OWNER_PHONE, language: en, accounts: [], may: [approve] }
  - { name: reader, phone: $OWNER_PHONE, language: en, accounts: [moda-tr], may: [read] }
  - { name: other, phone: $OWNER_PHONE, language: en, accounts: [moda-en], may: [approve] }
`,
).settings!
const RULES = `
rules:
  - id: asks
    account: moda-tr
    scope: adset
    when: daily_budget > 100 TRY
    then: [{ budget: -10% }, { ask: { to: owner, text: "{adset.name} dursun mu?", within: 2h } }, pause]
    mode: ask
  - id: wrong-one
    account: moda-tr
    scope: adset
    when: daily_budget > 100 TRY
    then: [{ ask: { to: reader, text: "?" } }]
    mode: act
`

let room: ActivityRoom
beforeEach(async () => {
  room = await openActivityRoom({ ...SETTINGS, accounts: [{ ...ACCOUNT }] })
  // When the rule file was read, everybody was still allowed to approve.
  const recipients = SETTINGS.recipients.map((recipient) => ({ ...recipient, may: ['approve' as const] }))
  const { rules, diagnostics } = loadRules([{ path: 'rules/a.yaml', text: RULES }], { ...SETTINGS, recipients })
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  await replaceRules(room.store, { rules, commitSha: null, loadedAt: NOON })
  for (const node of room.meta.nodes.values()) await keepReading(room.store, 'moda-tr', node, NOON - 1_000)
  for (const rule of rules) {
    await recordTick(room.store, {
      states: [],
      decisions: [
        {
          id: `d-${rule.id}`,
          account: 'moda-tr',
          rule: rule.id,
          version: rule.version,
          scope: 'adset',
          entity_key: 's1',
          entity_id: 's1',
          entity_name: 'Kış | Soğuk kitle',
          at: NOON,
          known_at: NOON,
          outcome: 'fire',
          because: null,
          mode: rule.mode,
          steps_json: '[]',
          trace_json: '[]',
          progress: 'planned',
          note: null,
          workflow_id: null,
          created_at: NOON,
          updated_at: NOON,
        },
      ],
    })
  }
})

const ask = (decision: string, step: number | 'rule') => room.run(askApproval(room.dependencies), { decision, step })
const recheck = () => room.run(recheckApproval(room.dependencies), { decision: 'd-asks', approval: 'd-asks-rule' })

describe('an approval', () => {
  it('is asked of everybody who may approve for the account, once, with buttons in their language', async () => {
    for (let attempt = 0; attempt < 2; attempt += 1) await ask('d-asks', 'rule')
    const messages = await messagesOfDecision(room.store, 'd-asks')
    expect(messages.map(({ recipient }) => recipient).sort()).toEqual(['deputy', 'owner'])
    const buttons = messages.map(({ buttons_json: json }) => (JSON.parse(json!) as { title: string }[]).map(({ title }) => title))
    expect(buttons).toEqual(expect.arrayContaining([['Onayla', 'Reddet'], ['Approve', 'Reject']])) // prettier-ignore
    expect(await approvalsOfDecision(room.store, 'd-asks')).toHaveLength(1)
    expect(await findDecision(room.store, 'd-asks')).toMatchObject({ progress: 'waiting' })
  })

  it('of a step is asked of the recipient it names, in its own words, for as long as it says', async () => {
    const asked = await ask('d-asks', 1)
    const [message] = await messagesOfDecision(room.store, 'd-asks')
    expect(message).toMatchObject({ recipient: 'owner', text: 'Kış | Soğuk kitle dursun mu?' })
    const [approval] = await approvalsOfDecision(room.store, 'd-asks')
    expect(approval!.expires_at - approval!.asked_at).toBe(2 * 3_600_000)
    expect(asked).toMatchObject({ approval: 'd-asks-1', until: approval!.expires_at })
    // Only the steps after it wait for the answer.
    expect(Object.keys(JSON.parse(approval!.values_json) as object)).toEqual(['adset/s1/status'])
  })

  it('is not asked of a recipient who may no longer approve, and the note says so', async () => {
    expect(await ask('d-wrong-one', 0)).toMatchObject({
      approval: null,
      note: expect.stringContaining('reader may not approve') as string,
    })
    expect(await approvalsOfDecision(room.store, 'd-wrong-one')).toEqual([])
  })
})

describe('an answer', () => {
  const settle = (answer: 'expired' | 'withdrawn' | null) =>
    room.run(settleApproval(room.dependencies), { approval: 'd-asks-rule', answer })
  const say = (state: 'approved' | 'rejected', by: string) =>
    answerApproval(room.store, 'd-asks-rule', { state, by, at: room.clock.now })

  it('is the first one that was given; the end of the time changes nothing', async () => {
    await ask('d-asks', 'rule')
    await say('approved', 'owner')
    await say('rejected', 'reader')
    const given = { answer: 'approved', by: 'owner' }
    expect([await settle(null), await settle('expired'), await settle('withdrawn')]).toEqual([given, given, given])
  })

  it('is what the store has: a value that comes from Temporal approves nothing', async () => {
    await ask('d-asks', 'rule')
    const forged = { approval: 'd-asks-rule', answer: 'approved', by: 'owner' } as never
    expect(await room.run(settleApproval(room.dependencies), forged)).toEqual({ answer: 'waiting', by: null })
    expect(await settle('expired')).toEqual({ answer: 'expired', by: null })
  })

  it('that the workflow has read cannot be taken back', async () => {
    await ask('d-asks', 'rule')
    const first = (await say('approved', 'owner'))!
    expect(await takeBackAnswer(room.store, first, { state: 'waiting', at: 1 })).toMatchObject({
      state: 'waiting',
      answered_by: null,
    })
    const second = (await say('rejected', 'owner'))!
    await settle(null)
    expect(await takeBackAnswer(room.store, second, { state: 'waiting', at: 1 })).toMatchObject({ state: 'rejected' })
  })

  it('is valid while nothing has changed', async () => {
    await ask('d-asks', 'rule')
    expect(await recheck()).toEqual({ outdated: null })
  })

  it('is out of date if someone has changed the value since', async () => {
    await ask('d-asks', 'rule')
    room.meta.set('s1', { daily_budget: 60_000 })
    const { outdated } = await recheck()
    const style = { currency: 'TRY', zone: 'Europe/Istanbul' } as const
    expect(reasonText(outdated!, { ...style, language: 'tr' })).toContain('₺500,00 → ₺600,00')
    expect(reasonText(outdated!, { ...style, language: 'en' })).toContain('TRY\u00a0500.00 → TRY\u00a0600.00')
  })

  it('is out of date if the condition is no longer true', async () => {
    // A pause does not change the budget, but the condition reads it.
    await ask('d-asks', 1)
    room.meta.set('s1', { daily_budget: 5_000 })
    const answered = await room.run(recheckApproval(room.dependencies), { decision: 'd-asks', approval: 'd-asks-1' })
    // The reading of the status also returns the budget.
    expect(answered.outdated?.facts['what']).toMatchObject({ value: 'daily_budget > 100 TRY (false)' })
  })
})
