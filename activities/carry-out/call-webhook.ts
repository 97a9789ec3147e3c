/** The step `webhook`: a POST of JSON to the user's own URL. Its body is the same at every try. */

import { ApplicationFailure } from '@temporalio/activity'

import type { Account } from '../../engine/account/account.js'
import { evaluateExpression } from '../../engine/expression/evaluate/evaluate.js'
import { renderJson } from '../../engine/message/json-template.js'
import type { JsonTemplate } from '../../engine/rule/rule.js'
import { Unknown } from '../../engine/value/value.js'
import type { Store } from '../../store/base/store.js'
import { recordSentStep } from '../../store/decisions/sent-steps.js'
import { carriedOut, type CarriedOut, stepOf } from '../base/carried-out-rule.js'
import { accountOf, type ActivityDependencies, ownerOf } from '../base/dependencies.js'
import { failureOf } from '../base/errors.js'
import { whileAlive } from '../base/heartbeat.js'
import { stopNote } from '../base/stop-note.js'
import { factsOfDecision } from '../facts/decision-facts.js'
import type { WebhookActivities } from './contract.js'

/** The variable whose secret signs the calls that have none of their own in `<variable>_SECRET`. */
const COMMON_SECRET = 'TETIK_WEBHOOK_SECRET'

export const callWebhook =
  (dependencies: ActivityDependencies): WebhookActivities['callWebhook'] =>
  ({ decision: id, step: index }) =>
    whileAlive(async () => {
      const { store, variables, webhooks, settings } = dependencies
      const carried = await carriedOut(store, id)
      const step = stepOf(carried.rule, index, 'webhook')
      const account = accountOf(dependencies, carried.decision.account)
      const name = step.urlVariable
      const url = variables[name]
      if (url === undefined || url === '') {
        throw ApplicationFailure.nonRetryable(`The webhook has no URL: the environment variable ${name} is not set.`, 'no-url')
      }
      const language = ownerOf(settings(), account.name)?.language ?? 'en'
      const body = step.body === null ? decisionBody(carried) : await bodyOf(store, account, carried, step.body, language)
      const secret = variables[`${name}_SECRET`] ?? variables[COMMON_SECRET] ?? null
      // Checked at every try: if the rules were stopped while the server was down, it must not be called when it is back.
      const stopped = await stopNote(store, account.name)
      if (stopped !== null) return { stopped }
      await recordSentStep(store, id, index, dependencies.now())
      try {
        return await webhooks.call({ url, name, id: `${id}-${index}`, body, secret })
      } catch (error) {
        throw failureOf(error)
      }
    })

async function bodyOf(store: Store, account: Account, carried: CarriedOut, json: JsonTemplate, language: 'tr' | 'en') {
  const { facts, entity, selection } = await factsOfDecision(store, account, carried)
  const gone = new Unknown('the data no longer contains the entity')
  const { currency } = account
  return renderJson(json, (one) => (entity === null ? gone : evaluateExpression(one, facts, entity, selection)), {
    language,
    currency,
  })
}

/** The body of a step that has none: the decision itself. */
function decisionBody({ decision, rule }: CarriedOut): unknown {
  return {
    decision: decision.id,
    rule: rule.id,
    version: decision.version,
    account: decision.account,
    entity: { scope: decision.scope, id: decision.entity_id, name: decision.entity_name },
    at: new Date(decision.at).toISOString(),
    outcome: decision.outcome,
    trace: JSON.parse(decision.trace_json) as unknown,
  }
}
