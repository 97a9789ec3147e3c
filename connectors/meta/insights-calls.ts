/** Requests insights, either directly or as a report that Meta prepares asynchronously. */

import { AnswerMismatch, AnswerObject, wholeAnswer } from '../answer.js'
import type { MetaError } from '../connector-error.js'
import type { Shrinks } from '../graph.js'
import type { Json } from '../json.js'
import type { CallOptions } from '../options.js'
import { windowsToAdd } from './attribution.js'
import type { ListOptions, MetaClient } from './client.js'
import { meaningOfMetaError } from './error-table.js'
import { ofEveryStatus } from './every-status.js'
import { HOURLY_BREAKDOWN, insightsFields, reachFields, readInsightsRow, readReachRow } from './insights-row.js'
import type { InsightsRequest, InsightsRow, ReachRequest, ReachRow, ReportStatus } from './insights.js'
import type { MetaCall, MetaGraph } from './meta-graph.js'
import { checkAccountId, checkObjectId, pagesOf } from './structure.js'

const PAGE = 500
/** Meta computes insights during the request, so the answer takes longer to begin. */
const HEADERS_TIMEOUT = 60_000

type InsightsCalls = Pick<
  MetaClient,
  'readInsights' | 'startInsightsReport' | 'readReportStatus' | 'readReportRows' | 'pollReport' | 'pollReachReport' | 'readReach'
>

export function createInsightsCalls(graph: MetaGraph): InsightsCalls {
  const ask = (
    what: string,
    method: 'GET' | 'POST',
    path: string,
    parameters: Readonly<Record<string, string>>,
    { signal }: CallOptions,
  ): MetaCall => ({
    what,
    method,
    path,
    parameters,
    changes: false,
    lane: 'insights',
    signal,
    headersTimeout: HEADERS_TIMEOUT,
  })

  const insightsOf = (method: 'GET' | 'POST', request: InsightsRequest | ReachRequest, options: ListOptions): MetaCall => {
    const { accountId, level, since, until } = request
    const subject = `the ${level} ${'increment' in request ? 'insights' : 'reach'} of ${accountId} from ${since} to ${until}`
    const what = method === 'GET' ? `read ${subject}${pagesOf(options)}` : `start a report of ${subject}`
    const parameters = {
      level,
      time_range: JSON.stringify({ since, until }),
      ...('increment' in request
        ? dailyParameters(request)
        : { fields: reachFields(level).join(','), time_increment: 'all_days' }),
      ...(method === 'GET' ? { limit: String(options.page ?? PAGE) } : {}),
    }
    // A report has no pages while Meta prepares it, but it can be requested for fewer days.
    const canShrink: Shrinks | undefined = method === 'POST' ? 'days' : options.page === undefined ? undefined : 'page'
    const call = { ...ask(what, method, `${accountId}/insights`, parameters, options), canShrink }
    checkAccountId(graph, call, accountId)
    if (!isDay(since) || !isDay(until) || since > until) {
      throw graph.refuse(call, 'malformed-days', 'the days must be ISO dates, the first not after the last')
    }
    if ('attribution' in request && windowsToAdd(request.attribution) === null) {
      const why = 'attribution windows are days and click, view or ev, such as 7d_click'
      throw graph.refuse(call, 'malformed-attribution', why)
    }
    return call
  }

  const startInsightsReport: InsightsCalls['startInsightsReport'] = async (request, options = {}) =>
    await graph.call(insightsOf('POST', request, options), readReportRunId)

  const readReportStatus: InsightsCalls['readReportStatus'] = async (reportRunId, options = {}) => {
    const call = ask(`read the state of report ${reportRunId}`, 'GET', reportRunId, { fields: STATUS_FIELDS }, options)
    checkObjectId(graph, call, reportRunId)
    return await graph.call(call, readStatus)
  }

  const rowsOfReport = async <T>(id: string, convert: (row: AnswerObject) => T, options: ListOptions): Promise<T[]> => {
    const { page } = options
    const what = `read the rows of report ${id}${pagesOf(options)}`
    const call = ask(what, 'GET', `${id}/insights`, { limit: String(page ?? PAGE) }, options)
    checkObjectId(graph, call, id)
    return await graph.pages({ ...call, canShrink: page === undefined ? undefined : 'page' }, convert, options.onPage)
  }

  const readReportRows: InsightsCalls['readReportRows'] = async (reportRunId, request, options = {}) =>
    onceEach(await rowsOfReport(reportRunId, (row) => readInsightsRow(request, row), options))

  const expectCompleted = async (reportRunId: string, options: CallOptions): Promise<void> => {
    const status = await readReportStatus(reportRunId, options)
    if (status.state !== 'completed') throw unfinished(graph, reportRunId, status)
  }

  return {
    startInsightsReport,
    readReportStatus,
    readReportRows,
    async readInsights(request, options = {}) {
      const call = insightsOf('GET', request, options)
      return onceEach(await graph.pages(call, (row) => readInsightsRow(request, row), options.onPage))
    },
    async pollReport(reportRunId, request, options = {}) {
      await expectCompleted(reportRunId, options)
      return await readReportRows(reportRunId, request, options)
    },
    async pollReachReport(reportRunId, request, options = {}) {
      await expectCompleted(reportRunId, options)
      return await rowsOfReport(reportRunId, (row) => readWholeWindow(request, row), options)
    },
    async readReach(request, options = {}) {
      const call = insightsOf('GET', request, options)
      return await graph.pages(call, (row) => readWholeWindow(request, row), options.onPage)
    },
  }
}

