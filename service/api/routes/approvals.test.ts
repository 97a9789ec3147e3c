import { createHmac } from 'node:crypto'

import { WorkflowNotFoundError } from '@temporalio/client'
import { beforeEach, describe, expect, it } from 'vitest'

import { findApproval, openApproval } from '../../../store/decisions/approvals.js'
import { recordTick } from '../../../store/decisions/decisions.js'
import { temporalNames } from '../../../temporal.config.js'
import { NOW, SETTINGS, testApi, type TestApi } from '../../../test/support/api.js'
import type { ApprovalAnswered } from '../../../workflows/base/contracts.js'
import { ProblemError } from '../http/problem.js'
import type { ConnectedClient, TemporalAccess } from '../http/temporal-access.js'

const RECIPIENTS = [
  {
    name: 'owner',
    phone: { kind: 'variable', variable: 'OWNER_PHONE' },
    language: 'tr',
    accounts: ['moda-tr'],
    may: ['approve'],
    quiet: null,
  },
  {
    name: 'reader',
    phone: { kind: 'variable', variable: 'READER_PHONE' },
    language: 'tr',
    accounts: ['moda-tr'],
    may: ['read'],
    quiet: null,
  },
  {
    name: 'unset',
    phone: { kind: 'variable', variable: 'NOT_SET' },
    language: 'tr',
    accounts: [],
    may: ['approve'],
    quiet: null,
  },
] as const
const VARIABLES = { OWNER_PHONE: '+905551112233', READER_PHONE: '+905550000001' }

let api: TestApi
/** The signals that the workflow got. */
let signals: ApprovalAnswered[]
let workflow: 'is there' | 'is gone' | 'is away'
const access: TemporalAccess = {
  use: (work) => {
    const signal = (_: unknown, answered: ApprovalAnswered) => {
      if (workflow === 'is gone') throw new WorkflowNotFoundError('gone', 'w', undefined)
      if (workflow === 'is away') throw new ProblemError('temporal-unavailable', 'Temporal does not answer.')
      signals.push(answered)
    }
    return work({ workflow: { getHandle: () => ({ signal }) }, names: temporalNames('') } as unknown as ConnectedClient)
  },
  answers: () => Promise.resolve(true),
  close: () => Promise.resolve(),
}

beforeEach(async () => {
  signals = []
  workflow = 'is there'
  const settings = { ...SETTINGS, recipients: RECIPIENTS }
  api = await testApi({ temporal: access, variables: VARIABLES, settings: () => settings, changeWait: 200 })
  const decision = (id: string) => ({
    id,
    account: 'moda-tr',
    rule: 'asks',
    version: 'v',
    scope: 'adset' as const,
    entity_key: 's1',
    entity_id: 's1',
    entity_name: 'Kış',
    at: NOW,
    known_at: NOW,
    outcome: 'fire' as const,
    because: null,
    mode: 'ask' as const,
    steps_json: '["pause"]',
    trace_json: '[]',
    progress: 'waiting' as const,
    note: null,
    workflow_id: 'carry-out:moda-tr:asks:s1',
    created_at: NOW,
    updated_at: NOW,
  })
  await recordTick(api.context.store, { states: [], decisions: [decision('d1'), decision('d2')] })
  await openApproval(api.context.store, {
    id: 'd1-rule',
    decision: 'd1',
    account: 'moda-tr',
    values: {},
    askedAt: NOW,
    expiresAt: NOW + 86_400_000,
  })
})

