/** The sandbox's phone: what it sends, what people write to it, and the settings of both. */

import { randomBytes } from 'node:crypto'

import type { Faults } from '../faults.js'
import { keepFact, keptFact, type StateDatabase } from '../state/database.js'
import { OUTSIDE_WINDOW, statusError } from './errors.js'
import { MessageLimits } from './limits.js'
import { MessageStore, type Message } from './message-store.js'
import { Webhooks, type WebhookOptions } from './webhooks.js'

const DAY = 24 * 3_600_000

export interface PhoneSettings {
  /** How a free message outside of the 24-hour window is refused: at once, or accepted and then `failed`. */
  readonly outside_window: 'error' | 'status'
  /** Milliseconds after the message at which each status comes; null: it never comes. */
  readonly status_delays: Record<'sent' | 'delivered' | 'read', number | null>
}

const DEFAULTS: PhoneSettings = { outside_window: 'error', status_delays: { sent: 150, delivered: 600, read: 4_000 } }
const KEY = 'phone-settings'

export class Phone {
  readonly messages: MessageStore
  readonly webhooks: Webhooks
  readonly limits = new MessageLimits()

  constructor(
    private readonly database: StateDatabase,
    private readonly faults: Faults,
    private readonly now: () => number,
    options: WebhookOptions,
  ) {
    this.messages = new MessageStore(database)
    this.webhooks = new Webhooks(database, this.messages, faults, options)
  }

  get settings(): PhoneSettings {
    return keptFact(this.database, KEY, () => DEFAULTS)
  }

  change(settings: Partial<PhoneSettings>): PhoneSettings {
    const next = { ...this.settings, ...settings, status_delays: { ...this.settings.status_delays, ...settings.status_delays } }
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

  /** Keeps a message that was accepted and puts its statuses on their way. */
  accept(message: Message, fails: { code: number; details: string } | null): void {
    this.database.transaction(() => {
      this.messages.add(message)
      const fault = this.faults.take(['message-failed'], { event: message.type })
      const failure = fault ? { code: fault.code ?? 131026, details: 'Message undeliverable.' } : fails
      if (failure) {
        this.#queueStatus(message, 'failed', this.settings.status_delays.sent ?? 150, {
          errors: [statusError(failure.code, failure.details)],
        })
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
        if (delay !== null) this.#queueStatus(message, status, delay, status === 'read' ? {} : pricing)
      }
    })()
    this.webhooks.schedule()
  }

  /** A person writes: the window opens, and the receiver is told. */
  receive(message: Message, profileName: string, payload: Record<string, unknown>): void {
    this.messages.add(message)
    const timestamp = String(Math.floor(message.at / 1000))
    this.webhooks.queue(
      'inbound',
      message.id,
      {
        contacts: [{ profile: { name: profileName }, wa_id: message.person }],
        messages: [{ from: message.person, id: message.id, timestamp, ...payload }],
      },
      0,
    )
  }

  #queueStatus(
    message: Message,
    status: 'sent' | 'delivered' | 'read' | 'failed',
    delay: number,
    more: Record<string, unknown>,
  ): void {
    this.webhooks.queue(
      status,
      message.id,
      {
        statuses: [
          {
            id: message.id,
            status,
            timestamp: String(Math.floor((this.now() + delay) / 1000)),
            recipient_id: message.person,
            ...(message.opaque === null ? {} : { biz_opaque_callback_data: message.opaque }),
            ...more,
          },
        ],
      },
      delay,
    )
  }
}

export const outsideWindow = { code: 131047, details: OUTSIDE_WINDOW } as const
