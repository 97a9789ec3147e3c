/**
 * Evaluates an account's rules for events from outside: one workflow an account, however many events come, so that they share
 * readings of the account. What is to be evaluated is in the store; a signal only says that there is something.
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
import { actOn, prepareForecasts, tellOfSyncError } from './act-on-tick.js'
import { evaluation, eventEvaluation, main } from './base/activity-options.js'
import { type AccountEventsInput, type AccountEventsResult, eventsCame } from './base/contracts.js'
import { summarise } from './base/failure.js'
import { syncAccount } from './base/sync-account.js'
import { startMessage } from './message/start-message.js'

export async function accountEvents({ account }: AccountEventsInput): Promise<AccountEventsResult> {
  const counts = { events: 0, evaluated: 0, fired: 0, carriedOut: 0, lost: 0 }
  /** Events whose evaluation failed and is tried again for half a day, beside those that come meanwhile. */
  const retried = new Set<string>()
  let came = true
  setHandler(eventsCame, () => void (came = true))

  const evaluate = async (
    { event, rules }: EventPlan['events'][number],
    { evaluateRules }: Pick<typeof evaluation, 'evaluateRules'>,
  ): Promise<void> => {
    // Named by the event: a second try, in this run or in another, finds what the first recorded.
    const input = { account, at: Date.now(), rules, tick: `event:${account}:${event}`, event }
    const result = await evaluateRules.executeWithOptions({ summary: `Evaluate ${rules.join(', ')} for ${event}` }, [input])
    counts.events += 1
    counts.evaluated += result.evaluated
    counts.fired += result.fired
    counts.carriedOut += await actOn(account, result)
  }
  const evaluateForLong = async (one: EventPlan['events'][number]): Promise<void> => {
    retried.add(one.event)
    try {
      await evaluate(one, eventEvaluation)
    } catch (error) {
      if (!(error instanceof ActivityFailure) || isCancellation(error)) throw error
      counts.lost += 1
      await tellOfEvent(account, one.event, error)
    } finally {
      retried.delete(one.event)
    }
  }

  const later: Promise<void>[] = []
  while (came) {
    came = false
    const plan = await eventEvaluation.planEvents.executeWithOptions({ summary: 'Which events wait' }, [
      { account, without: [...retried] },
    ])
    if (plan.events.length > 0) {
      // There may be more than one reading takes.
      came = true
      const syncError = await syncAccount(account, plan.insights)
      if (syncError !== null) await tellOfSyncError(account, syncError)
      if (plan.forecasts) await prepareForecasts(account, Date.now(), plan.rules)
      for (const one of plan.events) {
        try {
          await evaluate(one, evaluation)
        } catch (error) {
          if (!(error instanceof ActivityFailure) || isCancellation(error)) throw error
          later.push(evaluateForLong(one))
        }
      }
    }
    setCurrentDetails(`${counts.events} events evaluated, ${retried.size} tried again, ${counts.lost} given up`)
    // What waits is in the store: a new run takes it up, and tries anew what failed.
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof accountEvents>({ account })
    if (!came && retried.size > 0) await condition(() => came || retried.size === 0)
  }
  await Promise.all(later)
  return counts
}

/** Nobody sends it again: whoever owns the account must know. */
async function tellOfEvent(account: string, event: string, failure: ActivityFailure): Promise<void> {
  const told = { account, event, error: summarise(failure) }
  const notice = await main.composeEventNotice.executeWithOptions({ summary: 'Notify the owner' }, [told])
  if (notice.send !== null) await startMessage(notice.send)
}
