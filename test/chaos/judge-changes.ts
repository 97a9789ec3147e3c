/** Checks the changes at Meta: each is made at most once, none overwrites a later change, and the ledger agrees with the sandbox. */

import { grouped } from '../../cli/base/grouped.js'
import type { Evidence, Reading, Write } from './evidence.js'
import { timeline } from './timeline.js'
import type { Violation } from './violation.js'

type Row = Evidence['ledger'][number]

const isPersons = ({ made_by: by }: Row): boolean => by.startsWith('api:')
const sameField = (row: Row, write: Write): boolean => row.entity_id === write.entity && row.field === write.field
const isEffective = ({ before, after }: Write): boolean => before !== after

/** Milliseconds between an activity's read and its write: edits in between cannot be noticed. */
const BETWEEN = 2_500

export function judgeChanges(evidence: Evidence): Violation[] {
  return [
    ...onceEach(evidence),
    ...overLaterWords(evidence),
    ...overEdits(evidence),
    ...outcomes(evidence),
    ...restsOnWhatWas(evidence),
    ...doubledRequests(evidence),
    ...lastWords(evidence),
  ]
}

/** Returns the ledger rows that a write may belong to: they wanted that value and were marked as sent. */
const rowsOf = (write: Write, ledger: readonly Row[]): Row[] =>
  ledger.filter((row) => sameField(row, write) && row.target === write.after && row.intended_at <= write.at)

/** No value takes effect more often than it was requested, and nothing is written that was not requested. */
function onceEach({ writes, ledger }: Evidence): Violation[] {
  const found: Violation[] = []
  const counted = new Map<string, Write[]>()
  for (const write of writes) {
    if (!write.ours) continue
    if (rowsOf(write, ledger).length === 0) found.push({ kind: 'a write without a row in the ledger', rows: [write] })
    if (!isEffective(write)) continue
    const key = `${write.entity} ${write.field} ${write.after}`
    counted.set(key, [...(counted.get(key) ?? []), write])
  }
  for (const same of counted.values()) {
    const rows = rowsOf(same.at(-1)!, ledger)
    if (rows.length > 0 && same.length > rows.length) found.push({ kind: 'a change made twice', rows: [...same, ...rows] })
  }
  return found
}

/** A person's change does not overwrite a later one. */
function overLaterWords({ writes, ledger }: Evidence): Violation[] {
  const found: Violation[] = []
  for (const [index, write] of writes.entries()) {
    if (!write.ours || !isEffective(write)) continue
    // Of several rows with this value, the latest may be written last.
    const order = Math.max(...rowsOf(write, ledger).map(({ order_number: order }) => order))
    const earlier = writes.slice(0, index).filter((one) => one.ours && one.entity === write.entity && one.field === write.field)
    const last = earlier.at(-1)
    if (last === undefined || last.after === write.after) continue
    const over = rowsOf(last, ledger).filter((row) => isPersons(row) && row.order_number > order)
    const isUnambiguous = rowsOf(last, ledger).every((row) => row.order_number > order)
    if (over.length > 0 && isUnambiguous) {
      found.push({
        kind: 'a change that overwrote a later change by a person',
        rows: [last, write, ...over, ...rowsOf(write, ledger)],
      })
    }
  }
  return found
}

/** An edit at Meta that tetik has read is not overwritten by an earlier request. */
function overEdits({ writes, readings, ledger }: Evidence): Violation[] {
  const found: Violation[] = []
  const byEntity = grouped(readings, ({ entity }) => entity)
  for (const write of writes) {
    if (!write.ours || !isEffective(write)) continue
    const row = rowsOf(write, ledger).reduce<Row | null>(
      (last, one) => (last === null || one.order_number > last.order_number ? one : last),
      null,
    )
    if (row === null) continue
    const edit = writes.findLast(
      (one) =>
        !one.ours && isEffective(one) && one.request < write.request && one.entity === write.entity && one.field === write.field,
    )
    if (edit === undefined || edit.at < row.intended_at || write.at - edit.at < BETWEEN) continue
    const wasRead = (byEntity.get(write.entity) ?? []).some(
      ({ request }: Reading) => request > edit.request && request < write.request,
    )
    if (wasRead) found.push({ kind: 'a change that overwrote an edit in Ads Manager', rows: [edit, write, row] })
  }
  return found
}

