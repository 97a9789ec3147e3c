/** Finds what else happened to the same object at about the same time, because a violation alone seldom shows its cause. */

import type { Evidence } from './evidence.js'
import type { Violation } from './violation.js'

/** Before and after, milliseconds. */
const ROOM = 60_000

const clock = (at: number | null): string => (at === null ? '-' : new Date(at).toISOString().slice(11, 23))

export function around({ rows }: Violation, { writes, ledger }: Evidence): string {
  const texts = rows.map((row) => row as Readonly<Record<string, unknown>>)
  const entities = new Set(texts.flatMap((row) => [row['entity'], row['entity_id']]).filter((id) => typeof id === 'string'))
  const times = texts.flatMap((row) => [row['at'], row['intended_at'], row['settled_at']]).filter((at) => typeof at === 'number')
  if (entities.size === 0 || times.length === 0) return ''
  const from = Math.min(...times) - ROOM
  const to = Math.max(...times) + ROOM
  const lines = [
    ...writes
      .filter(({ entity, at }) => entities.has(entity) && at >= from && at <= to)
      .map(({ at, field, before, after, ours, fault, request }) => ({
        at,
        line: `write ${request} ${field} ${before} → ${after} ${ours ? 'ours' : 'OUTSIDE'} ${fault ?? ''}`,
      })),
    ...ledger
      .filter(({ entity_id: id, intended_at: at }) => entities.has(id) && at >= from && at <= to)
      .map((row) => ({
        at: row.intended_at,
        line:
          `ledger ${row.order_number} ${row.id} ${row.field} ${row.before} → ${row.target} ${row.outcome}, ` +
          `sent ${clock(row.sent_at)}, answered ${clock(row.answered_at)}, settled ${clock(row.settled_at)}, ` +
          `edits ${clock(row.edited_before)} ${clock(row.edited_after)} ${row.error_json ?? ''}`,
      })),
  ]
  const inOrder = lines.sort((one, other) => one.at - other.at)
  return inOrder.map(({ at, line }) => `      ${clock(at)} ${line}`).join('\n')
}
