/**
 * The message templates that the account has from the start, approved in Turkish and English, each with one parameter in its
 * body: `tetik_alert`, and `tetik_approval` with two quick replies.
 */

import type { TemplateContent } from './template-store.js'

/** A body may not begin or end with a variable. */
const alert = (id: string, language: string, text: string, example: string): TemplateContent & { readonly id: string } => ({
  id,
  name: 'tetik_alert',
  language,
  category: 'UTILITY',
  format: 'POSITIONAL',
  components: [{ type: 'BODY', text, example: { body_text: [[example]] } }],
})

const approval = (template: ReturnType<typeof alert>, approve: string, reject: string): ReturnType<typeof alert> => ({
  ...template,
  name: 'tetik_approval',
  components: [
    ...template.components,
    { type: 'BUTTONS', buttons: [approve, reject].map((text) => ({ type: 'QUICK_REPLY', text })) },
  ],
})

export const SHIPPED_TEMPLATES: readonly ReturnType<typeof alert>[] = [
  alert(
    '594425479261596',
    'tr',
    'Reklam bildirimi: {{1}}\nAyrıntılar panelde.',
    'Yaz indirimi duraklatıldı: edinme maliyeti ₺333,33',
  ),
  alert('594425479261597', 'en', 'Ads notice: {{1}}\nDetails are in the panel.', 'Summer sale paused: cost per purchase ₺333.33'),
  approval(
    alert('594425479261598', 'tr', 'Onayınız bekleniyor: {{1}}\nAyrıntılar panelde.', 'Yaz indirimi: bütçe +%15'),
    'Onayla',
    'Reddet',
  ),
  approval(
    alert('594425479261599', 'en', 'Waiting for your approval: {{1}}\nDetails are in the panel.', 'Summer sale: budget +15%'),
    'Approve',
    'Reject',
  ),
]
