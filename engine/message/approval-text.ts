/** The question of a rule in `mode: ask`, and the texts of its buttons. */

import type { Language } from '../text/value-text.js'

export interface ApprovalQuestion {
  readonly rule: string
  readonly description: string
  /** What would be done and why, as `summarise` says it. */
  readonly summary: string
}

const LEADS: Readonly<Record<Language, string>> = { tr: 'Onayınız bekleniyor: ', en: 'Waiting for your approval: ' }

/** A question for the body of a message with buttons. */
export function approvalQuestion({ rule, description, summary }: ApprovalQuestion, language: Language): string {
  return [`${LEADS[language]}${rule}`, ...(description === '' ? [] : [description]), summary].join('\n')
}

/** The question for a template that begins with these words itself, as `tetik_approval` does. */
export const withoutLead = (text: string): string => {
  const lead = Object.values(LEADS).find((one) => text.includes(one))
  return lead === undefined ? text : text.replace(lead, '')
}

/** Titles of at most twenty characters, as WhatsApp wants them. */
const APPROVAL_BUTTONS: Readonly<Record<Language, { readonly approve: string; readonly reject: string }>> = {
  tr: { approve: 'Onayla', reject: 'Reddet' },
  en: { approve: 'Approve', reject: 'Reject' },
}

/** What a button's id says: `approve:<approval>`, `reject:<approval>`. Null for a button of somebody else. */
export function readApprovalButton(id: string): { readonly answer: 'approved' | 'rejected'; readonly approval: string } | null {
  const [, word, approval] = /^(approve|reject):(.+)$/.exec(id) ?? []
  if (word === undefined || approval === undefined) return null
  return { answer: word === 'approve' ? 'approved' : 'rejected', approval }
}

export const approvalButtons = (approval: string, language: Language): { readonly id: string; readonly title: string }[] => [
  { id: `approve:${approval}`, title: APPROVAL_BUTTONS[language].approve },
  { id: `reject:${approval}`, title: APPROVAL_BUTTONS[language].reject },
]
