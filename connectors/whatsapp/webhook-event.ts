/** Events of WhatsApp's webhooks. Only `from`, `recipient` and `previousNumber` contain phone numbers; times are epoch milliseconds. */

import type { ConnectorErrorKind } from '../connector-error.js'

export type WhatsAppEvent = InboundMessage | MessageStatus | UserIdChange | TemplateStatus | AccountError | UnknownEvent

interface Event {
  /** The same for every delivery of an event, as WhatsApp may deliver it several times: `message:<wamid>`. */
  readonly id: string
}

/** Someone wrote to us, or pressed one of our buttons. */
export interface InboundMessage extends Event {
  readonly kind: 'message'
  readonly phoneNumberId: string
  readonly wamid: string
  /** Digits without `+`. Null for people who hide their number. */
  readonly from: string | null
  /** Business-scoped user id, if WhatsApp gives one. */
  readonly userId: string | null
  readonly profileName: string | null
  readonly at: number
  /** Id (`wamid`) of our message that this one answers. */
  readonly answers: string | null
  readonly content: InboundContent
}

export type InboundContent =
  | { readonly type: 'text'; readonly text: string }
  /** A reply button (`id` is the one we gave), or a template's quick reply (`id` is its payload). */
  | { readonly type: 'button'; readonly id: string; readonly title: string }
  | { readonly type: 'list'; readonly id: string; readonly title: string }
  /** A picture, a reaction, a voice message, …: it opens the 24-hour window, but its content is not used. */
  | { readonly type: 'other'; readonly metaType: string }

export interface MessageStatus extends Event {
  readonly kind: 'status'
  readonly phoneNumberId: string
  readonly wamid: string
  /** `sent`, `delivered`, `read`, `failed`, `played`. They arrive in any order, and `delivered` may be missing before `read`. */
  readonly status: string
  readonly at: number
  readonly recipient: string | null
  /** The recipient's business-scoped user id, if WhatsApp gives one. */
  readonly userId: string | null
  /** `biz_opaque_callback_data`: our message id. */
  readonly reference: string | null
  /** Why it failed; empty otherwise. */
  readonly errors: readonly WebhookError[]
}

/** A person's user id changed, usually because their number did. */
export interface UserIdChange extends Event {
  readonly kind: 'user-id-change'
  readonly phoneNumberId: string
  /** The previous id; null if WhatsApp gives none. */
  readonly previousUserId: string | null
  /** Digits of the previous number; null if it is hidden. */
  readonly previousNumber: string | null
  readonly userId: string | null
  readonly at: number
}

export interface WebhookError {
  readonly kind: ConnectorErrorKind
  readonly code: number
  /** For people. */
  readonly message: string
  readonly retryable: boolean
  /** Milliseconds; null if not known. */
  readonly retryAfter: number | null
}

export interface TemplateStatus extends Event {
  readonly kind: 'template-status'
  readonly template: string
  readonly language: string
  /** `APPROVED`, `REJECTED`, `PAUSED`, `DISABLED`, … */
  readonly event: string
  readonly reason: string | null
  readonly category: string | null
}

/** An error that belongs to no message. */
export interface AccountError extends Event {
  readonly kind: 'error'
  readonly phoneNumberId: string
  readonly error: WebhookError
}

/** An event that this version does not know, or that has an unexpected shape: kept, so that nothing is lost silently. */
export interface UnknownEvent extends Event {
  readonly kind: 'unknown'
  readonly field: string
  /** Why it was not understood. */
  readonly reason: string
}
