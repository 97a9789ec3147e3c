/** Checks that no rule starts anything between a stop and the resume, and that every stop word takes effect. */

import type { Evidence } from './evidence.js'
import type { Violation } from './violation.js'

type Stop = Evidence['stops'][number]

/** Milliseconds that may pass on a busy machine between the check for a stop and the start of an action. */
const AT_ONCE = 250

export function judgeStops(evidence: Evidence): Violation[] {
  const { ledger, messages, sends, writes, decisions } = evidence
  const found: Violation[] = []
  for (const row of ledger) {
    if (row.decision === null) continue
    const over = stopsOf(evidence, row.account).find((stop) => isWithin(row.intended_at, stop, 0))
    if (over !== undefined) found.push({ kind: 'a rule’s change intended after a stop', rows: [over, row] })
    const asked = stopsOf(evidence, row.account).find(
      (stop) => stop.since >= row.intended_at && row.sent_at !== null && row.sent_at > stop.since + AT_ONCE,
    )
    if (asked !== undefined) {
      const write = writes.find(({ ours, entity, field, after, at }) => {
        return ours && entity === row.entity_id && field === row.field && after === row.target && at >= asked.since
      })
      found.push({
        kind: 'a rule’s change sent for the first time after a stop',
        rows: [asked, row, ...(write === undefined ? [] : [write]), ...decisions.filter(({ id }) => id === row.decision)],
      })
    }
  }
  for (const send of sends) {
    const message = messages.find(({ id }) => id === send.message)
    if (message?.of_rule !== 1) continue
    const over = stopsOf(evidence, message.account).find(
      (stop) => isWithin(send.at, stop, 0) || (message.created_at <= stop.since && send.at > stop.since),
    )
    if (over !== undefined) found.push({ kind: 'a rule’s message sent after a stop', rows: [over, message, send] })
  }
  return [...found, ...unheard(evidence)]
}

const stopsOf = ({ stops }: Evidence, account: string): Stop[] =>
  stops.filter((stop) => stop.account === account || stop.account === '*')

const isWithin = (at: number, { since, resumed_at: resumed }: Stop, room: number): boolean =>
  at > since + room && at < (resumed ?? Infinity)

/** Every stop word takes effect, except one that is received only after a later resume. */
function unheard({ words, stops }: Evidence): Violation[] {
  return words.flatMap((word) => {
    if (word.kind !== 'stop') return []
    const resume = words.find(({ kind, account, at }) => kind === 'resume' && account === word.account && at > word.at)
    const heard = stops.some(({ account, since, resumed_at: resumed }) => {
      return account === word.account && (since >= word.at - 1_000 || (since < word.at && (resumed ?? Infinity) > word.at))
    })
    const next = resume?.answeredAt ?? null
    return heard || next !== null ? [] : [{ kind: 'a stop word without effect', rows: [word] }]
  })
}
