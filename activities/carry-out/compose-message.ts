/** Composes a rule's message or report in the recipient's language, and stores it before it is sent. */

import type { Account } from '../../engine/account/account.js'
import { renderMessage } from '../../engine/message/message.js'
import { reportText } from '../../engine/report/report-text.js'
import type { Step } from '../../engine/rule/rule.js'
import { isAboutOneThing } from '../../engine/rule/state/state.js'
import type { Language } from '../../engine/text/value-text.js'
import { inTransaction } from '../../store/base/transaction.js'
import { recordSentStep } from '../../store/decisions/sent-steps.js'
import { intendMessage, messagesOfDecision } from '../../store/messages/messages.js'
import { changeRuleState, findRuleState } from '../../store/rules/rule-states.js'
import { carriedOut, type CarriedOut, stepOf } from '../base/carried-out-rule.js'
import type { Stopped } from '../base/contract.js'
import { accountOf, type ActivityDependencies, readerNamed, recipientOf } from '../base/dependencies.js'
import { stopNote } from '../base/stop-note.js'
import { factsOfDecision, partsOf } from '../facts/decision-facts.js'
import { loadReport } from '../facts/load-report.js'
import type { ComposedMessage } from '../messages/contract.js'
import { toSend } from '../messages/notice.js'
import type { CarryOutActivities } from './contract.js'

export const composeMessage =
  (dependencies: ActivityDependencies): CarryOutActivities['composeMessage'] =>
  async ({ decision: id, step: index }): Promise<ComposedMessage | Stopped> => {
    const { store, now } = dependencies
    const carried = await carriedOut(store, id)
    const { decision, rule } = carried
    const step = stepOf(rule, index, 'whatsapp', 'report')
    const account = accountOf(dependencies, decision.account)
    const recipient =
      step.kind === 'report' ? readerNamed(dependencies, step.to, account.name) : recipientOf(dependencies, step.to)
    const text = await textOf(dependencies, account, carried, step, recipient.language)
    // A report is about the day, not the condition: it is sent at every firing, and nothing resolves it.
    const isOnce = step.kind === 'whatsapp' && isAboutOneThing(rule)
    const messagesOfSteps = new Set(rule.then.flatMap(({ kind }, place) => (kind === 'whatsapp' ? [`${id}-${place}`] : [])))

    return await inTransaction(store, async (transaction) => {
      const key = { account: account.name, rule: rule.id, entityKey: decision.entity_key }
      const own = (await messagesOfDecision(transaction, id)).filter((message) => messagesOfSteps.has(message.id))
      const stopped = await stopNote(transaction, account.name)
      if (stopped !== null) return { stopped }
      const state = await findRuleState(transaction, key.account, key.rule, key.entityKey)
      // An earlier firing has sent this message, and the condition has been true since.
      if (isOnce && state?.announced === 1 && own.length === 0) {
        return { send: null, note: 'already sent; not again until the condition was false' }
      }
      const { message } = await intendMessage(transaction, {
        id: `${id}-${index}`,
        decision: id,
        account: account.name,
        recipient: recipient.name,
        text,
        of_rule: 1,
        created_at: now(),
      })
      if (isOnce) await changeRuleState(transaction, key, { announced: 1 })
      await recordSentStep(transaction, id, index, message.created_at)
      return { send: toSend(dependencies, message) }
    })
  }

/** The text has the numbers of the decision's time, even if the step is taken later. */
async function textOf(
  { store }: ActivityDependencies,
  account: Account,
  carried: CarriedOut,
  step: Extract<Step, { kind: 'whatsapp' | 'report' }>,
  language: Language,
): Promise<string> {
  if (step.kind === 'whatsapp') {
    const parts = partsOf(step.text, await factsOfDecision(store, account, carried))
    return renderMessage(parts, { language, currency: account.currency })
  }
  const { at, known_at: knownAt } = carried.decision
  const report = await loadReport(store, account, { period: step.period, at, knownAt })
  return reportText(report(), language)
}
