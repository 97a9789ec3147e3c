/** An outside event on its way to the rules that wait for it: kept first, then one evaluation is started for each account. */

import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client'
import { defineSearchAttributeKey, SearchAttributeType, TypedSearchAttributes } from '@temporalio/common'

import { rulesOfAccount } from '../../activities/rules-of-account.js'
import { findHookEvent, keepHookEvent, markHookEventStarted } from '../../store/hook-events.js'
import { loadedRules } from '../../store/rules.js'
import { SEARCH_ATTRIBUTES, TASK_QUEUES, workflowIds } from '../../temporal.config.js'
import { WORKFLOW_TYPES, type WatchAccountInput } from '../../workflows/contracts.js'
import type { ApiContext } from './context.js'
import { ProblemError } from './problem.js'

const ACCOUNT = defineSearchAttributeKey(SEARCH_ATTRIBUTES.account, SearchAttributeType.KEYWORD)

export interface TakenEvent {
  readonly rules: readonly string[]
  readonly accounts: readonly string[]
  /** Whether it had come before: then nothing was started. */
  readonly duplicate: boolean
}

/**
 * @param id the sender's own id of the event, unique within the hook
 * @throws ProblemError `not-found` where no rule waits for the hook, `temporal-unavailable` where nothing was started: the
 *   same event may then be sent again
 */
export async function takeHookEvent(context: ApiContext, hook: string, id: string, payload: unknown): Promise<TakenEvent> {
  const { store, settings, now } = context
  const waiting = (await loadedRules(store))
    .map(({ rule }) => rule)
    .filter(({ cadence }) => cadence.kind === 'hook' && cadence.name === hook)
  const accounts = settings()
    .accounts.map(({ name }) => name)
    .filter((name) => rulesOfAccount(waiting, settings(), name).length > 0)
  if (accounts.length === 0) throw new ProblemError('not-found', `No rule in force has \`on: ${hook}\`.`)

  const event = `${hook}/${id}`
  const rules = waiting.map((rule) => rule.id).sort()
  const before = await findHookEvent(store, event)
  if (before !== undefined && before.started_at !== null) return { rules, accounts, duplicate: true }
  await keepHookEvent(store, { id: event, hook, payload, receivedAt: now() })
  for (const account of accounts) await start(context, account, event)
  await markHookEventStarted(store, event, now())
  return { rules, accounts, duplicate: false }
}

/** Started under an id of the event's own, so that whoever sends it a second time starts nothing. */
async function start({ temporal }: ApiContext, account: string, event: string): Promise<void> {
  const input: WatchAccountInput = { account, event }
  try {
    await temporal.use(({ workflow }) =>
      workflow.start(WORKFLOW_TYPES.watchAccount, {
        workflowId: workflowIds.event(account, event),
        taskQueue: TASK_QUEUES.main,
        args: [input],
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        staticSummary: `Event ${event}`.slice(0, 200),
        typedSearchAttributes: new TypedSearchAttributes([{ key: ACCOUNT, value: account }]),
      }),
    )
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
  }
}
