/** The question that a rule with `mode: ask` sends, and its buttons. */

import type { Language } from '../text/value-text.js'

export interface ApprovalQuestion {
  readonly rule: string
  readonly description: string
  /** What would be done and why, from `summarise`. */
  readonly summary: string
}

const LEADS: Readonly<Record<Language, string>> = { tr: 'Onayınız bekleniyor: ', en: 'Waiting for your approval: ' }

/** Returns the body of the message above the buttons. */
export function approvalQuestion({ rule, description, summary }: ApprovalQuestion, language: Language): string {
  return [`${LEADS[language]}${rule}`, ...(description === '' ? [] : [description]), summary].join('\n')
}

/** Removes the leading words, for a template that contains them itself, as `tetik_approval` does. */
export const withoutLead = (text: string): string => {
  const lead = Object.values(LEADS).find((one) => text.includes(one))
  return lead === undefined ? text : text.replace(lead, '')
}

/** Button titles. WhatsApp allows twenty characters. */
const APPROVAL_BUTTONS: Readonly<Record<Language, { readonly approve: string; readonly reject: string }>> = {
  tr: { approve: 'Onayla', reject: 'Reddet' },
  en: { approve: 'Approve', reject: 'Reject' },
}

/** Reads the id of a pressed button: `approve:<approval>` or `reject:<approval>`. Returns null if the button is not ours. */
export function readApprovalButton(id: string): { readonly answer: 'approved' | 'rejected'; readonly approval: string } | null {
  const [, verb, approval] = /^(approve|reject):(.+)$/.exec(id) ?? []
  if (verb === undefined || approval === undefined) return null
  return { answer: verb === 'approve' ? 'approved' : 'rejected', approval }
}

export const approvalButtons = (approval: string, language: Language): { readonly id: string; readonly title: string }[] => [
  { id: `approve:${approval}`, title: APPROVAL_BUTTONS[language].approve },
  { id: `reject:${approval}`, title: APPROVAL_BUTTONS[language].reject },
]
