/** What WhatsApp reports by webhook. Only `from` and `recipient` contain phone numbers; instants are epoch milliseconds. */

import type { ConnectorErrorKind } from '../connector-error.js'

export type WhatsAppEvent = InboundMessage | MessageStatus | UserIdChange | TemplateStatus | AccountError | UnknownEvent

interface Event {
  /** The same at every delivery of the same event, which WhatsApp makes more than once: `message:<wamid>`. */
  readonly id: string
}

/** Somebody wrote to us, or pressed a button of ours. */
export interface InboundMessage extends Event {
  readonly kind: 'message'
  readonly phoneNumberId: string
  readonly wamid: string
  /** Digits without `+`. Null for people who only show a user name. */
  readonly from: string | null
  /** Business-scoped user id, where WhatsApp gives one. */
  readonly userId: string | null
  readonly profileName: string | null
  readonly at: number
  /** Our message that this answers. */
  readonly answers: string | null
  readonly content: InboundContent
}

export type InboundContent =
  | { readonly type: 'text'; readonly text: string }
  /** A reply button (`id` is the one we gave), or a template's quick reply (`id` is its payload). */
  | { readonly type: 'button'; readonly id: string; readonly title: string }
  | { readonly type: 'list'; readonly id: string; readonly title: string }
  /** A picture, a reaction, a voice message, …: it opens the 24-hour window, and says nothing to us. */
  | { readonly type: 'other'; readonly metaType: string }

export interface MessageStatus extends Event {
  readonly kind: 'status'
  readonly phoneNumberId: string
  readonly wamid: string
  /** `sent`, `delivered`, `read`, `failed`, `played`. They come in any order, and `delivered` may be missing before `read`. */
  readonly status: string
  readonly at: number
  readonly recipient: string | null
  /** The recipient's business-scoped user id, where WhatsApp gives one. */
  readonly userId: string | null
  /** `biz_opaque_callback_data`: our message id. */
  readonly reference: string | null
  /** Why it failed; empty otherwise. */
  readonly errors: readonly WebhookError[]
}

/** A person has another user id, mostly since they have another number. */
export interface UserIdChange extends Event {
  readonly kind: 'user-id-change'
  readonly phoneNumberId: string
  /** The id before; null where WhatsApp names none. */
  readonly previousUserId: string | null
  /** Digits of the number before; null where it is hidden. */
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
  /** Milliseconds; null where nobody said. */
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

/** Something this version does not know, or a part of another shape than expected: kept, so that nothing is lost in silence. */
export interface UnknownEvent extends Event {
  readonly kind: 'unknown'
  readonly field: string
  /** Why it was not understood. */
  readonly reason: string
}
