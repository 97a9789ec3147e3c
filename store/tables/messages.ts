/** Our messages, and when people wrote to us. Conventions as in `./tables.ts`. */

import type { Generated } from 'kysely'

export interface MessageTable {
  id: string
  decision: string | null
  account: string
  recipient: string
  text: string
  /** Reply buttons, `[{ "id", "title" }]`; null for none. */
  buttons_json: Generated<string | null>
  /** 1 if it is a rule's message: it is not sent any more once the account's rules are stopped. */
  of_rule: Generated<number>
  /** 1 if it does not wait for the end of quiet hours. */
  urgent: Generated<number>
  /** The address of somebody who is not a recipient of tetik.yaml: a number with `+`, or a WhatsApp user id; else null. */
  address: Generated<string | null>
  /** text | template */
  sent_as: string | null
  /** intended | accepted | sent | delivered | read | failed | unknown | withdrawn */
  status: string
  wamid: string | null
  error_json: string | null
  created_at: number
  updated_at: number
}

/** One sending of a message to WhatsApp; there is a second one if the first answer was lost. */
export interface SendTable {
  id: Generated<number>
  message: string
  at: number
  /** text | template */
  form: string
  /** 1 if the message says that it may be a repeat. */
  is_repeat: number
  /** unknown | accepted | refused */
  outcome: string
  wamid: string | null
  error_json: string | null
}

/** A number that wrote to us, or that we wrote to, with the user id that WhatsApp reported with it. */
export interface ContactTable {
  /** The phone number's digits. */
  wa_id: string
  /** When they last wrote, which opens WhatsApp's 24-hour window; null if they never wrote. */
  last_inbound_at: number | null
  user_id: string | null
  /** WhatsApp's time of the report that linked the two, or removed the link. */
  linked_at: number | null
}

/** When a webhook last arrived from a source. */
export interface WebhookWayTable {
  way: string
  last_at: number
}

/** Something that somebody should know and that no rule reports: the panel shows it until somebody has seen it. */
export interface NoteTable {
  /** Identifies its subject: the same id again increases the count, and shows the note again. */
  id: string
  kind: string
  account: string | null
  facts_json: string
  count: number
  first_at: number
  last_at: number
  seen_at: number | null
}
