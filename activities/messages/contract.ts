/** The activities of messages, by the task queue that runs them. */

import type { ErrorSummary, MessageWaits } from '../base/contract.js'

/** Activities that only use our own store. */
export interface MessageActivities {
  /** Composes the notice to the owner that an account cannot be read. It is sent once, until a reading succeeds. */
  composeSyncNotice(input: { account: string; error: ErrorSummary }): Promise<ComposedMessage>
  prepareMessage(input: { message: string; now: number }): Promise<MessagePlan>
  /**
   * Decides whether a message whose answer was lost may be sent again: only once a missing status report means that it was not
   * sent.
   */
  judgeRepeat(input: { message: string }): Promise<RepeatVerdict>
  settleMessage(input: { message: string; status: MessageEnd; reason: string | null }): Promise<void>
}

export interface WhatsAppActivities {
  /** Resolves when WhatsApp has accepted the message. WhatsApp's id contains the phone number, so it stays in the store. */
  sendToWhatsApp(input: { message: string; form: MessageForm }): Promise<void>
}

export interface MessageToSend {
  readonly message: string
  readonly account: string
  readonly recipient: string
  readonly waits: MessageWaits
  /** The beginning of the text, for Temporal's UI. */
  readonly summary: string
}

export type ComposedMessage = { readonly send: MessageToSend } | { readonly send: null; readonly note: string }

export type MessageForm = 'text' | 'template'

interface MessagePlan {
  readonly form: MessageForm
  /** The end of the recipient's quiet hours, epoch milliseconds; null if the message may be sent now. */
  readonly quietUntil: number | null
  /** Whether WhatsApp has already accepted it in an earlier run. */
  readonly accepted: boolean
  /** Why it must not be sent any more; absent if it may be sent. */
  readonly stopped?: string
}

export type MessageEnd = 'delivered' | 'read' | 'accepted' | 'failed' | 'unknown' | 'withdrawn'

export type RepeatVerdict =
  /** Ask again after this many milliseconds. */
  | { readonly kind: 'wait'; readonly for: number }
  | { readonly kind: 'send-again' }
  /** A status report showed that the message was sent the first time. */
  | { readonly kind: 'went-out' }
