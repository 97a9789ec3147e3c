/** What `tetik import rules` says beside the file itself. Ends with an end of line. */

import type { ImportedRules } from '../../engine/import-rules/import-rules.js'
import { printable } from '../../engine/text/printable.js'

export function importForPeople({ rules }: Pick<ImportedRules, 'rules'>): string {
  const left = rules.filter(({ faults }) => faults.length > 0)
  const done = rules.length - left.length
  const lines = [`${done} of ${rules.length} automated rules became rules that observe.`]
  for (const { source, faults } of left) lines.push(printable(`Not taken over: ${source} (${faults.join('; ')})`))
  return `${lines.join('\n')}\n`
}
