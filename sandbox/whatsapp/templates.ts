/** The message templates of the account: `tetik_alert`, approved in Turkish and English, one parameter in its body. */

export interface Template {
  readonly id: string
  readonly name: string
  readonly language: string
  readonly status: 'APPROVED'
  readonly category: 'UTILITY'
  readonly parameter_format: 'POSITIONAL'
  readonly components: ReadonlyArray<Record<string, unknown> & { readonly type: string; readonly text: string }>
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

export const TEMPLATES: readonly Template[] = [
  alert(
    '594425479261596',
    'tr',
    'Reklam bildirimi: {{1}}\nAyrıntılar panelde.',
    'Yaz indirimi duraklatıldı: edinme maliyeti ₺333,33',
  ),
  alert('594425479261597', 'en', 'Ads notice: {{1}}\nDetails are in the panel.', 'Summer sale paused: cost per purchase ₺333.33'),
]

export const findTemplate = (name: string, language: string): Template | undefined =>
  TEMPLATES.find((template) => template.name === name && template.language === language)

/** The body with its parameters put in. */
export function bodyText(template: Template, parameters: readonly string[]): string {
  const body = template.components.find(({ type }) => type === 'BODY')?.text ?? ''
  return body.replace(/\{\{(\d+)\}\}/g, (_match, index: string) => parameters[Number(index) - 1] ?? '')
}

export const parameterCount = (template: Template): number =>
  new Set(template.components.flatMap(({ text }) => text.match(/\{\{\d+\}\}/g) ?? [])).size
