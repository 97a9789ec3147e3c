/**
 * Sends webhooks to the receiver. Each is stored with its exact body until it was answered with 200, even across restarts, and is
 * retried with growing delays for 36 hours.
 */

import { createHmac } from 'node:crypto'

import { WHATSAPP } from '../base/identity.js'
import type { StateDatabase } from '../state/database.js'
import type { Faults } from '../world/faults.js'
import type { MessageStatus, MessageStore } from './message-store.js'

/** Seconds between attempts: at once, then with growing delays. */
const RETRY_SECONDS: readonly number[] = [0, 2, 5, 10, 30, 60, 300, 900, 3600, 3600 * 4]
const GIVE_UP_MS = 36 * 3_600_000
const ANSWER_MS = 10_000
const MOST_AT_ONCE = 8
const KEPT = 10_000

export type WebhookEvent = 'sent' | 'delivered' | 'read' | 'failed' | 'inbound' | 'template'

/** The content of a webhook: a change of one field of the business account. */
export interface WebhookChange {
  readonly field: 'messages' | 'message_template_status_update' | 'user_id_update'
  readonly value: Record<string, unknown>
  /** The number that it concerns; by default the account's own, null if none. */
  readonly phoneNumberId?: string | null
  /** The entry's time in seconds since the epoch, if it has one. */
  readonly time?: number
}

interface Row {
  id: number
  event: WebhookEvent
  message: string | null
  queued_at: number
  due: number
  attempts: number
  body: string
}

export interface WebhookView {
  readonly id: number
  readonly event: WebhookEvent
  readonly message: string | null
  readonly state: 'pending' | 'delivered' | 'lost' | 'given-up' | 'no-receiver'
  readonly attempts: number
  readonly last_status: number | null
}

export interface WebhookOptions {
  readonly url: string | null
  readonly log: (line: string) => void
  readonly retrySeconds?: readonly number[]
}

function bodyOf({ field, value, phoneNumberId = WHATSAPP.phoneNumberId, time }: WebhookChange): string {
  const metadata = {
    display_phone_number: WHATSAPP.displayPhoneNumber.replace(/\D/g, ''),
    phone_number_id: phoneNumberId,
  }
  const about = phoneNumberId === null ? {} : { messaging_product: 'whatsapp', metadata }
  const entry = {
    id: WHATSAPP.businessAccountId,
    ...(time === undefined ? {} : { time }),
    changes: [{ value: { ...about, ...value }, field }],
  }
  return JSON.stringify({ object: 'whatsapp_business_account', entry: [entry] })
}

/** Uses the machine's real time, whatever time the account's clock shows. */
export class Webhooks {
  #timer: NodeJS.Timeout | null = null
  readonly #stopping = new AbortController()
  readonly #inProgress = new Map<number, Promise<void>>()
  readonly #retries: readonly number[]

  constructor(
    private readonly database: StateDatabase,
    private readonly messages: MessageStore,
    private readonly faults: Faults,
    private readonly options: WebhookOptions,
  ) {
    this.#retries = options.retrySeconds ?? RETRY_SECONDS
  }

  queue(event: WebhookEvent, message: string | null, change: WebhookChange, delay: number): void {
    const body = bodyOf(change)
    this.database
      .prepare("insert into webhooks (event, message, queued_at, due, body, state) values (?, ?, ?, ?, ?, 'pending')")
      .run(event, message, Date.now(), Date.now() + delay, body)
    this.schedule()
  }

  /** Sends what is due, and sets the timer for the next webhook. */
  schedule(): void {
    if (this.#stopping.signal.aborted) return
    if (this.#timer) clearTimeout(this.#timer)
    const rows = this.database
      .prepare(
        "select id, event, message, queued_at, due, attempts, body from webhooks where state = 'pending' order by due, id limit 100",
      )
      .all() as Row[]
    const waiting = rows.filter(({ id }) => !this.#inProgress.has(id))
    for (const row of waiting) {
      if (row.due > Date.now() || this.#inProgress.size >= MOST_AT_ONCE) break
      const work = this.#deliver(row).finally(() => {
        this.#inProgress.delete(row.id)
        this.schedule()
      })
      this.#inProgress.set(row.id, work)
    }
    const next = waiting.find(({ id, due }) => due > Date.now() && !this.#inProgress.has(id))
    if (next) this.#timer = setTimeout(() => this.schedule(), Math.min(next.due - Date.now(), 60_000) + 1)
  }

  list(): WebhookView[] {
    return this.database
      .prepare('select id, event, message, state, attempts, last_status from webhooks order by id desc limit 500')
      .all()
      .reverse() as WebhookView[]
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    if (this.#timer) clearTimeout(this.#timer)
    await Promise.allSettled(this.#inProgress.values())
  }

  async #deliver(row: Row): Promise<void> {
    if (row.attempts === 0 && row.message !== null && row.event !== 'inbound' && row.event !== 'template') {
      this.messages.advance(row.message, row.event satisfies MessageStatus)
    }
    if (this.options.url === null) return this.#close(row.id, 'no-receiver', null)
    if (row.attempts === 0 && this.faults.take(['webhook-lost'], { event: row.event })) return this.#close(row.id, 'lost', null)
    const status = await this.#send(this.options.url, row.body)
    if (status === 200) {
      if (this.faults.take(['webhook-doubled'], { event: row.event })) await this.#send(this.options.url, row.body)
      return this.#close(row.id, 'delivered', 200)
    }
    this.#again(row, status)
  }

  #again(row: Row, status: number | null): void {
    const attempts = row.attempts + 1
    const gap = this.#retries[Math.min(attempts - 1, this.#retries.length - 1)] ?? 60
    if (Date.now() - row.queued_at > GIVE_UP_MS) return this.#close(row.id, 'given-up', status)
    this.options.log(`webhook ${row.event} answered ${status ?? 'nothing'}, next try in ${gap} s`)
    this.database
      .prepare('update webhooks set attempts = ?, due = ?, last_status = ? where id = ?')
      .run(attempts, Date.now() + gap * 1000, status, row.id)
  }

  #close(id: number, state: WebhookView['state'], status: number | null): void {
    this.database
      .prepare('update webhooks set state = ?, attempts = attempts + 1, last_status = ?, delivered_at = ? where id = ?')
      .run(state, status, Date.now(), id)
    this.database.prepare("delete from webhooks where id <= ? and state <> 'pending'").run(id - KEPT)
  }

  /** Returns the HTTP status, or null if there was no answer in time. */
  async #send(url: string, body: string): Promise<number | null> {
    const signature = createHmac('sha256', WHATSAPP.appSecret).update(body).digest('hex')
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-hub-signature-256': `sha256=${signature}`,
          'user-agent': 'facebookexternalua',
        },
        body,
        signal: AbortSignal.any([AbortSignal.timeout(ANSWER_MS), this.#stopping.signal]),
      })
      await response.arrayBuffer()
      return response.status
    } catch {
      return null
    }
  }
}
