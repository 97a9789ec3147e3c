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
  /** The object or account that the run is about, as JSON; `reportNode` reads it. */
  node: string
  /** The parameters of the query, as JSON. */
  parameters: string
  created_time: number
  polls: number
  completed_time: number | null
}

/**
 * The states that the polls find, one after the other: the first finds the run started, the third and all later ones find it
 * completed. Meta also has `Job Not Started` and `Job Skipped`, which the sandbox does not use. The 60% are an arbitrary number below 100.
 */
const STATES = [
  { async_status: 'Job Started', async_percent_completion: 0 },
  { async_status: 'Job Running', async_percent_completion: 60 },
  { async_status: 'Job Completed', async_percent_completion: 100 },
] as const

/** Ids follow the one in Meta's documentation, 6023920149050, at an arbitrary distance. */
const FIRST_ID = 6_023_920_149_050
const ID_DISTANCE = 7

/**
 * Starts a run about an object or account.
 *
 * @throws GraphError for parameters that a synchronous query would refuse too
 */
export function startReport(call: Call, nodeId: string, level: Level): { report_run_id: string } {
  const parameters = queryParameters(call.parameters)
  // Called for its errors only: the rows are read when they are fetched.
  readQuery(parameters, level, call.world.calendar.dayAt(call.now))
  const { database } = call.world
  const { count } = database.prepare('select count(*) as count from report_runs').get() as { count: number }
  const id = String(FIRST_ID + ID_DISTANCE * (count + 1))
  database
    .prepare('insert into report_runs (id, node, parameters, created_time) values (?, ?, ?, ?)')
    .run(id, JSON.stringify({ id: nodeId, level }), JSON.stringify(parameters), call.now)
  const failure = call.reportFailure
  if (failure !== null) {
    database.prepare('insert into report_failures (id, code, subcode) values (?, ?, ?)').run(id, failure.code, failure.subcode)
  }
  return { report_run_id: id }
}

export const findReport = (database: StateDatabase, id: string): ReportRun | undefined =>
  database.prepare('select * from report_runs where id = ?').get(id) as ReportRun | undefined

/** Returns the id and level of the object or account that a run is about. */
export const reportNode = (run: ReportRun): { id: string; level: Level } => JSON.parse(run.node) as { id: string; level: Level }

/** Returns the run's state, and moves it on: each poll finds the next one. */
export function reportStatus(call: Call, run: ReportRun): Record<string, unknown> {
  const asked = parseFields(call.parameters.fields).map(({ name }) => name)
  // Called for its error only, if there is no such field.
  for (const name of asked) withoutValue('AdReportRun', name)
  const polls = Math.min(run.polls + 1, STATES.length)
  const failure = polls === STATES.length ? failureOf(call.world.database, run.id) : null
  const state = failure ?? STATES[polls - 1]!
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

/** Returns the state of a run that a fault made fail; null for others. Since v25.0 it contains the reason, in the fields of an error. */
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

/**
 * Returns a page of the rows, as they were when the run completed.
 *
 * @throws GraphError 100 for a run that has not completed; also for a failed one: Meta's answer to that is not known
 */
export function reportRows(call: Call, run: ReportRun): InsightsAnswer {
  if (run.completed_time === null) throw invalidParameter('The report run has not completed yet; look at its async_status first')
  const node = reportNode(run)
  const today = call.world.calendar.dayAt(run.created_time)
  const query = readQuery(JSON.parse(run.parameters) as Parameters, node.level, today)
  const { rows, summary } = insightsRows(call.world, node.id, query, run.completed_time, call.insightsFaults)
  call.rows += rows.length
  return insightsPage(call, `${call.base}/${run.id}/insights`, call.parameters, rows, summary)
}

/** Parameters that only concern one call: credentials, paging, and the id in the path. */
const CALL_PARAMETERS = ['access_token', 'appsecret_proof', 'limit', 'after', 'before', 'id']

/** Returns the parameters that define the report. */
function queryParameters(parameters: Parameters): Parameters {
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => !CALL_PARAMETERS.includes(name)))
}
