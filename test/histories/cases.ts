/** The recorded runs: one for each path through a workflow that may be in progress during an upgrade. */

import type { Client, WorkflowHandle } from '@temporalio/client'
import { ApplicationFailure } from '@temporalio/common'

import type { CarryOutStep } from '../../activities/carry-out/contract.js'
import type { Activities } from '../../activities/contracts.js'
import type { MessageToSend } from '../../activities/messages/contract.js'
import { temporalNames } from '../../temporal.config.js'
import { approvalAnswered, deliveryStatus, ruleStopped, WORKFLOW_TYPES } from '../../workflows/base/contracts.js'

export interface HistoryCase {
  readonly workflow: keyof typeof WORKFLOW_TYPES
  readonly name: string
  readonly input: unknown
  readonly activities: Partial<Activities>
  /** Called while the workflow runs, for example to signal it. */
  readonly meanwhile?: (handle: WorkflowHandle) => Promise<void>
}

const message: MessageToSend = {
  message: 'd1-1',
  account: 'moda-tr',
  recipient: 'owner',
  waits: { reference: 50, delivery: 50 },
  summary: 'To owner: Kış paused',
}
const steps: readonly CarryOutStep[] = [
  { kind: 'change', action: 'pause', title: 'pause' },
  { kind: 'message', action: 'whatsapp', title: 'whatsapp to owner' },
  { kind: 'wait', action: 'wait', title: 'wait 1 h' },
  { kind: 'change', action: 'start', title: 'start' },
]
/** How often events were planned: only the first time there are some. */
let planned = 0
const carryOut: Partial<Activities> = {
  openCarryOut: () => Promise.resolve({ steps, onStop: 'start', asks: false, trace: '| cpa | 412 |', stopped: null }),
  prepareStep: ({ step }) => Promise.resolve({ kind: 'change', summary: `Change ${step}`, done: 'paused' }),
  applyMutation: () => Promise.resolve({ outcome: 'confirmed', before: 'ACTIVE', target: 'PAUSED' }),
  composeMessage: () => Promise.resolve({ send: message }),
  composeNotice: () => Promise.resolve({ send: null, note: '' }),
  planWait: () => Promise.resolve({ duration: 30, title: 'Waits' }),
  prepareMessage: () => Promise.resolve({ form: 'text', quietUntil: null, accepted: false }),
  judgeRepeat: () => Promise.resolve({ kind: 'send-again' }),
}
/** The steps that were added later, after an approval. */
const later: Partial<Activities> = {
  ...carryOut,
  openCarryOut: () =>
    Promise.resolve({
      steps: [
        { kind: 'check', action: 'check', title: 'check cpa' },
        { kind: 'change', action: 'duplicate', title: 'duplicate', activates: true },
        { kind: 'webhook', action: 'webhook', title: 'webhook ORDERS_URL' },
      ],
      onStop: 'leave',
      asks: true,
      trace: '',
      stopped: null,
    }),
  askApproval: () => Promise.resolve({ approval: 'd1-rule', until: Date.now() + 3_600_000, title: 'Waits', messages: [message] }),
  settleApproval: () => Promise.resolve({ answer: 'approved', by: 'owner' }),
  recheckApproval: () => Promise.resolve({ outdated: null }),
  planCheck: () => Promise.resolve({ insights: [] }),
  evaluateCheck: () => Promise.resolve({ truth: 'true', note: 'cpa > 120 TRY is true' }),
  syncStructure: () => Promise.resolve({ campaigns: 1, adsets: 2, ads: 3 }),
  callWebhook: () => Promise.resolve({ status: 200 }),
}
const decision = { account: 'moda-tr', decision: 'd1', rule: 'pause-expensive', entity: 'Kış' }
const messageInput = { message: message.message, account: message.account, recipient: 'owner', waits: message.waits }
const delivered = (handle: WorkflowHandle) => handle.signal(deliveryStatus, { status: 'delivered', code: null, reason: null })
const insights = { account: 'moda-tr', level: 'adset', since: '2026-03-08', until: '2026-03-10', hourly: false } as const
const tick: Partial<Activities> = {
  ...carryOut,
  planTick: () => Promise.resolve({ due: ['pause-expensive'], insights: [insights], history: [insights] }),
  syncStructure: () => Promise.resolve({ campaigns: 1, adsets: 2, ads: 3 }),
  syncInsights: () => Promise.resolve({ rows: 9 }),
  storeInsightsReport: () => Promise.resolve({ rows: 9 }),
  evaluateRules: () => Promise.resolve({ evaluated: 2, fired: 0, carryOuts: [], messages: [] }),
  composeSyncNotice: () => Promise.resolve({ send: null, note: '' }),
}
const launching: Partial<Activities> = {
  planLaunch: () =>
    Promise.resolve({
      kind: 'plan',
      title: 'summer-sale: 2 to create, 1 to change, 2 to set active',
      steps: [
        { key: 'video/media/hero.mp4', kind: 'video', action: 'create', title: 'upload video “hero.mp4”' },
        { key: 'adset/women', kind: 'adset', action: 'update', title: 'change ad set “Women”' },
        { key: 'ad/hero/women', kind: 'ad', action: 'create', title: 'create ad “hero”' },
      ],
      publishes: 2,
      rollback: true,
      isPlanOnly: false,
    }),
  uploadLaunchMedia: () => Promise.resolve({ id: '77', outcome: 'created' }),
  createLaunchObject: () => Promise.resolve({ id: '78', outcome: 'created' }),
  updateLaunchObject: () => Promise.resolve({ id: '79', outcome: 'changed' }),
  preparePublish: () =>
    Promise.resolve({
      kind: 'publish',
      changes: [
        { mutation: 'r1/publish/ad/hero/women', summary: 'activate ad “hero”' },
        { mutation: 'r1/publish/campaign', summary: 'activate campaign “Summer”' },
      ],
    }),
  applyMutation: () => Promise.resolve({ outcome: 'confirmed', before: 'PAUSED', target: 'ACTIVE' }),
  prepareRepause: () => Promise.resolve({ changes: [{ mutation: 'r1/publish/ad/hero/women/back', summary: 'pause ad “hero”' }] }),
  planRollback: () => Promise.resolve({ keys: ['ad/hero/women'] }),
  rollBackLaunchObject: () => Promise.resolve({ outcome: 'deleted' }),
  composeLaunchNotice: () => Promise.resolve({ send: message }),
}
const launchInput = { account: 'moda-tr', launch: 'summer-sale', run: 'r1' }
const firing = { decision: 'd1', rule: 'pause-expensive', entityKey: '2385', entity: 'Kış', summary: 'Kış: cpa 412 > 180' }
let looks = 0
const failing = (type: string) => () => {
  throw ApplicationFailure.nonRetryable(`the ${type} failure`, type)
}

