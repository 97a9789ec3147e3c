/** One chaos run: starts real processes, runs seeded work and faults, waits for open work, then checks the evidence. */

import { grouped } from '../../cli/base/grouped.js'
import { Project, until } from '../end-to-end/project.js'
import { Clients } from './clients.js'
import { diceOf } from './dice.js'
import { findTargets } from './entities.js'
import { type Evidence, sandboxEvidence, storeEvidence, type StoreEvidence } from './evidence.js'
import { judge } from './judge.js'
import { around } from './nearby-events.js'
import { Record as Log } from './record.js'
import { PROJECT_FILES, RULES_BY_THE_CLOCK } from './scene.js'
import { makeTrouble } from './trouble.js'
import { inWords, type Violation } from './violation.js'
import { Work } from './work.js'

export interface ChaosResult {
  readonly violations: readonly Violation[]
  /** A summary for people: counts and durations. */
  readonly summary: string
  /** The faults that really happened: a run without any proves nothing. */
  readonly seen: { readonly lostAnswers: number; readonly kills: number; readonly stops: number; readonly repeats: number }
  /** Empty if all checks hold; else every violation with seed, times and rows. */
  readonly report: string
}

/** What is still open after this time will never finish. */
const SETTLING = 6 * 60_000

export interface ChaosOptions {
  readonly seed: number
  /** Duration of work and faults, without the waiting afterwards. */
  readonly seconds: number
  /** Whether someone edits in Ads Manager at the same time, within seconds of our change to the same field. */
  readonly outside: boolean
}

export async function runChaos({ seed, seconds, outside }: ChaosOptions): Promise<ChaosResult> {
  const log = new Log()
  const project = await Project.create(PROJECT_FILES)
  try {
    await project.up()
    const targets = await until(
      () => findTargets(project),
      (found) => found.length > 0,
    )
    const end = Date.now() + seconds * 1_000
    log.say(`began with seed ${seed}`)
    const clients = new Clients(project, log, seed)
    await clients.greet()
    await Promise.all([
      new Work(clients, diceOf(seed), targets, outside).until(end),
      makeTrouble(project, diceOf(seed ^ 0x5eed), log, end),
    ])
    log.say('all requests were made')
    project.remove(RULES_BY_THE_CLOCK)
    await settle(project, log)
    const evidence: Evidence = {
      asked: log.changes,
      events: log.events,
      words: log.words,
      ...(await storeEvidence(project)),
      ...(await sandboxEvidence(project)),
    }
    const violations = judge(evidence)
    const summary = summaryOf(evidence, log)
    const report =
      violations.length === 0
        ? ''
        : [
            `seed ${seed}: ${violations.length} faults`,
            ...violations.map((one) => `${inWords(one)}\n${around(one, evidence)}`),
            summary,
          ].join('\n')
    return { violations, summary, seen: seenIn(evidence, log), report }
  } finally {
    await project.dispose()
  }
}

/** Waits until nothing is open; what stays open is reported by the checks. */
async function settle(project: Project, log: Log): Promise<void> {
  const deadline = Date.now() + SETTLING
  let open = ''
  let quiet = 0
  while (Date.now() < deadline) {
    open = stillOpen(await storeEvidence(project), log)
    // Three times, because work that ends may start other work.
    quiet = open === '' ? quiet + 1 : 0
    if (quiet === 3) break
    await new Promise((resolve) => setTimeout(resolve, 1_000))
  }
  log.say(open === '' ? 'settled' : `not settled: ${open}`)
}

function stillOpen({ ledger, requests, decisions, messages }: StoreEvidence, { events }: Log): string {
  const known = new Set(ledger.map(({ id }) => id))
  const counts = {
    changes: ledger.filter(({ outcome }) => outcome === 'intended' || outcome === 'unknown').length,
    requests: requests.filter(({ id, refusal }) => refusal === null && !known.has(id)).length,
    decisions: decisions.filter(({ progress }) => ['planned', 'running', 'waiting'].includes(progress)).length,
    messages: messages.filter(({ status }) => status === 'intended' || status === 'unknown').length,
    events: events.filter(({ id, hook, taken }) => taken && !decisions.some(({ event }) => event === `${hook}/${id}`)).length,
  }
  const named = Object.entries(counts).filter(([, count]) => count > 0)
  return named.map(([name, count]) => `${count} ${name}`).join(', ')
}

const seenIn = ({ writes, stops, sends }: Evidence, { log }: Log): ChaosResult['seen'] => ({
  lostAnswers: writes.filter(({ ours, fault }) => ours && fault !== null && /lost-answer|hangs-after/.test(fault)).length,
  kills: log.filter((line) => / killed /.test(line)).length,
  stops: stops.length,
  repeats: sends.filter(({ is_repeat: isRepeat }) => isRepeat === 1).length,
})

function summaryOf({ asked, events, writes, ledger, messages, phone }: Evidence, { log }: Log): string {
  const outcomes = [...grouped(ledger, ({ outcome }) => outcome)].map(([outcome, rows]) => `${rows.length} ${outcome}`)
  const ours = writes.filter((write) => write.ours)
  return [
    `${asked.length} changes and ${events.length} events requested; ledger: ${outcomes.join(', ')}`,
    `${ours.length} writes of ours (${ours.filter(({ fault }) => fault !== null).length} with a fault), ${writes.length - ours.length} from outside; ${messages.length} messages, ${phone.length} on the phone`,
    ...log,
  ].join('\n')
}
