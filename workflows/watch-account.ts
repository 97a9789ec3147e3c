/** One tick of an account: bring its data up to date, evaluate the rules that are due, and start what they decided. */

import {
  defineSearchAttributeKey,
  SearchAttributeType,
  TypedSearchAttributes,
  WorkflowExecutionAlreadyStartedError,
} from '@temporalio/common'
import {
  ActivityFailure,
  isCancellation,
  ParentClosePolicy,
  setCurrentDetails,
  startChild,
  workflowInfo,
} from '@temporalio/workflow'

import type { ErrorSummary, Firing, TickResult } from '../activities/contracts.js'
import { SCHEDULES, workflowIds } from '../temporal.config.js'
import { evaluation, eventEvaluation, forecasting, main } from './activity-options.js'
import { carryOut } from './carry-out.js'
import type { WatchAccountInput, WatchAccountResult } from './contracts.js'
import { endCarryOuts } from './end-carry-outs.js'
import { summarise } from './failure.js'
import { lookAround } from './look-around.js'
import { ACCOUNT, RULE, setVerdict } from './search-attributes.js'
import { startMessage } from './start-message.js'
import { syncAccount, syncHistory } from './sync-account.js'

const SCHEDULED_START = defineSearchAttributeKey('TemporalScheduledStartTime', SearchAttributeType.DATETIME)

export async function watchAccount(input: WatchAccountInput): Promise<WatchAccountResult> {
  try {
    return await tick(input)
  } catch (error) {
    if (input.event !== undefined && error instanceof ActivityFailure) await tellOfEvent(input.account, input.event, error)
    throw error
  }
}

async function tick({ account, event }: WatchAccountInput): Promise<WatchAccountResult> {
  const at = momentToJudge()
  const of = event === undefined ? {} : { event }
  const evaluating = event === undefined ? evaluation : eventEvaluation
  const plan = await evaluating.planTick.executeWithOptions({ summary: 'Which rules are due' }, [{ account, at, ...of }])
  for (const message of plan.messages ?? []) await startMessage(message)
  if (plan.due.length === 0) {
    setVerdict('quiet')
    setCurrentDetails('No rule was due.')
    return { evaluated: 0, fired: 0, carriedOut: 0, syncError: null }
  }

  const syncError = await syncAccount(account, plan.insights)
  if (syncError !== null) await tellOfSyncError(account, syncError)

  if (plan.forecasts === true) await prepareForecasts(account, at, plan.due)
  const result = await evaluating.evaluateRules.executeWithOptions({ summary: `Evaluate ${plan.due.join(', ')}` }, [
    { account, at, rules: plan.due, tick: workflowInfo().runId, ...of },
  ])
  setVerdict(result.fired > 0 ? 'fired' : syncError === null ? 'quiet' : 'blind')
  setCurrentDetails(describe(plan.due, result, syncError?.message ?? null))

  let carriedOut = 0
  for (const firing of result.carryOuts) if (await startCarryOut(account, firing)) carriedOut += 1
  for (const message of result.messages) await startMessage(message)
  if (result.ends !== undefined) await endCarryOuts(result.ends)
  if (syncError === null) {
    await syncHistory(plan.history)
    if (event === undefined) await lookAround(account)
  }
  return { evaluated: result.evaluated, fired: result.fired, carriedOut, syncError: syncError?.message ?? null }
}

/** Rules are judged without those that could not be worked out: what rests on them is unknown then. */
async function prepareForecasts(account: string, at: number, rules: readonly string[]): Promise<void> {
  try {
    await forecasting.prepareForecasts.executeWithOptions({ summary: 'Forecasts that the rules ask for' }, [
      { account, at, rules },
    ])
  } catch (failure) {
    summarise(failure)
  }
}

/**
 * The schedule's own time, so that a tick which starts some seconds late still judges the window that was meant. One that
 * starts later than a missed check is worth (the worker was away) judges now: its actions happen now.
 */
function momentToJudge(): number {
  const now = Date.now()
  const scheduled = workflowInfo().typedSearchAttributes.get(SCHEDULED_START)?.getTime() ?? now
  return now - scheduled > SCHEDULES.latestTick ? now : scheduled
}

/** @returns whether it was started; where an earlier one still runs, the decision says so instead. */
async function startCarryOut(account: string, firing: Firing): Promise<boolean> {
  try {
    await startChild(carryOut, {
      args: [{ account, decision: firing.decision, rule: firing.rule, entity: firing.entity }],
      workflowId: workflowIds.carryOut(account, firing.rule, firing.entityKey),
      parentClosePolicy: ParentClosePolicy.ABANDON,
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      staticSummary: firing.summary,
      typedSearchAttributes: new TypedSearchAttributes([
        { key: ACCOUNT, value: account },
        { key: RULE, value: firing.rule },
      ]),
    })
    return true
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
    const note = 'An earlier carrying out of this rule for this entity still runs.'
    await main.recordProgress.executeWithOptions({ summary: `${firing.rule} · ${firing.entity}: still runs` }, [
      { decision: firing.decision, progress: 'refused', note, beside: true },
    ])
    return false
  }
}

async function tellOfSyncError(account: string, error: ErrorSummary): Promise<void> {
  try {
    const notice = await main.composeSyncNotice.executeWithOptions({ summary: 'Tell the owner once' }, [{ account, error }])
    if (notice.send !== null) await startMessage(notice.send)
  } catch (failure) {
    // The evaluation must not wait for a word to the owner; the error itself stands in the result.
    summarise(failure)
  }
}

/** Nobody sends it again: whoever owns the account must know. */
async function tellOfEvent(account: string, event: string, failure: ActivityFailure): Promise<void> {
  if (isCancellation(failure)) return
  try {
    const told = { account, event, error: summarise(failure) }
    const notice = await main.composeEventNotice.executeWithOptions({ summary: 'Tell the owner' }, [told])
    if (notice.send !== null) await startMessage(notice.send)
  } catch (error) {
    // The tick's own failure says more than that nobody could be told.
    summarise(error)
  }
}

function describe(due: readonly string[], result: TickResult, syncError: string | null): string {
  const lines = [
    '| rules due | entities evaluated | fired |',
    '|---|---|---|',
    `| ${due.join(', ')} | ${result.evaluated} | ${result.fired} |`,
  ]
  if (syncError !== null) lines.push('', `The data could not be brought up to date: ${syncError}`)
  for (const firing of result.carryOuts) lines.push('', `- ${firing.summary}`)
  return lines.join('\n')
}