export const CASES: readonly HistoryCase[] = [
  { workflow: 'launch', name: 'set-active', input: launchInput, activities: launching },
  {
    workflow: 'launch',
    name: 'rolled-back',
    input: launchInput,
    activities: { ...launching, createLaunchObject: failing('invalid-request') },
  },
  {
    workflow: 'launch',
    name: 'publish-failed',
    input: launchInput,
    activities: {
      ...launching,
      applyMutation: ({ mutation }) =>
        mutation.endsWith('/campaign')
          ? failing('policy')()
          : Promise.resolve({ outcome: 'confirmed', before: 'PAUSED', target: 'ACTIVE' }),
      settleMutation: () => Promise.resolve({ outcome: 'refused' }),
    },
  },
  {
    workflow: 'carryOut',
    name: 'launch',
    input: decision,
    activities: {
      ...carryOut,
      ...launching,
      openCarryOut: () =>
        Promise.resolve({
          steps: [{ kind: 'launch', action: 'launch', title: 'launch summer-sale' }],
          onStop: 'leave',
          asks: false,
          trace: '',
          stopped: null,
        }),
      openLaunchStep: () =>
        Promise.resolve({ kind: 'run', launch: 'summer-sale', account: 'moda-tr', title: 'launch summer-sale' }),
    },
  },
  { workflow: 'carryOut', name: 'all-steps', input: decision, activities: carryOut },
  {
    workflow: 'carryOut',
    name: 'stopped-while-waiting',
    input: decision,
    activities: { ...carryOut, planWait: () => Promise.resolve({ duration: 3_600_000, title: 'Waits' }) },
    meanwhile: async (handle) => {
      await new Promise((resolve) => setTimeout(resolve, 1_500))
      await handle.signal(ruleStopped, { reason: 'gone' })
    },
  },
  {
    workflow: 'carryOut',
    name: 'refused',
    input: decision,
    activities: {
      ...carryOut,
      prepareStep: () =>
        Promise.resolve({ kind: 'refused', note: 'protected', reason: { code: 'outage-unread', facts: {} }, tellOwner: true }),
    },
  },
  {
    workflow: 'carryOut',
    name: 'failed',
    input: decision,
    activities: {
      ...carryOut,
      applyMutation: failing('invalid-request'),
      settleMutation: () => Promise.resolve({ outcome: 'refused' }),
    },
  },
  {
    workflow: 'carryOut',
    name: 'approved-later-steps',
    input: decision,
    activities: later,
    meanwhile: async (handle) => {
      await new Promise((resolve) => setTimeout(resolve, 1_500))
      await handle.signal(approvalAnswered, { approval: 'd1-rule' })
    },
  },
  {
    workflow: 'carryOut',
    name: 'not-approved-in-time',
    input: decision,
    activities: {
      ...later,
      askApproval: () => Promise.resolve({ approval: 'd1-rule', until: Date.now() + 50, title: 'Waits', messages: [] }),
      settleApproval: () => Promise.resolve({ answer: 'expired', by: null }),
    },
  },
  { workflow: 'sendMessage', name: 'delivered', input: messageInput, activities: carryOut, meanwhile: delivered },
  {
    workflow: 'sendMessage',
    name: 'template-after-refusal',
    input: messageInput,
    activities: {
      ...carryOut,
      sendToWhatsApp: ({ form }) => (form === 'text' ? failing('outside-window')() : Promise.resolve()),
    },
  },
  {
    workflow: 'sendMessage',
    name: 'sent-again-after-unknown-outcome',
    input: messageInput,
    activities: { ...carryOut, sendToWhatsApp: failing('unknown-outcome') },
  },
  {
    workflow: 'sendMessage',
    name: 'sent-again-once-reports-can-reach-us',
    input: messageInput,
    activities: {
      ...carryOut,
      sendToWhatsApp: failing('unknown-outcome'),
      // The first check answers to wait.
      judgeRepeat: () => Promise.resolve(looks++ === 0 ? { kind: 'wait', for: 30 } : { kind: 'send-again' }),
    },
  },
  {
    workflow: 'sendMessage',
    name: 'withdrawn-by-a-stop',
    input: messageInput,
    activities: {
      ...carryOut,
      prepareMessage: () =>
        Promise.resolve({ form: 'text', quietUntil: null, accepted: false, stopped: 'The account’s rules are stopped' }),
    },
  },
  {
    workflow: 'watchAccount',
    name: 'nothing-due',
    input: { account: 'moda-tr' },
    activities: { planTick: () => Promise.resolve({ due: [], insights: [], history: [] }) },
  },
  {
    workflow: 'watchAccount',
    name: 'fired',
    input: { account: 'moda-tr' },
    activities: {
      ...tick,
      evaluateRules: () => Promise.resolve({ evaluated: 2, fired: 1, carryOuts: [firing], messages: [message] }),
    },
  },
  { workflow: 'watchAccount', name: 'event', input: { account: 'moda-tr', event: 'order-paid/o-1' }, activities: tick },
  {
    workflow: 'accountEvents',
    name: 'two-events-one-reading',
    input: { account: 'moda-tr' },
    activities: {
      ...tick,
      planEvents: () => {
        const rules = ['large-order']
        const events = ['order-paid/o-1', 'order-paid/o-2'].map((event) => ({ event, rules }))
        return Promise.resolve({ events: planned++ === 0 ? events : [], insights: [], rules, forecasts: false })
      },
      evaluateRules: () => Promise.resolve({ evaluated: 2, fired: 1, carryOuts: [firing], messages: [message] }),
    },
  },
  {
    workflow: 'watchAccount',
    name: 'insights-by-report',
    input: { account: 'moda-tr' },
    activities: { ...tick, syncInsights: () => Promise.resolve({ report: '602', startedAt: 1 }) },
  },
  {
    workflow: 'watchAccount',
    name: 'expired-token',
    input: { account: 'moda-tr' },
    activities: {
      ...tick,
      syncStructure: failing('authentication'),
      composeSyncNotice: () => Promise.resolve({ send: message }),
    },
  },
  {
    workflow: 'applyChange',
    name: 'confirmed',
    input: { request: 'r1' },
    activities: {
      ...carryOut,
      prepareChange: () => Promise.resolve({ kind: 'change', summary: 'budget', done: 'budget' }),
    },
  },
]

/** All activities that the cases call. */
export const ACTIVITY_NAMES = [
  ...new Set(CASES.flatMap(({ activities }) => Object.keys(activities) as (keyof Activities)[])),
  'recordProgress',
  'settleMessage',
  'sendToWhatsApp',
  'settleLaunch',
  'awaitLaunchVideo',
] as readonly (keyof Activities)[]

/** Starts a case and waits until it completes or fails. */
export async function runCase(client: Client, { workflow, name, input, meanwhile }: HistoryCase): Promise<WorkflowHandle> {
  const workflowId = `${workflow}-${name}`
  const handle = await client.workflow.start(workflow, { workflowId, taskQueue: temporalNames('').queues.main, args: [input] })
  await meanwhile?.(handle)
  await handle.result().catch(() => undefined)
  return handle
}
