/** Messages of ours, and when people wrote to us. Conventions as in `../tables.ts`. */

import type { Generated } from 'kysely'

export interface MessageTable {
  id: string
  decision: string | null
  account: string
  recipient: string
  text: string
  /** Reply buttons, `[{ "id", "title" }]`; null for none. */
  buttons_json: Generated<string | null>
  /** 1 where a rule says it: it does not go out once the account's rules are stopped. */
  of_rule: Generated<number>
  /** 1 where it does not wait for the end of quiet hours. */
  urgent: Generated<number>
  /** Where it goes to somebody who is no recipient of tetik.yaml: a number with `+`, or a WhatsApp user id. */
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

/** Every time that a message was handed to WhatsApp: one, or two where the first answer was lost. */
export interface SendTable {
  id: Generated<number>
  message: string
  at: number
  /** text | template */
  form: string
  /** 1 where it says of itself that it may be a repeat. */
  is_repeat: number
  /** unknown | accepted | refused */
  outcome: string
  wamid: string | null
  error_json: string | null
}

/** A number that wrote to us, or that we wrote to, with the user id that WhatsApp gave together with it. */
export interface ContactTable {
  /** The phone number's digits. */
  wa_id: string
  /** WhatsApp's 24-hour window hangs on it; null where they never wrote. */
  last_inbound_at: number | null
  user_id: string | null
  /** WhatsApp's time of the news that linked the two, or took the link away. */
  linked_at: number | null
}

/** When a way by which webhooks come was last seen alive. */
export interface WebhookWayTable {
  way: string
  last_at: number
}

/** What somebody should know and no rule says: shown in the panel until somebody has seen it. */
export interface NoteTable {
  /** Says what it is about: the same again is counted, and shown again. */
  id: string
  kind: string
  account: string | null
  facts_json: string
  count: number
  first_at: number
  last_at: number
  seen_at: number | null
}
