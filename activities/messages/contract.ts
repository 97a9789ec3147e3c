/** What messages may ask to be done, by the task queue that does it. */

import type { ErrorSummary, MessageWaits } from '../base/contract.js'

/** Of our own store. */
export interface MessageActivities {
  /** The same about data that could not be read: sent once until a reading succeeds. */
  composeSyncNotice(input: { account: string; error: ErrorSummary }): Promise<ComposedMessage>
  prepareMessage(input: { message: string; now: number }): Promise<MessagePlan>
  /** Whether a message whose answer was lost may be sent once more: not before a missing report means something. */
  judgeRepeat(input: { message: string }): Promise<RepeatVerdict>
  settleMessage(input: { message: string; status: MessageEnd; reason: string | null }): Promise<void>
}

export interface WhatsAppActivities {
  /** Returns when WhatsApp accepted it. Its id encodes the phone number, hence stays in the store. */
  sendToWhatsApp(input: { message: string; form: MessageForm }): Promise<void>
}

export interface MessageToSend {
  readonly message: string
  readonly account: string
  readonly recipient: string
  readonly waits: MessageWaits
  /** The text's beginning, for Temporal's UI. */
  readonly summary: string
}

export type ComposedMessage = { readonly send: MessageToSend } | { readonly send: null; readonly note: string }

export type MessageForm = 'text' | 'template'

interface MessagePlan {
  readonly form: MessageForm
  /** Epoch milliseconds until which the recipient wants quiet; null where now is fine. */
  readonly quietUntil: number | null
  /** Whether WhatsApp took it already: an earlier run got that far. */
  readonly accepted: boolean
  /** Why it does not go out any more; absent where it does. */
  readonly stopped?: string
}

export type MessageEnd = 'delivered' | 'read' | 'accepted' | 'failed' | 'unknown' | 'withdrawn'

export type RepeatVerdict =
  /** Look again after so many milliseconds. */
  | { readonly kind: 'wait'; readonly for: number }
  | { readonly kind: 'send-again' }
  /** A report came, and it went out the first time. */
  | { readonly kind: 'went-out' }
