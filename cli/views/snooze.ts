/** Output of `tetik snooze`. Each text ends with a line break. */

import { printable } from '../../engine/text/printable.js'
import type { SnoozeResult } from '../../service/operations/snooze-command.js'

export const snoozedAsJson = ({ rule, entity, until }: SnoozeResult): string =>
  `${JSON.stringify({ rule, entity, until: until === null ? null : new Date(until).toISOString() }, null, 2)}\n`

export function snoozedForPeople({ rule, entity, until }: SnoozeResult): string {
  const what = printable(entity === null ? rule : `${rule} for ${entity}`)
  if (until === null) return `${what} is no longer snoozed.\n`
  return `${what} is snoozed until ${new Date(until).toLocaleString('sv')}. To end it: ${printable(`tetik snooze ${rule}${entity === null ? '' : ` --entity ${entity}`} --off`)}\n`
}
