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
  /** text | template */
  sent_as: string | null
  /** intended | accepted | sent | delivered | read | failed | unknown */
  status: string
  wamid: string | null
  error_json: string | null
  created_at: number
  updated_at: number
}

/** When somebody last wrote to us: WhatsApp's 24-hour window hangs on it. `wa_id` is the phone number's digits. */
export interface ContactTable {
  wa_id: string
  last_inbound_at: number
}
