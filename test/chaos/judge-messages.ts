/** Checks the messages: none is lost, none is repeated without saying so, and the store has what the phone shows. */

import type { Evidence } from './evidence.js'
import type { Violation } from './violation.js'

/** A template has a prefix before the text of the message. */
const REPEAT = /^(?:(?:Reklam bildirimi|Ads notice): )?(?:Tekrar olabilir:|May be a repeat:)/

export function judgeMessages(evidence: Evidence): Violation[] {
  return [
    ...phoneAndStore(evidence),
    ...unknownOnPhone(evidence),
    ...eventsWithoutDecision(evidence),
    ...silentDecisions(evidence),
  ]
}

function phoneAndStore({ messages, sends, phone }: Evidence): Violation[] {
  const found: Violation[] = []
  for (const message of messages) {
    const arrived = phone.filter(({ reference }) => reference === message.id)
    const its = sends.filter(({ message: id }) => id === message.id)
    const rows = [message, ...its, ...arrived]
    if (message.status === 'withdrawn') {
      if (arrived.length > 0) found.push({ kind: 'a message that was sent although it was withdrawn', rows })
      continue
    }
    if (!['accepted', 'sent', 'delivered', 'read'].includes(message.status)) {
      found.push({ kind: `a message that ended ${message.status}`, rows })
    }
    if (arrived.length === 0) found.push({ kind: 'a message that was lost', rows })
    if (arrived.length > 2) found.push({ kind: 'a message sent more than twice', rows })
    if (arrived.slice(1).some(({ text }) => !REPEAT.test(text))) found.push({ kind: 'a repeat that does not say so', rows })
    if (its.length < arrived.length) found.push({ kind: 'a send that is not in the store', rows })
    const open = its.filter(({ outcome }) => outcome === 'unknown').length
    const unclaimed = arrived.filter(({ id }) => !its.some(({ wamid }) => wamid === id)).length
    if (unclaimed > open) found.push({ kind: 'a send with another id than in the store', rows })
  }
  return found
}

function unknownOnPhone({ messages, phone }: Evidence): Violation[] {
  const known = new Set(messages.map(({ id }) => id))
  return phone
    .filter(({ reference }) => reference === null || !known.has(reference))
    .map((one) => ({ kind: 'a message on the phone that is not in the store', rows: [one] }))
}

/** Every accepted event was carried out, or its decision says what held it back. */
function eventsWithoutDecision({ events, decisions }: Evidence): Violation[] {
  const found: Violation[] = []
  for (const event of events) {
    const its = decisions.filter(({ event: id }) => id === `${event.hook}/${event.id}`)
    const fired = its.filter(({ outcome }) => outcome === 'fire')
    if (event.taken && its.length === 0) found.push({ kind: 'an accepted event without a decision', rows: [event] })
    if (fired.length > 1) found.push({ kind: 'an event that fired twice', rows: [event, ...fired] })
    if (!event.taken) found.push({ kind: 'an event that was never accepted', rows: [event] })
  }
  return found
}

/** Every firing has ended; if it is done, its message exists, because all of the rules end with one. */
function silentDecisions({ decisions, messages }: Evidence): Violation[] {
  return decisions.flatMap((decision) => {
    if (decision.outcome !== 'fire') return []
    if (['planned', 'running', 'waiting'].includes(decision.progress))
      return [{ kind: 'a carry-out that never ended', rows: [decision] }]
    const isReported = messages.some(({ decision: id, of_rule: ofRule }) => id === decision.id && ofRule === 1)
    return decision.progress === 'done' && !isReported ? [{ kind: 'a firing without a message', rows: [decision] }] : []
  })
}
