/** The sandbox's phone: the messages that it sends and receives, and their settings. */

import { randomBytes } from 'node:crypto'

import { keepFact, keptFact, type StateDatabase } from '../state/database.js'
import type { Faults } from '../world/faults.js'
import { OUTSIDE_WINDOW, statusError } from './errors.js'
import { MessageLimits } from './limits.js'
import { MediaStore } from './media-store.js'
import { type Message, MessageStore } from './message-store.js'
import { contactOf, People, type Person } from './people.js'
import { type Template, TemplateStore } from './template-store.js'
import { type WebhookOptions, Webhooks } from './webhooks.js'

const DAY = 24 * 3_600_000

export interface PhoneSettings {
  /** How a free message outside of the 24-hour window is refused: with an error at once, or later with the status `failed`. */
  readonly outside_window: 'error' | 'status'
  /** Milliseconds from the message to each status; null if the status never comes. */
  readonly status_delays: Record<'sent' | 'delivered' | 'read', number | null>
  /** The outcome of a new or edited template's review, and its duration in milliseconds. */
  readonly template_review: { readonly outcome: 'APPROVED' | 'REJECTED'; readonly after: number }
}

const DEFAULTS: PhoneSettings = {
  outside_window: 'error',
  status_delays: { sent: 150, delivered: 600, read: 4_000 },
  template_review: { outcome: 'APPROVED', after: 1_500 },
}
const KEY = 'phone-settings'

export class Phone {
  readonly messages: MessageStore
  readonly webhooks: Webhooks
  readonly people: People
  readonly templates: TemplateStore
  readonly media: MediaStore
  readonly limits = new MessageLimits()

  constructor(
    readonly database: StateDatabase,
    private readonly faults: Faults,
    readonly now: () => number,
    options: WebhookOptions,
  ) {
    this.messages = new MessageStore(database)
    this.webhooks = new Webhooks(database, this.messages, faults, options)
    this.people = new People(database)
    this.templates = new TemplateStore(database, now)
    this.media = new MediaStore(database)
  }

  get settings(): PhoneSettings {
    return { ...DEFAULTS, ...keptFact<Partial<PhoneSettings>>(this.database, KEY, () => DEFAULTS) }
  }

  change(settings: Partial<PhoneSettings>): PhoneSettings {
    const now = this.settings
    const next = {
      ...now,
      ...settings,
      status_delays: { ...now.status_delays, ...settings.status_delays },
      template_review: { ...now.template_review, ...settings.template_review },
    }
    keepFact(this.database, KEY, next)
    return next
  }

  /** Free messages may be sent for 24 hours after the person's last one. */
  windowOpen(person: string): boolean {
    const last = this.messages.lastInbound(person)
    return last !== null && this.now() - last < DAY
  }

  newId(): string {
    return `wamid.HBgM${randomBytes(18).toString('base64url').toUpperCase()}`
  }

  /**
   * Stores an accepted message and queues its statuses.
   *
   * @param by whether it was sent to the person's number or to their user id: statuses do not contain a hidden number
   */
  accept(message: Message, by: 'number' | 'user-id', fails: { code: number; details: string } | null): void {
    this.database.transaction(() => {
      this.messages.add(message)
      const person = this.people.at(message.person)
      const known = by === 'number' || !person.isHidden
      const fault = this.faults.take(['message-failed'], { event: message.type })
      const failure = fault ? { code: fault.code ?? 131026, details: 'Message undeliverable.' } : fails
      if (failure) {
        const errors = [statusError(failure.code, failure.details)]
        this.#queueStatus(message, person, known, 'failed', this.settings.status_delays.sent ?? 150, { errors })
        return
      }
      const pricing = {
        pricing: {
          billable: message.type === 'template',
          pricing_model: 'PMP',
          type: message.type === 'template' ? 'regular' : 'free_customer_service',
          category: message.type === 'template' ? 'utility' : 'service',
        },
      }
      for (const status of ['sent', 'delivered', 'read'] as const) {
        const delay = this.settings.status_delays[status]
        if (delay !== null) this.#queueStatus(message, person, known, status, delay, status === 'read' ? {} : pricing)
      }
    })()
    this.webhooks.schedule()
  }

  /**
   * Stores a person's message, which opens the window, and queues its webhook.
   *
   * @param phoneNumberId the business's number that they wrote to, if it is not the account's own
   */
  receive(message: Message, payload: Record<string, unknown>, phoneNumberId?: string): void {
    this.messages.add(message)
    const person = this.people.at(message.person)
    const value = {
      contacts: [contactOf(person)],
      messages: [{ ...senderOf(person), id: message.id, timestamp: seconds(message.at), ...payload }],
    }
    const change = { field: 'messages', value, ...(phoneNumberId === undefined ? {} : { phoneNumberId }) } as const
    this.webhooks.queue('inbound', message.id, change, 0)
  }

  /** Changes the person's user id. `form`: whether to report it as today's system message or as the field of early 2026. */
  renewUserId(phone: string, form: 'system' | 'user_id_update'): Person {
    const { previous, person } = this.people.renewUserId(phone)
    const timestamp = seconds(this.now())
    const shown = person.isHidden ? '' : person.phone
    if (form === 'user_id_update') {
      const ids = { previous, current: person.userId }
      const update = { wa_id: shown, detail: 'The user id changed.', user_id: ids, timestamp }
      const value = { contacts: [contactOf(person)], user_id_update: [update] }
      this.webhooks.queue('inbound', null, { field: 'user_id_update', value }, 0)
      return person
    }
    const body = `User ${person.name} changed from ${previous} to ${person.userId}`
    const system = { body, type: 'user_changed_user_id', user_id: person.userId, previous_user_id: previous }
    // A system message has no `contacts`.
    const value = { messages: [{ from: shown, id: this.newId(), timestamp, type: 'system', system }] }
    this.webhooks.queue('inbound', null, { field: 'messages', value }, 0)
    return person
  }

  /** Queues the webhook with the outcome of a review. */
  reviewed(template: Template): void {
    const value = {
      event: template.decision,
      message_template_id: Number(template.id),
      message_template_name: template.name,
      message_template_language: template.language,
      message_template_category: template.category,
      reason: template.decision === 'REJECTED' ? 'INVALID_FORMAT' : 'NONE',
    }
    const time = Math.floor(template.decidedTime / 1000)
    const change = { field: 'message_template_status_update', value, phoneNumberId: null, time } as const
    this.webhooks.queue('template', null, change, Math.max(0, template.decidedTime - this.now()))
  }

  #queueStatus(
    message: Message,
    person: Person,
    known: boolean,
    status: 'sent' | 'delivered' | 'read' | 'failed',
    delay: number,
    more: Record<string, unknown>,
  ): void {
    const value = {
      contacts: [contactOf(person, known)],
      statuses: [
        {
          id: message.id,
          status,
          timestamp: seconds(this.now() + delay),
          ...(known ? { recipient_id: person.phone } : {}),
          recipient_user_id: person.userId,
          ...(message.opaque === null ? {} : { biz_opaque_callback_data: message.opaque }),
          ...more,
        },
      ],
    }
    this.webhooks.queue(status, message.id, { field: 'messages', value }, delay)
  }
}

const seconds = (at: number): string => String(Math.floor(at / 1000))

const senderOf = ({ phone, userId, isHidden }: Person): Record<string, unknown> => ({
  ...(isHidden ? {} : { from: phone }),
  from_user_id: userId,
})

export const outsideWindow = { code: 131047, details: OUTSIDE_WINDOW } as const
