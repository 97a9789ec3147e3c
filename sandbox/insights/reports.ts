/** Asynchronous insights: a run is started, polled until it is complete, and read in pages. */

import { withoutValue } from '../protocol/documented.js'
import { invalidParameter } from '../protocol/errors.js'
import { parseFields } from '../protocol/fields.js'
import { type Parameters } from '../protocol/parameters.js'
import type { Call } from '../request/call.js'
import type { StateDatabase } from '../state/database.js'
import { type InsightsAnswer, insightsPage } from './edge.js'
import { type Level, readQuery } from './query.js'
import { insightsRows } from './rows.js'

interface ReportRun {
  id: string
  node: string
  parameters: string
  created_time: number
  polls: number
  completed_time: number | null
}

/** With each poll a run moves on to the next state. */
const STATES = [
  { async_status: 'Job Not Started', async_percent_completion: 0 },
  { async_status: 'Job Started', async_percent_completion: 0 },
  { async_status: 'Job Running', async_percent_completion: 60 },
  { async_status: 'Job Completed', async_percent_completion: 100 },
] as const

const FIRST_ID = 6_023_920_149_050

export function startReport(call: Call, nodeId: string, node: Level): { report_run_id: string } {
  const parameters = withoutSecrets(call.parameters)
  readQuery(parameters, node, call.world.calendar.dayAt(call.now))
  const { database } = call.world
  const { count } = database.prepare('select count(*) as count from report_runs').get() as { count: number }
  const id = String(FIRST_ID + 7 * (count + 1))
  database
    .prepare('insert into report_runs (id, node, parameters, created_time) values (?, ?, ?, ?)')
    .run(id, JSON.stringify({ id: nodeId, level: node }), JSON.stringify(parameters), call.now)
  const failure = call.reportFailure
  if (failure !== null) {
    database.prepare('insert into report_failures (id, code, subcode) values (?, ?, ?)').run(id, failure.code, failure.subcode)
  }
  return { report_run_id: id }
}

export const findReport = (database: StateDatabase, id: string): ReportRun | undefined =>
  database.prepare('select * from report_runs where id = ?').get(id) as ReportRun | undefined

/** Returns the object or account of a run. */
export const reportNode = (run: ReportRun): { id: string; level: Level } => JSON.parse(run.node) as { id: string; level: Level }

export function reportStatus(call: Call, run: ReportRun): Record<string, unknown> {
  const asked = parseFields(call.parameters.fields).map(({ name }) => name)
  for (const name of asked) withoutValue('AdReportRun', name)
  const polls = Math.min(run.polls + 1, STATES.length - 1)
  const failure = polls === STATES.length - 1 ? failureOf(call.world.database, run.id) : null
  const state = failure ?? STATES[polls] ?? STATES[3]
  const completed = run.completed_time ?? (state.async_percent_completion === 100 ? call.now : null)
  call.world.database.prepare('update report_runs set polls = ?, completed_time = ? where id = ?').run(polls, completed, run.id)
  const seconds = (instant: number): number => Math.floor(instant / 1000)
  const all: Record<string, unknown> = {
    id: run.id,
    account_id: call.world.account.id,
    time_ref: seconds(run.created_time),
    ...(completed === null ? {} : { time_completed: seconds(completed) }),
    ...state,
    date_start: call.world.calendar.instantText(run.created_time).slice(0, 10),
    date_stop: call.world.calendar.instantText(run.created_time).slice(0, 10),
  }
  if (asked.length === 0) return all
  return Object.fromEntries(['id', ...asked].filter((name) => all[name] !== undefined).map((name) => [name, all[name]]))
}

/** Since v25.0 a failed run contains the reason, in the fields of an error. */
function failureOf(database: StateDatabase, id: string) {
  const row = database.prepare('select code, subcode from report_failures where id = ?').get(id) as
    { code: number; subcode: number } | undefined
  if (row === undefined) return null
  return {
    async_status: 'Job Failed',
    async_percent_completion: 60,
    error_code: row.code,
    error_subcode: row.subcode,
    error_message: row.code === -3 ? 'The report is too large' : 'An error occurred while the report was prepared',
    error_user_title: 'The report could not be prepared',
    error_user_msg: row.code === -3 ? 'Ask for fewer rows or fields.' : 'Please try again later.',
  }
}

/** The rows as they were when the run completed. */
export function reportRows(call: Call, run: ReportRun): InsightsAnswer {
  if (run.completed_time === null) throw invalidParameter('The report run has not completed yet; look at its async_status first')
  const node = reportNode(run)
  const today = call.world.calendar.dayAt(run.created_time)
  const query = readQuery(JSON.parse(run.parameters) as Parameters, node.level, today)
  const { rows, summary } = insightsRows(call.world, node.id, query, run.completed_time, call.insightsFaults)
  call.rows += rows.length
  return insightsPage(call, `${call.base}/${run.id}/insights`, call.parameters, rows, summary)
}

const OF_THE_CALL = ['access_token', 'appsecret_proof', 'limit', 'after', 'before', 'id']

/** Returns the parameters of the query, without those that only concern the call. */
function withoutSecrets(parameters: Parameters): Parameters {
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => !OF_THE_CALL.includes(name)))
}
