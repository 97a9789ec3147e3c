/**
 * Evaluates an account's rules for events from outside. Each account has one such workflow, however many events arrive, so that
 * the events share one reading of the account. The events are in the store; a signal only says that there are some.
 */

import {
  ActivityFailure,
  condition,
  continueAsNew,
  isCancellation,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow'

import type { EventPlan } from '../activities/tick/contract.js'
import { actOn, notifyOfSyncError, prepareForecasts } from './act-on-tick.js'
import { evaluation, eventEvaluation, main } from './base/activity-options.js'
import { type AccountEventsInput, type AccountEventsResult, eventsCame } from './base/contracts.js'
import { summarise } from './base/failure.js'
import { syncAccount } from './base/sync-account.js'
import { startMessage } from './message/start-message.js'

export async function accountEvents({ account }: AccountEventsInput): Promise<AccountEventsResult> {
  const counts = { events: 0, evaluated: 0, fired: 0, carriedOut: 0, lost: 0 }
  /** Events whose evaluation failed and is retried for half a day, while newer events are evaluated. */
  const retried = new Set<string>()
  let came = true
  setHandler(eventsCame, () => void (came = true))

  const evaluate = async (
    { event, rules }: EventPlan['events'][number],
    { evaluateRules }: Pick<typeof evaluation, 'evaluateRules'>,
  ): Promise<void> => {
    // The tick is named after the event, so that a retry, in this run or a later one, finds what the first try recorded.
    const input = { account, at: Date.now(), rules, tick: `event:${account}:${event}`, event }
    const result = await evaluateRules.executeWithOptions({ summary: `Evaluate ${rules.join(', ')} for ${event}` }, [input])
    counts.events += 1
    counts.evaluated += result.evaluated
    counts.fired += result.fired
    counts.carriedOut += await actOn(account, result)
  }
  const evaluateWithRetries = async (one: EventPlan['events'][number]): Promise<void> => {
    retried.add(one.event)
    try {
      await evaluate(one, eventEvaluation)
    } catch (error) {
      if (!(error instanceof ActivityFailure) || isCancellation(error)) throw error
      counts.lost += 1
      await notifyOfLostEvent(account, one.event, error)
    } finally {
      retried.delete(one.event)
    }
  }

  const later: Promise<void>[] = []
  while (came) {
    came = false
    const plan = await eventEvaluation.planEvents.executeWithOptions({ summary: 'Which events are waiting' }, [
      { account, without: [...retried] },
    ])
    if (plan.events.length > 0) {
      // One plan holds a limited number of events: there may be more.
      came = true
      const syncError = await syncAccount(account, plan.insights)
      if (syncError !== null) await notifyOfSyncError(account, syncError)
      if (plan.forecasts) await prepareForecasts(account, Date.now(), plan.rules)
      for (const one of plan.events) {
        try {
          await evaluate(one, evaluation)
        } catch (error) {
          if (!(error instanceof ActivityFailure) || isCancellation(error)) throw error
          later.push(evaluateWithRetries(one))
        }
      }
    }
    setCurrentDetails(`${counts.events} events evaluated, ${retried.size} being retried, ${counts.lost} given up`)
    // The waiting events are in the store: a new run evaluates them and retries those that failed.
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof accountEvents>({ account })
    if (!came && retried.size > 0) await condition(() => came || retried.size === 0)
  }
  await Promise.all(later)
  return counts
}

/** Notifies the owner of an event that could not be evaluated: its sender will not send it again. */
async function notifyOfLostEvent(account: string, event: string, failure: ActivityFailure): Promise<void> {
  const lost = { account, event, error: summarise(failure) }
  const notice = await main.composeEventNotice.executeWithOptions({ summary: 'Notify the owner' }, [lost])
  if (notice.send !== null) await startMessage(notice.send)
}