const say = async (word: 'approve' | 'reject', decision = 'd1') => {
  const answer = await api.ask(`/api/decisions/${decision}/${word}`, { method: 'POST' })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

describe('an answer by the API', () => {
  it('is stored, and the waiting workflow only gets a signal to read it', async () => {
    expect(await say('approve')).toMatchObject({ status: 200, body: { state: 'approved', answeredBy: 'api:token' } })
    expect(signals).toEqual([{ approval: 'd1-rule' }])
    const detail = (await (await api.ask('/api/decisions/d1')).json()) as { approvals: unknown[] }
    expect(detail.approvals).toMatchObject([{ state: 'approved' }])
  })

  it('counts once if it is repeated, and the opposite answer is then refused', async () => {
    await say('approve')
    expect((await say('approve')).status).toBe(200)
    expect(await say('reject')).toMatchObject({ status: 409, body: { type: 'urn:tetik:already-answered' } })
    // The process that stored the first answer may have been killed before it signalled the workflow.
    expect(signals).toEqual([{ approval: 'd1-rule' }, { approval: 'd1-rule' }])
  })

  it('is taken back if the workflow could not be signalled, and can be given again', async () => {
    workflow = 'is away'
    expect((await say('approve')).status).toBe(503)
    expect(await findApproval(api.context.store, 'd1-rule')).toMatchObject({ state: 'waiting', answered_by: null })
    workflow = 'is there'
    expect(await say('reject')).toMatchObject({ status: 200, body: { state: 'rejected' } })
  })

  it('to a workflow that has ended is refused, and the question is withdrawn', async () => {
    workflow = 'is gone'
    expect(await say('approve')).toMatchObject({ status: 409, body: { type: 'urn:tetik:nothing-to-approve' } })
    expect(await findApproval(api.context.store, 'd1-rule')).toMatchObject({ state: 'withdrawn', answered_by: null })
    expect(await say('reject')).toMatchObject({ status: 409, body: { type: 'urn:tetik:already-answered' } })
  })

  it('to a decision without a question, or to an unknown decision, is refused', async () => {
    expect(await say('approve', 'd2')).toMatchObject({ status: 409, body: { type: 'urn:tetik:nothing-to-approve' } })
    expect((await say('approve', 'nothing')).status).toBe(404)
  })
})

describe('a button on WhatsApp', () => {
  const tap = async (from: string, id: string) => {
    const body = JSON.stringify({
      object: 'whatsapp_business_account',
      entry: [
        {
          id: '1',
          changes: [
            {
              field: 'messages',
              value: {
                messaging_product: 'whatsapp',
                metadata: { phone_number_id: '106' },
                contacts: [{ profile: { name: 'A' }, wa_id: from }],
                messages: [
                  {
                    from,
                    id: `wamid.${Math.random()}`,
                    timestamp: String(NOW / 1000),
                    type: 'interactive',
                    interactive: { type: 'button_reply', button_reply: { id, title: 'Onayla' } },
                  },
                ],
              },
            },
          ],
        },
      ],
    })
    const signature = `sha256=${createHmac('sha256', 'whatsapp-secret').update(body).digest('hex')}`
    return await api.app.request('/webhooks/whatsapp', { method: 'POST', body, headers: { 'x-hub-signature-256': signature } })
  }

  it('from somebody who may approve for the account counts as their answer', async () => {
    expect((await tap('905551112233', 'approve:d1-rule')).status).toBe(200)
    expect(signals).toEqual([{ approval: 'd1-rule' }])
    expect(await findApproval(api.context.store, 'd1-rule')).toMatchObject({ state: 'approved', answered_by: 'owner' })
  })

  it.each([
    ['somebody who may only read', '905550000001', 'approve:d1-rule'],
    ['a stranger', '905559999999', 'approve:d1-rule'],
    ['the owner, on an unknown approval', '905551112233', 'approve:d9-rule'],
    ['the owner, on a button of another kind', '905551112233', 'hello'],
  ])('from %s does not count', async (_, from, id) => {
    expect((await tap(from, id)).status).toBe(200)
    expect(signals).toEqual([])
    expect((await findApproval(api.context.store, 'd1-rule'))?.state).toBe('waiting')
  })

  it('after the workflow’s end is ignored and answered 200, so that WhatsApp does not repeat it', async () => {
    workflow = 'is gone'
    expect((await tap('905551112233', 'reject:d1-rule')).status).toBe(200)
    expect(await findApproval(api.context.store, 'd1-rule')).toMatchObject({ state: 'withdrawn' })
  })
})
