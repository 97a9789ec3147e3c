/** Completions and hover text of an editor for conditions: the names in the catalogue, with their descriptions. */

import { FUNCTION_DEFINITIONS, type FunctionDefinition } from '../expression/read/functions.js'
import { type AttributeDefinition, ATTRIBUTES } from '../metric/attributes.js'
import { type MetricDefinition, METRICS } from '../metric/catalogue.js'

/** A snippet for yaml-language-server: `body` is inserted, with placeholders such as `${1|a,b|}`. */
export interface Snippet {
  readonly label: string
  readonly description: string
  readonly body: string
}

const WINDOWS = 'last_3d,last_7d,last_14d,last_30d,today,yesterday,this_month,7d'

const OPERATORS = '>,>=,<,<=,=,!='

export const conditionSnippets = (): readonly Snippet[] => [
  ...METRICS.map(metricSnippet),
  ...ATTRIBUTES.map(attributeSnippet),
  ...FUNCTION_DEFINITIONS.map(functionSnippet),
]

const metricSnippet = (metric: MetricDefinition): Snippet => ({
  label: `${metric.name}[…]`,
  description: inWords(metric.description, metric.unit),
  body: `${metric.name}[\${1|${WINDOWS}|}] \${2|${OPERATORS}|} \${3:${EXAMPLES[metric.unit] ?? '1'}}`,
})

function attributeSnippet({ name, unit, description }: AttributeDefinition): Snippet {
  const words = inWords(description, unit.kind)
  if (unit.kind === 'yes-or-no') return { label: name, description: words, body: name }
  if (unit.kind === 'choice')
    return { label: name, description: words, body: `${name} \${1|=,!=|} \${2|${unit.choices.join(',')}|}` }
  if (unit.kind === 'text') return { label: name, description: words, body: `${name} \${1|matches,contains,=|} "\${2:TR | *}"` }
  return { label: name, description: words, body: `${name} \${1|${OPERATORS}|} \${2:${EXAMPLES[unit.kind] ?? '1'}}` }
}

const functionSnippet = ({ form, example, unit, description }: FunctionDefinition): Snippet => ({
  label: form,
  description: inWords(description, unit),
  body: `\${1:${example}} \${2|${OPERATORS}|} `,
})

const EXAMPLES: Readonly<Record<string, string>> = {
  money: '100 TRY',
  percentage: '1.5%',
  duration: '3d',
  count: '5',
  number: '2',
}

const inWords = ({ en, tr }: { readonly en: string; readonly tr: string }, unit: string): string => `${en} · ${tr} (${unit})`

/** Returns the hover text of a condition: how to write one, and all names that it may contain. */
export function conditionHelp(): string {
  return [
    '`expression operator expression`, with `>` `>=` `<` `<=` `=` `!=`, `between … and …`, `in […]`, `matches "glob"`, `contains "text"`.',
    'Windows: `today`, `yesterday`, `last_3d`, `last_7d`, `last_30d`, `this_month`, …, `5d` (today and the four days before), `6h`; `offset 7d` moves them.',
    '',
    '| metric | unit | what |',
    '|---|---|---|',
    ...METRICS.map(({ name, unit, description }) => `| \`${name}\` | ${unit} | ${description.en} |`),
    '',
    '| attribute | unit | what |',
    '|---|---|---|',
    ...ATTRIBUTES.map(({ name, unit, description }) => `| \`${name}\` | ${unit.kind} | ${description.en} |`),
    '',
    '| function | unit | what |',
    '|---|---|---|',
    ...FUNCTION_DEFINITIONS.map(({ form, unit, description }) => `| \`${form}\` | ${unit} | ${description.en} |`),
  ].join('\n')
}
