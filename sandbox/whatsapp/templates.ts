/**
 * The message templates of the account, approved in Turkish and English, each with one parameter in its body: `tetik_alert`,
 * and `tetik_approval` with two quick replies.
 */

export interface Template {
  readonly id: string
  readonly name: string
  readonly language: string
  readonly status: 'APPROVED'
  readonly category: 'UTILITY'
  readonly parameter_format: 'POSITIONAL'
  readonly components: ReadonlyArray<Record<string, unknown> & { readonly type: string; readonly text?: string }>
}

/** A variable may stand neither first nor last in a body. */
const alert = (id: string, language: string, text: string, example: string): Template => ({
  id,
  name: 'tetik_alert',
  language,
  status: 'APPROVED',
  category: 'UTILITY',
  parameter_format: 'POSITIONAL',
  components: [{ type: 'BODY', text, example: { body_text: [[example]] } }],
})

const approval = (template: Template, approve: string, reject: string): Template => ({
  ...template,
  name: 'tetik_approval',
  components: [
    ...template.components,
    { type: 'BUTTONS', buttons: [approve, reject].map((text) => ({ type: 'QUICK_REPLY', text })) },
  ],
})

export const TEMPLATES: readonly Template[] = [
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

export const findTemplate = (name: string, language: string): Template | undefined =>
  TEMPLATES.find((template) => template.name === name && template.language === language)

/** The body with its parameters put in. */
export function bodyText(template: Template, parameters: readonly string[]): string {
  const body = template.components.find(({ type }) => type === 'BODY')?.text ?? ''
  return body.replace(/\{\{(\d+)\}\}/g, (_match, index: string) => parameters[Number(index) - 1] ?? '')
}

export const parameterCount = (template: Template): number =>
  new Set(template.components.flatMap(({ text }) => text?.match(/\{\{\d+\}\}/g) ?? [])).size

/** Titles of its quick replies. */
export const quickReplies = (template: Template): readonly string[] =>
  template.components.flatMap(({ type, buttons }) =>
    type === 'BUTTONS' ? (buttons as { text: string }[]).map(({ text }) => text) : [],
  )
