/** The summary that `tetik import rules` prints to standard error. Ends with a line break. */

import type { ImportedRules } from '../../engine/import-rules/import-rules.js'
import { printable } from '../../engine/text/printable.js'

export function importForPeople({ rules }: Pick<ImportedRules, 'rules'>): string {
  const left = rules.filter(({ faults }) => faults.length > 0)
  const done = rules.length - left.length
  const lines = [`${done} of ${rules.length} automated rules were converted; the new rules have mode: observe.`]
  for (const { source, faults } of left) lines.push(printable(`Not converted: ${source} (${faults.join('; ')})`))
  return `${lines.join('\n')}\n`
}