function dailyParameters(request: InsightsRequest): Record<string, string> {
  const { increment, attribution } = request
  const windows = windowsToAdd(attribution) ?? []
  return {
    fields: insightsFields(request).join(','),
    time_increment: '1',
    ...ofEveryStatus(request.level),
    ...(increment === 'hour' ? { breakdowns: JSON.stringify([HOURLY_BREAKDOWN]) } : {}),
    ...(windows.length === 0 ? {} : { action_attribution_windows: JSON.stringify(windows) }),
  }
}

function isDay(text: string): boolean {
  const midnight = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  // `Date.parse` reads 31 June as 1 July, so the day must be the same after conversion.
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(text)
}

/** Removes duplicates: rows shift between pages while Meta updates its counts, and the one read last wins. */
const onceEach = (rows: readonly InsightsRow[]): readonly InsightsRow[] => [
  ...new Map(rows.map((row) => [`${row.entity_id} ${row.day} ${row.hour}`, row])).values(),
]

/** Reads a row of reach. The reach of any other window than the requested one would be wrong. */
function readWholeWindow(request: ReachRequest, answer: AnswerObject): ReachRow {
  const row = readReachRow(request.level, answer)
  if (row.since !== request.since || row.until !== request.until) {
    throw new AnswerMismatch(answer.at('date_start'), `${request.since} to ${request.until}`, `${row.since} to ${row.until}`)
  }
  return row
}

/** Reads `{"report_run_id":"…"}`, or the plain number of older documentation. */
function readReportRunId(answer: Json): string {
  if (typeof answer === 'object' && answer !== null) return wholeAnswer(answer).id('report_run_id')
  return new AnswerObject({ report_run_id: answer }, '').id('report_run_id')
}

const STATUS_FIELDS = 'id,async_status,async_percent_completion,error_code,error_subcode,error_message'

function readStatus(answer: Json): ReportStatus {
  const report = wholeAnswer(answer)
  const percent = report.integerOrNull('async_percent_completion') ?? 0
  return {
    state: stateOf(report, percent),
    percent,
    errorCode: report.integerOrNull('error_code'),
    errorSubcode: report.integerOrNull('error_subcode'),
    errorMessage: report.textOrNull('error_message'),
  }
}

function stateOf(report: AnswerObject, percent: number): ReportStatus['state'] {
  const status = report.text('async_status')
  switch (status) {
    case 'Job Not Started':
      return 'waiting'
    case 'Job Started':
    case 'Job Running':
      return 'running'
    case 'Job Completed':
      return percent === 100 ? 'completed' : 'running'
    case 'Job Failed':
      return 'failed'
    case 'Job Skipped':
      return 'expired'
    default:
      throw new AnswerMismatch(report.at('async_status'), 'a state of a report', status)
  }
}

function unfinished(graph: MetaGraph, reportRunId: string, status: ReportStatus): MetaError {
  const call: MetaCall = {
    what: `read report ${reportRunId}`,
    method: 'GET',
    path: reportRunId,
    changes: false,
    lane: 'insights',
  }
  if (status.state === 'failed' || status.state === 'expired') {
    const { errorCode, errorSubcode, errorMessage } = status
    const meaning = errorCode === null ? null : meaningOfMetaError(errorCode, errorSubcode, false)
    // Code 1 also means "reduce the amount of data": the same report would fail again, but one for fewer days may succeed.
    const kind = meaning?.kind === 'too-much-data' || errorCode === 1 ? 'too-much-data' : 'report-failed'
    const why =
      status.state === 'expired'
        ? 'it has expired'
        : `Meta could not prepare it${errorMessage === null ? '' : `: ${errorMessage}`}`
    // Polling this report again cannot help: a new one must be started.
    return graph.error(call, kind, `report-${status.state}`, why, { code: errorCode, subcode: errorSubcode })
  }
  const why = `Meta is still preparing it (${status.percent}%)`
  return graph.error(call, 'not-ready', 'report-not-ready', why, { retryable: true })
}
