/** What `tetik undo` shows. Each ends with an end of line. */

import { printable } from '../../engine/text/printable.js'
import type { UndoResult } from '../../service/operations/undo-command.js'

export const undoAsJson = ({ decision, rule, items }: UndoResult): string =>
  `${JSON.stringify({ decision, rule, items: items.map(({ change: _, ...item }) => item) }, null, 2)}\n`

export function undoForPeople({ decision, rule, items }: UndoResult): string {
  const about = printable(`${rule}, ${decision}`)
  if (items.length === 0) return `${about}: it changed nothing at Meta that could be taken back.\n`
  const lines = items.flatMap(({ words, entityId, entityName, because, warnings, restored }) => {
    const what = printable(`${words} of ${entityName === null ? entityId : `“${entityName}”`}`)
    const warned = warnings.map((warning) => `    warning: ${printable(warning)}`)
    if (because !== null) return [`- not restored: ${what} (${printable(because)})`]
    return [restored === true ? `- restored: ${what}` : `- would restore: ${what}`, ...warned]
  })
  const open = items.some(({ because, restored }) => because === null && restored === null)
  return `${[about, ...lines, ...(open ? [printable(`Restore it with: tetik undo ${decision} --yes`)] : [])].join('\n')}\n`
}