/** The ledger's outcome agrees with the sandbox. */
function outcomes({ writes, ledger, requests }: Evidence): Violation[] {
  const found: Violation[] = []
  for (const row of ledger) {
    const its = writes.filter((write) => write.ours && sameField(row, write) && write.after === row.target)
    const mine = its.filter(({ at }) => at >= row.intended_at)
    const others = ledger.filter(
      (one) => one !== row && sameOf(one, row) && ['confirmed', 'unknown', 'superseded'].includes(one.outcome),
    )
    const canBeAnothers = (write: Write): boolean =>
      others.some(
        ({ sent_at: sent, settled_at: settled }) => sent !== null && sent <= write.at && (settled ?? Infinity) >= write.at,
      )
    if (row.outcome === 'confirmed' || row.outcome === 'unchanged') {
      // `settled_at` is when Meta was asked; its answer may be slightly newer.
      const values = timeline(writes, row.entity_id, row.field).between(row.intended_at, (row.settled_at ?? Infinity) + BETWEEN)
      if (!values.includes(row.target) && !(values.length === 0 && row.before === row.target)) {
        found.push({ kind: `${row.outcome}, but Meta never had the value`, rows: [row, ...its] })
      }
    } else if (row.outcome === 'refused' || (row.outcome === 'superseded' && row.sent_at === null)) {
      const made = mine.find((write) => !canBeAnothers(write) && write.at <= (row.settled_at ?? Infinity) + BETWEEN)
      if (made !== undefined) found.push({ kind: `${row.outcome}, but it was made`, rows: [row, made] })
    } else if (row.outcome !== 'superseded') {
      found.push({ kind: `never settled: ${row.outcome}`, rows: [row, ...mine] })
    }
  }
  const known = new Set(ledger.map(({ id }) => id))
  for (const request of requests) {
    if (request.refusal === null && !known.has(request.id))
      found.push({ kind: 'a request that was never carried out', rows: [request] })
  }
  return found
}

const sameOf = (one: Row, other: Row): boolean =>
  one.entity_id === other.entity_id && one.field === other.field && one.target === other.target

/** A rule's relative budget change is written only over the value that it was computed from; over another it would be a different change. */
function restsOnWhatWas({ writes, ledger }: Evidence): Violation[] {
  return writes.flatMap((write) => {
    if (!write.ours || !isEffective(write) || !write.field.endsWith('_budget')) return []
    const rows = rowsOf(write, ledger)
    if (rows.length !== 1 || isPersons(rows[0]!) || rows[0]!.before === write.before) return []
    const edit = writes.findLast((one) => one.request < write.request && one.entity === write.entity && one.field === write.field)
    if (edit !== undefined && !edit.ours && write.at - edit.at < BETWEEN) return []
    return [{ kind: 'a rule’s budget written over another value than it was computed from', rows: [write, ...rows] }]
  })
}

/** One idempotency key makes one change, however often it is sent. */
function doubledRequests({ asked, requests }: Evidence): Violation[] {
  return asked.flatMap((change) => {
    const its = requests.filter(({ id }) => id.startsWith(`${change.key}-`))
    if (its.length <= 1 && change.ids.size <= 1) return []
    return [{ kind: 'one request became several changes', rows: [{ ...change, ids: [...change.ids] }, ...its] }]
  })
}

const errorType = ({ error_json: error }: Row): string | null =>
  error === null ? null : (JSON.parse(error) as { type: string }).type

/** In the end, each field has the value of its last change. */
function lastWords({ writes, ledger }: Evidence): Violation[] {
  const found: Violation[] = []
  for (const its of grouped(ledger, (row) => `${row.entity_id} ${row.field}`).values()) {
    const [first] = its
    const line = timeline(writes, first!.entity_id, first!.field)
    const last = its.filter(({ outcome }) => outcome === 'confirmed' || outcome === 'unchanged').at(-1)
    if (last !== undefined && line.last !== null) {
      const laterEdit = line.last.ours ? null : line.last
      if (line.last.after !== last.target && laterEdit === null) {
        found.push({ kind: 'the field does not have the value of its last change', rows: [last, line.last] })
      }
    }
    const word = its.filter(isPersons).at(-1)
    if (word === undefined || word.outcome === 'confirmed' || word.outcome === 'unchanged') continue
    // Meta limits how often an ad set's budget may change.
    if (word.outcome === 'refused' && errorType(word) === 'rate-limited') continue
    // A person's last change is only left out if somebody edited the field outside, or a later change was sent.
    const edited = writes.some((write) => !write.ours && sameField(word, write) && isEffective(write))
    const later = its.some(({ order_number: order, sent_at: sent }) => order > word.order_number && sent !== null)
    if (!edited && !later) found.push({ kind: 'a person’s last change was not made', rows: [word] })
  }
  return found
}
