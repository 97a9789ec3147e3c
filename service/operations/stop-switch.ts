/**
 * The stop switch, used by `tetik stop`, the API and the stop word on WhatsApp. It is stored first, and checked before every change;
 * only then are waiting carry-outs ended and people notified. If that fails, the stop still applies.
 */

import { WorkflowNotFoundError } from '@temporalio/client'

import { ownerOf } from '../../activities/base/dependencies.js'
import type { MessageToSend } from '../../activities/messages/contract.js'
import { toSend } from '../../activities/messages/notice.js'
import type { Recipient, Settings } from '../../engine/account/account.js'
import { standardMessage } from '../../engine/message/message.js'
import type { Store } from '../../store/base/store.js'
import { type DecisionRow, openDecisions } from '../../store/decisions/decisions.js'
import { intendMessage } from '../../store/messages/messages.js'
import { ALL_ACCOUNTS, resumeRules, standingStops, type Stop, stopOf, stopRules } from '../../store/rules/stops.js'
import { MESSAGE_WAITS } from '../../temporal.config.js'
import { ruleStopped } from '../../workflows/base/contracts.js'
import type { TetikClient } from '../temporal/connection.js'
import { startMessage } from '../temporal/start-message.js'

export interface SwitchContext {
  readonly store: Store
  readonly settings: Settings
  /** Epoch milliseconds. */
  readonly now: () => number
  /** Rejects if Temporal does not answer. */
  readonly temporal: (work: (client: TetikClient) => Promise<void>) => Promise<void>
}

export interface StopRequest {
  /** Names of accounts, or only `*` for all present and future ones. */
  readonly accounts: readonly string[]
  readonly reason: string
  /** Who stopped them: `command line: ana`, `WhatsApp: owner`. */
  readonly by: string
  /** Notified in any case, in addition to the accounts' owners. */
  readonly sender?: Recipient
}

export interface StopResult {
  readonly stops: readonly { readonly stop: Stop; readonly isNew: boolean }[]
  /** Number of carry-outs in progress, which end. */
  readonly waiting: number
  /** Why carry-outs and people could not be notified; null if they were. Waiting carry-outs then end at their next step. */
  readonly untold: Error | null
}

export async function throwSwitch(context: SwitchContext, request: StopRequest): Promise<StopResult> {
  const { store, settings } = context
  const stops: { stop: Stop; isNew: boolean }[] = []
  for (const account of request.accounts) {
    const since = context.now()
    const isNew = await stopRules(store, { account, reason: request.reason, stoppedBy: request.by, since })
    const stop = await stopOf(store, account)
    if (stop !== undefined) stops.push({ stop, isNew })
  }
  const names = request.accounts.includes(ALL_ACCOUNTS) ? settings.accounts.map(({ name }) => name) : request.accounts
  const waiting = (await Promise.all(names.map((name) => openDecisions(store, name)))).flat()
  const messages = await write(context, request, names, stops, waiting.length)
  const untold = await context
    .temporal(async (client) => {
      for (const decision of waiting) await endCarryOut(client, decision, request)
      for (const message of messages) await startMessage(client, message)
    })
    .then(
      () => null,
      (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
    )
  return { stops, waiting: waiting.length, untold }
}

export interface ResumeResult {
  /** Accounts whose stop ended; `*` for the one of all. */
  readonly resumed: readonly string[]
  /** Stops that still apply to the account. */
  readonly standing: readonly Stop[]
}

/** @param account null ends every stop */
export async function releaseSwitch(
  { store, now }: Pick<SwitchContext, 'store' | 'now'>,
  account: string | null,
): Promise<ResumeResult> {
  const before = await standingStops(store)
  const ended = before.filter((stop) => account === null || stop.account === account)
  for (const stop of ended) await resumeRules(store, stop.account, now())
  const standing = before.filter((stop) => account !== null && stop.account === ALL_ACCOUNTS && account !== ALL_ACCOUNTS)
  return { resumed: ended.map((stop) => stop.account), standing }
}

/** Stores the messages: one per person, about all accounts that are stopped. */
async function write(
  { store, settings, now }: SwitchContext,
  { sender, reason, by, accounts }: StopRequest,
  names: readonly string[],
  stops: StopResult['stops'],
  waiting: number,
): Promise<MessageToSend[]> {
  const [first] = names
  const since = Math.max(0, ...stops.map(({ stop }) => stop.since))
  if (first === undefined || (sender === undefined && !stops.some(({ isNew }) => isNew))) return []
  const owners = names.map((name) => ownerOf(settings, name))
  const people = new Map([...owners, sender ?? null].flatMap((one) => (one === null ? [] : [[one.name, one]])))
  const messages: MessageToSend[] = []
  for (const recipient of people.values()) {
    const text = standardMessage(
      { kind: 'stopped', accounts: names.join(', '), why: `${reason}, ${by}`, waiting },
      recipient.language,
    )
    const id = `${accounts.includes(ALL_ACCOUNTS) ? 'all' : first}-stop-${since}-${recipient.name}`
    const written = { id, decision: null, account: first, recipient: recipient.name, text, created_at: now() }
    const { message } = await intendMessage(store, written)
    if (message.status === 'intended') messages.push(toSend({ messageWaits: MESSAGE_WAITS }, message))
  }
  return messages
}

async function endCarryOut(client: TetikClient, decision: DecisionRow, { reason, by }: StopRequest): Promise<void> {
  if (decision.workflow_id === null) return
  try {
    const why = `The rules of ${decision.account} are stopped: ${reason} (${by})`
    await client.workflow.getHandle(decision.workflow_id).signal(ruleStopped, { reason: why })
  } catch (error) {
    // It has ended in the meantime.
    if (!(error instanceof WorkflowNotFoundError)) throw error
  }
}
