/** Renders the JSON body that a rule defines, with the values of its expressions. */

import type { Expression } from '../expression/syntax.js'
import { sideValue } from '../rule/evaluate/side-value.js'
import type { JsonTemplate, Template } from '../rule/rule.js'
import { type TextOptions, valueText } from '../text/value-text.js'
import type { Value } from '../value/value.js'

export type PlainJson = string | number | boolean | null | readonly PlainJson[] | { readonly [key: string]: PlainJson }

/**
 * Returns the JSON with its values. A text that consists of a single expression becomes the value itself, as in traces (money in the
 * major unit, null if unknown); in any other text values are formatted as in a message.
 */
export function renderJson(json: JsonTemplate, read: (expression: Expression) => Value, options: TextOptions): PlainJson {
  switch (json.kind) {
    case 'value':
      return json.value
    case 'text':
      return renderText(json.text, read, options)
    case 'list':
      return json.items.map((item) => renderJson(item, read, options))
    case 'object': {
      const members = Object.entries(json.members).map(([key, member]) => [key, renderJson(member, read, options)] as const)
      return Object.fromEntries(members)
    }
  }
}

function renderText(text: Template, read: (expression: Expression) => Value, options: TextOptions): PlainJson {
  const [only, ...others] = text
  if (only !== undefined && others.length === 0 && only.kind === 'expression') {
    return sideValue(read(only.expression), only.expression.unit.kind, options.currency)
  }
  return text
    .map((part) => {
      if (part.kind === 'text') return part.text
      return valueText({ value: read(part.expression), unit: part.expression.unit.kind }, options)
    })
    .join('')
}
