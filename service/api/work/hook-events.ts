/** Takes an event from outside for the rules that wait for it: stores it, then wakes each account's workflow for events. */

import { TypedSearchAttributes } from '@temporalio/common'

import { rulesOfAccount } from '../../../activities/tick/rules-of-account.js'
import { inTransaction } from '../../../store/base/transaction.js'
import { queueEvent } from '../../../store/incoming/events-to-evaluate.js'
import { findHookEvent, keepHookEvent, markHookEventStarted } from '../../../store/incoming/hook-events.js'
import { loadedRules } from '../../../store/rules/rules.js'
import { type AccountEventsInput, eventsCame, WORKFLOW_TYPES } from '../../../workflows/base/contracts.js'
import { ACCOUNT } from '../../../workflows/base/search-attributes.js'
import type { ApiContext } from '../http/context.js'
import { ProblemError } from '../http/problem.js'

export interface TakenEvent {
  readonly rules: readonly string[]
  readonly accounts: readonly string[]
  /** Whether it was received before, so that nothing was started. */
  readonly duplicate: boolean
}

/**
 * @param id the sender's own id of the event, unique within the hook
 * @throws ProblemError `not-found` if no rule waits for the hook; `temporal-unavailable` if nothing was started, so that the same
 *   event can be sent again
 */
export async function takeHookEvent(context: ApiContext, hook: string, id: string, payload: unknown): Promise<TakenEvent> {
  const { store, settings, now } = context
  const waiting = (await loadedRules(store))
    .map(({ rule }) => rule)
    .filter(({ cadence }) => cadence.kind === 'hook' && cadence.name === hook)
  const accounts = settings()
    .accounts.map(({ name }) => name)
    .filter((name) => rulesOfAccount(waiting, settings(), name).length > 0)
  if (accounts.length === 0) throw new ProblemError('not-found', `No loaded rule has \`on: ${hook}\`.`)

  const event = `${hook}/${id}`
  const rules = waiting.map((rule) => rule.id).sort()
  const before = await findHookEvent(store, event)
  if (before !== undefined && before.started_at !== null) return { rules, accounts, duplicate: true }
  const receivedAt = now()
  await inTransaction(store, async (transaction) => {
    await keepHookEvent(transaction, { id: event, hook, payload, receivedAt })
    await queueEvent(transaction, { id: event, accounts, receivedAt })
  })
  for (const account of accounts) await wake(context, account)
  await markHookEventStarted(store, event, now())
  return { rules, accounts, duplicate: false }
}

/** Starts the account's workflow for events, or wakes it if it runs. It reads the events from the store, so waking it twice is harmless. */
async function wake({ temporal }: ApiContext, account: string): Promise<void> {
  await temporal.use(({ workflow, names }) =>
    workflow.signalWithStart(WORKFLOW_TYPES.accountEvents, {
      workflowId: names.ids.events(account),
      taskQueue: names.queues.main,
      args: [{ account } satisfies AccountEventsInput],
      signal: eventsCame,
      staticSummary: `Events of ${account}`,
      typedSearchAttributes: new TypedSearchAttributes([{ key: ACCOUNT, value: account }]),
    }),
  )
}
