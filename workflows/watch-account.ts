/** One tick of an account: reads its data from Meta, evaluates the rules that are due, and starts what they decided. */

import {
  defineSearchAttributeKey,
  SearchAttributeType,
  TypedSearchAttributes,
  WorkflowExecutionAlreadyStartedError,
} from '@temporalio/common'
import { ParentClosePolicy, setCurrentDetails, startChild, workflowInfo } from '@temporalio/workflow'

import type { CallsToMeta, ErrorSummary } from '../activities/base/contract.js'
import type { TickPlan, TickResult } from '../activities/tick/contract.js'
import { SCHEDULES } from '../temporal.config.js'
import { accountEvents } from './account-events.js'
import { actOn, notifyOfSyncError, prepareForecasts } from './act-on-tick.js'
import { afterTick } from './after-tick.js'
import { evaluation } from './base/activity-options.js'
import type { WatchAccountInput, WatchAccountResult } from './base/contracts.js'
import { ownIds } from './base/installation-ids.js'
import { ACCOUNT, setVerdict } from './base/search-attributes.js'
import { syncAccount, syncHistory } from './base/sync-account.js'
import { startMessage } from './message/start-message.js'
import { remindOfAnswer } from './remind-of-answer.js'

const SCHEDULED_START = defineSearchAttributeKey('TemporalScheduledStartTime', SearchAttributeType.DATETIME)

export async function watchAccount({ account, event }: WatchAccountInput): Promise<WatchAccountResult> {
  const at = evaluationTime()
  const of = event === undefined ? {} : { event }
  const plan = await evaluation.planTick.executeWithOptions({ summary: 'Which rules are due' }, [{ account, at, ...of }])
  for (const message of plan.messages ?? []) await startMessage(message)
  if (plan.events === true) await startEvents(account)
  for (const { workflow, approval } of plan.answered ?? []) await remindOfAnswer(workflow, approval)
  if (plan.due.length === 0 && plan.insights.length === 0) {
    setVerdict('quiet')
    setCurrentDetails('No rule was due.')
    return { evaluated: 0, fired: 0, carriedOut: 0, syncError: null }
  }

  const syncError = await syncAccount(account, plan.insights)
  if (syncError !== null) await notifyOfSyncError(account, syncError)

  const { calls: read, ...evaluated } =
    plan.due.length === 0 ? quiet(syncError) : await evaluate({ account, at, plan, syncError, of })
  let calls = read
  if (syncError === null) {
    await syncHistory(plan.history)
    if (event === undefined) calls = (await afterTick(account)) ?? read
  }
  return { ...evaluated, syncError: syncError?.message ?? null, ...(calls === undefined ? {} : { calls }) }
}

/** Starts the workflow that evaluates the waiting events. If it is already running, it will find them itself. */
async function startEvents(account: string): Promise<void> {
  try {
    await startChild(accountEvents, {
      args: [{ account }],
      workflowId: ownIds().events(account),
      parentClosePolicy: ParentClosePolicy.ABANDON,
      staticSummary: `Events of ${account}`,
      typedSearchAttributes: new TypedSearchAttributes([{ key: ACCOUNT, value: account }]),
    })
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
  }
}

type Evaluated = Pick<WatchAccountResult, 'evaluated' | 'fired' | 'carriedOut' | 'calls'>

/** The result of a tick that only read the account, because no rule was due. */
function quiet(syncError: ErrorSummary | null): Evaluated {
  setVerdict(syncError === null ? 'quiet' : 'blind')
  setCurrentDetails(`No rule was due.${syncError === null ? '' : ` ${notRead(syncError)}`}`)
  return { evaluated: 0, fired: 0, carriedOut: 0 }
}

async function evaluate({ account, at, plan, syncError, of }: TickToEvaluate): Promise<Evaluated> {
  if (plan.forecasts === true) await prepareForecasts(account, at, plan.due)
  const result = await evaluation.evaluateRules.executeWithOptions({ summary: `Evaluate ${plan.due.join(', ')}` }, [
    { account, at, rules: plan.due, tick: workflowInfo().runId, ...of },
  ])
  setVerdict(result.fired > 0 ? 'fired' : syncError === null ? 'quiet' : 'blind')
  setCurrentDetails(describe(plan.due, result, syncError))
  const { evaluated, fired, calls } = result
  return { evaluated, fired, carriedOut: await actOn(account, result), ...(calls === undefined ? {} : { calls }) }
}

interface TickToEvaluate {
  readonly account: string
  readonly at: number
  readonly plan: TickPlan
  readonly syncError: ErrorSummary | null
  readonly of: Pick<WatchAccountInput, 'event'>
}

/**
 * Returns the time to evaluate at, in epoch milliseconds: the scheduled time, so that a tick that starts a few seconds late still
 * evaluates the intended window. If it is later than `SCHEDULES.latestTick` (the worker was down), it evaluates at the present
 * time, because its actions happen now.
 */
function evaluationTime(): number {
  const now = Date.now()
  const scheduled = workflowInfo().typedSearchAttributes.get(SCHEDULED_START)?.getTime() ?? now
  return now - scheduled > SCHEDULES.latestTick ? now : scheduled
}

function describe(due: readonly string[], result: TickResult, syncError: ErrorSummary | null): string {
  const lines = [
    '| rules due | entities evaluated | fired |',
    '|---|---|---|',
    `| ${due.join(', ')} | ${result.evaluated} | ${result.fired} |`,
  ]
  if (syncError !== null) lines.push('', notRead(syncError))
  if (result.calls !== undefined && result.calls.length > 0) lines.push('', ...callsTable(result.calls))
  for (const firing of result.carryOuts) lines.push('', `- ${firing.summary}`)
  return lines.join('\n')
}

const notRead = ({ message }: ErrorSummary): string => `The data could not be updated: ${message}`

function callsTable(calls: readonly CallsToMeta[]): string[] {
  const total = calls.reduce((sum, one) => sum + one.calls, 0)
  const rows = calls.map(({ kind, calls: made, failed }) => `| ${kind} | ${made} | ${failed} |`)
  return [`${total} calls to Meta:`, '', '| for | calls | failed |', '|---|---|---|', ...rows]
}
