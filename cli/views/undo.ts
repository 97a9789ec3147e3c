/** Output of `tetik undo`. Each text ends with a line break. */

import { printable } from '../../engine/text/printable.js'
import type { UndoResult } from '../../service/operations/undo-command.js'

export const undoAsJson = ({ decision, rule, items }: UndoResult): string =>
  `${JSON.stringify({ decision, rule, items: items.map(({ change: _, ...item }) => item) }, null, 2)}\n`

export function undoForPeople({ decision, rule, items }: UndoResult): string {
  const about = printable(`${rule}, ${decision}`)
  if (items.length === 0) return `${about}: it changed nothing at Meta that can be undone.\n`
  const lines = items.flatMap(({ words, entityId, entityName, because, warnings, restored }) => {
    const what = printable(`${words} of ${entityName === null ? entityId : `“${entityName}”`}`)
    const warned = warnings.map((warning) => `    warning: ${printable(warning)}`)
    if (because !== null) return [`- not restored: ${what} (${printable(because)})`]
    return [restored === true ? `- restored: ${what}` : `- would restore: ${what}`, ...warned]
  })
  const open = items.some(({ because, restored }) => because === null && restored === null)
  return `${[about, ...lines, ...(open ? [printable(`To restore it: tetik undo ${decision} --yes`)] : [])].join('\n')}\n`
}
