/** A comma at the end of a line, as in other languages. YAML reads it as part of the value. */

import type { Fault } from '../../diagnostic/fault.js'
import type { SourceFile } from '../../diagnostic/source.js'

/** Keys whose values are not free text, so they never end with a comma. */
const KEYS = new Set(
  'when where clear all any not then scope account use mode cooldown for every id budget bid max min increase decrease limit priority to within currency timezone'.split(
    ' ',
  ),
)

/**
 * Returns the fault of a text that ends with a comma, otherwise null. `key` is the key of the text, or of the list that
 * contains it.
 */
export function slipOfComma(source: SourceFile, key: string | null, range: readonly number[]): Fault | null {
  const [start, end] = [range[0]!, range[1]!]
  if (key === null || !KEYS.has(key) || source.text[end - 1] !== ',') return null
  const line = source.text.slice(source.startOfLine(end - 1), end - 1).trim()
  const message = 'a line in YAML does not end with a comma'
  return { code: 'yaml-syntax', message, span: { start, end }, hint: `remove the comma: \`${line}\`` }
}
