/** Reads the business's phone number and its templates at WhatsApp. */

import { wholeAnswer } from '../answer.js'
import type { Json } from '../json.js'

export interface BusinessPhone {
  /** The name that people see. */
  readonly verifiedName: string | null
  /** `CONNECTED`, `PENDING`, `BANNED`, …; null if WhatsApp gives none. */
  readonly status: string | null
  /** `GREEN`, `YELLOW`, `RED`, `UNKNOWN`. */
  readonly quality: string | null
}

export interface MessageTemplate {
  readonly name: string
  /** `tr`, `en_US` */
  readonly language: string
  /** Only `APPROVED` templates can be sent. */
  readonly status: string
}

export const PHONE_FIELDS = ['verified_name', 'status', 'quality_rating']
export const TEMPLATE_FIELDS = ['name', 'language', 'status']

export function readBusinessPhone(answer: Json): BusinessPhone {
  const phone = wholeAnswer(answer)
  return {
    verifiedName: phone.textOrNull('verified_name'),
    status: phone.textOrNull('status'),
    quality: phone.textOrNull('quality_rating'),
  }
}

export const readTemplates = (answer: Json): MessageTemplate[] =>
  wholeAnswer(answer)
    .objects('data')
    .map((row) => ({ name: row.text('name'), language: row.text('language'), status: row.text('status') }))
