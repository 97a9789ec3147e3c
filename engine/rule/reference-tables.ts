/** The tables of the language reference (docs/rules.md), made from the catalogues that check and evaluation use. */

import { FUNCTION_DEFINITIONS } from '../expression/read/functions.js'
import { PRESET_DESCRIPTIONS } from '../expression/read/window.js'
import { ATTRIBUTES } from '../metric/attributes.js'
import { type MetricFormula, METRICS } from '../metric/catalogue.js'
import type { Unit } from '../value/unit.js'

/** The tables as Markdown, by name. */
export const REFERENCE_TABLES: Readonly<Record<string, () => string>> = {
  metrics: () =>
    table(
      ['metric', 'what it is', 'unit', 'made of'],
      METRICS.map(({ name, description, unit, made }) => [code(name), description.en, unit, formulaText(made)]),
    ),
  attributes: () =>
    table(
      ['attribute', 'what it is', 'unit', 'whose'],
      ATTRIBUTES.map(({ name, description, unit, of }) => [code(name), description.en, unitText(unit), WHOSE[of]]),
    ),
  windows: () =>
    table(
      ['window', 'what it covers'],
      Object.entries(PRESET_DESCRIPTIONS).map(([name, { en }]) => [code(name), en]),
    ),
  functions: () =>
    table(
      ['function', 'what it is', 'unit', 'example'],
      FUNCTION_DEFINITIONS.map(({ form, description, unit, example }) => [code(form), description.en, unit, code(example)]),
    ),
}

/** Returns the reference with up-to-date tables; each is between `<!-- table: name -->` and `<!-- end -->`. */
export const withTables = (markdown: string): string =>
  markdown.replace(/(<!-- table: (\w+) -->\n).*?(<!-- end -->)/gs, (whole, begin: string, name: string, end: string) => {
    const made = REFERENCE_TABLES[name]
    return made === undefined ? whole : `${begin}\n${made()}\n\n${end}`
  })

const WHOSE = { entity: 'any entity’s', account: 'the account’s', clock: 'the clock’s' } as const

const code = (text: string): string => `\`${text}\``

const unitText = (unit: Unit): string => (unit.kind === 'choice' ? unit.choices.map(code).join(' ') : unit.kind)

function formulaText(made: MetricFormula): string {
  switch (made.kind) {
    case 'sum':
      return 'sum'
    case 'ratio':
      return `${code(made.numerator)} / ${code(made.denominator)}${made.scale === 1 ? '' : ` × ${made.scale}`}`
    case 'asked':
      return 'requested from Meta for exactly that window'
  }
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n')
