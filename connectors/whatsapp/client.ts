/**
 * The client of WhatsApp's Cloud API. Each `send` method sends one message once; all methods throw only `WhatsAppError`. An
 * accepted message is not delivered yet: the status webhooks report delivery.
 */

import type { CallOptions, ConnectorOptions } from '../options.js'
import type { BusinessPhone, MessageTemplate } from './business.js'

export interface WhatsAppClientOptions extends ConnectorOptions {
  /** The business phone number's id. */
  readonly phoneId: string
  /** If given, every call has an `appsecret_proof`. */
  readonly appSecret?: string | undefined
}

interface Message {
  /** E.164 with `+`, or a business-scoped user id (`TR.1349…`). Never included in errors or results. */
  readonly to: string
  /** Our message id, returned in every status webhook as `biz_opaque_callback_data`. At most 512 characters. */
  readonly reference: string
}

export interface TextMessage extends Message {
  /** 1 to 4096 characters. */
  readonly text: string
}

export interface TemplateMessage extends Message {
  readonly name: string
  /** `tr`, `en_US` */
  readonly language: string
  /**
   * Parameters of the body: in order for positional templates, by name for named ones. Line breaks, tabs and long gaps, which
   * Meta refuses in a parameter, become single spaces.
   */
  readonly parameters: readonly string[] | Readonly<Record<string, string>>
  /** The payload that each of the template's quick replies sends, in their order; at most 128 characters each. */
  readonly quickReplies?: readonly string[] | undefined
}

export interface ButtonsMessage extends Message {
  /** 1 to 1024 characters. */
  readonly text: string
  /** At most 60 characters. */
  readonly footer?: string | undefined
  /** One to three; ids of at most 256 and titles of at most 20 characters, all different. */
  readonly buttons: readonly { readonly id: string; readonly title: string }[]
}

export interface SentMessage {
  /** WhatsApp's id. It encodes the recipient's number: keep it in the store, out of results and logs. */
  readonly wamid: string
  /** `accepted`; templates may also be `held_for_quality_assessment` or `paused`. */
  readonly status: string
}

export interface WhatsAppClient {
  /** Allowed only within 24 hours of the person's last message; otherwise `outside-window`, here or in a status webhook. */
  sendText(message: TextMessage, options?: CallOptions): Promise<SentMessage>
  sendTemplate(message: TemplateMessage, options?: CallOptions): Promise<SentMessage>
  /** Sends up to three reply buttons; the same 24-hour window applies as for text. */
  sendButtons(message: ButtonsMessage, options?: CallOptions): Promise<SentMessage>
  /** Reads the business's own number. */
  readPhone(options?: CallOptions): Promise<BusinessPhone>
  /**
   * Lists the template of that name in each of its languages.
   *
   * @param businessAccountId the id of the WhatsApp business account, not that of the phone number
   */
  listTemplates(businessAccountId: string, name: string, options?: CallOptions): Promise<readonly MessageTemplate[]>
  /** Closes the connection pool after the calls in progress. */
  close(): Promise<void>
}
