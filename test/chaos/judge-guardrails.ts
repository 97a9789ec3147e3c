/** Checks that no rule's change is ever larger than `step`, and that none moves a budget past `daily_change` for the day. */

import { grouped } from '../../cli/base/grouped.js'
import type { Evidence, Write } from './evidence.js'
import { LIMITS, TIME_ZONE } from './scene.js'
import type { Violation } from './violation.js'

/** Targets are rounded to whole minor units. */
const ROUNDING = 1e-3

const dayOf = (at: number): string => new Intl.DateTimeFormat('en-CA', { timeZone: TIME_ZONE }).format(at)

export function judgeGuardrails({ writes, ledger }: Evidence): Violation[] {
  const isRules = (write: Write): boolean => {
    const rows = ledger.filter((row) => row.entity_id === write.entity && row.field === write.field && row.target === write.after)
    return write.ours && rows.length > 0 && rows.every(({ decision }) => decision !== null)
  }
  const found: Violation[] = []
  const budgets = writes.filter(({ field, before, after }) => field.endsWith('_budget') && before !== after)
  for (const its of grouped(budgets, ({ entity, field, at }) => `${entity} ${field} ${dayOf(at)}`).values()) {
    const [{ entity, field, at } = its[0]!] = its
    // The budget at the start of the day as far as tetik knows: it cannot see an outside edit before its own first change.
    const first = ledger.find((row) => row.entity_id === entity && row.field === field && dayOf(row.intended_at) === dayOf(at))
    const start = Math.max(Number(its[0]!.before), Number(first?.before ?? 0))
    let moved = 0
    for (const write of its) {
      if (!isRules(write)) continue
      const by = Math.abs(Number(write.after) - Number(write.before))
      moved += by
      if (by / Number(write.before) > LIMITS.step + ROUNDING)
        found.push({ kind: 'a rule’s change larger than `step`', rows: [write] })
      if (moved / start > LIMITS.dailyChange + ROUNDING) {
        found.push({ kind: 'rules moved a budget by more than `daily_change`', rows: its.filter(isRules) })
        break
      }
    }
  }
  return found
}
