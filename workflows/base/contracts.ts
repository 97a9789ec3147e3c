/**
 * What workflows are given and told: their inputs, results and signals. Apart from the code that handles them, so that the
 * API and the worker can start and signal workflows without loading them. Nothing here has a phone number or a token: accounts
 * and recipients go by name. What leads to a change at Meta goes by ids alone: Temporal asks nobody who they are, so whoever
 * reaches it can have something repeated or ended, and not invent it.
 */

import { defineSignal } from '@temporalio/workflow'

import type { CallsToMeta, MessageWaits } from '../../activities/base/contract.js'

/** Names under which the workflows are registered: the Type column of Temporal's list. */
export const WORKFLOW_TYPES = {
  watchAccount: 'watchAccount',
  accountEvents: 'accountEvents',
  carryOut: 'carryOut',
  sendMessage: 'sendMessage',
  applyChange: 'applyChange',
  keepChange: 'keepChange',
  launch: 'launch',
} as const

export interface WatchAccountInput {
  readonly account: string
  /** Only in histories of an earlier tetik, which started one for each event; now `accountEvents` takes them. */
  readonly event?: string
}

export interface WatchAccountResult {
  readonly evaluated: number
  readonly fired: number
  readonly carriedOut: number
  /** Why the data could not be brought up to date, where it could not. */
  readonly syncError: string | null
  /** To Meta, as far as they were counted before the tick ended. */
  readonly calls?: readonly CallsToMeta[]
}

/** Events from outside that wait in the store for this account's rules. */
export interface AccountEventsInput {
  readonly account: string
}

export interface AccountEventsResult {
  readonly events: number
  readonly evaluated: number
  readonly fired: number
  readonly carriedOut: number
  /** Events that could not be evaluated within half a day; the owner was notified of each. */
  readonly lost: number
}

/** An event was stored for the account. Sent to `accountEvents`; which one is in the store. */
export const eventsCame = defineSignal('eventsCame')

export interface CarryOutInput {
  readonly account: string
  readonly decision: string
  readonly rule: string
  /** The entity's name, for people. */
  readonly entity: string
}

export interface CarryOutResult {
  readonly progress: 'done' | 'refused' | 'stopped'
  readonly note: string
}

export interface SendMessageInput {
  /** The row in `messages` that was written before: it holds text and recipient. */
  readonly message: string
  readonly account: string
  readonly recipient: string
  readonly waits: MessageWaits
}

export interface SendMessageResult {
  readonly status: 'delivered' | 'read' | 'accepted' | 'failed' | 'unknown' | 'withdrawn'
  readonly note: string
}

/** A change that a person asked for: what it is was written down before, in `requested_changes`. */
export interface ApplyChangeInput {
  readonly request: string
}

/** A change of the ledger that was confirmed. */
export interface KeepChangeInput {
  readonly mutation: string
}

export interface ApplyChangeResult {
  /** `unchanged`: it was so already. */
  readonly outcome: 'confirmed' | 'unchanged'
  readonly before: string
  readonly target: string
}

/** A run of a launch spec, which was written down before: what it launches and how stands there. */
export interface LaunchInput {
  readonly account: string
  /** The spec's key. */
  readonly launch: string
  readonly run: string
}

export interface LaunchResult {
  /** `planned`: it was only looked at. */
  readonly end: 'planned' | 'done' | 'refused' | 'stopped'
  readonly note: string
}

/** The rule of a carry-out is gone or was stopped. Sent to `carryOut`. */
export const ruleStopped = defineSignal<[{ readonly reason: string }]>('ruleStopped')

/** Sent to `carryOut` when a question was answered: it looks the answer up in the store, where it was written before. */
export interface ApprovalAnswered {
  readonly approval: string
}

export const approvalAnswered = defineSignal<[ApprovalAnswered]>('approvalAnswered')

/** What a status webhook said of a message, without WhatsApp's id of it, which encodes the number. Sent to `sendMessage`. */
export interface DeliveryStatus {
  readonly status: 'sent' | 'delivered' | 'read' | 'failed'
  /** WhatsApp's error code where it failed. */
  readonly code: number | null
  readonly reason: string | null
}

export const deliveryStatus = defineSignal<[DeliveryStatus]>('deliveryStatus')
