/** Composes the notice to an account's owner about how a carry-out ended, in their language. */

import { standardMessage } from '../../engine/message/message.js'
import { reasonText } from '../../engine/message/reason.js'
import type { Language } from '../../engine/text/value-text.js'
import { mutationsOfDecision } from '../../store/decisions/mutations.js'
import { standingStop } from '../../store/rules/stops.js'
import { carriedOut } from '../base/carried-out-rule.js'
import { accountOf, type ActivityDependencies } from '../base/dependencies.js'
import { unsentNotice, writeNotice } from '../messages/notice.js'
import { refusalNotice } from '../messages/refusal-notice.js'
import { type CarryOutActivities, type OwnNotice } from './contract.js'

export const composeNotice =
  (dependencies: ActivityDependencies): CarryOutActivities['composeNotice'] =>
  async ({ decision, notice: own }) => {
    // The account is read from the store, so that nobody can use Temporal's port to write to another account's owner.
    const { decision: stored } = await carriedOut(dependencies.store, decision)
    const { account: name, rule, entity_name: entity, entity_key: key } = stored
    const notice = { ...own, rule, entity: entity ?? key }
    const { currency, timezone: zone } = accountOf(dependencies, name)
    if (
      notice.kind === 'rule-stopped' &&
      notice.pause !== 'let-go' &&
      (await standingStop(dependencies.store, name)) !== undefined
    ) {
      return { send: null, note: 'The owner of the account was notified of the stop as a whole.' }
    }
    if (notice.kind === 'refused' && !(await hasChanged(dependencies, decision))) {
      // Nothing was changed. Such refusals get one message a day for each rule and reason, from here and from the tick together.
      const { action, reason } = notice
      const refusal = { rule, entity: notice.entity, action, reason, others: 0 }
      const account = accountOf(dependencies, name)
      const send = await unsentNotice(dependencies, refusalNotice(account, refusal, dependencies.now()))
      return send === null ? { send: null, note: 'The owner of the account was notified of the same today.' } : { send }
    }
    const text = (language: Language): string =>
      notice.kind === 'refused' || notice.kind === 'outdated'
        ? standardMessage({ ...notice, reason: reasonText(notice.reason, { language, currency, zone }) }, language)
        : standardMessage(notice, language)
    return await writeNotice(dependencies, { id: idOf(decision, notice), account: name, decision, text })
  }

/** Whether an earlier step changed something, which now stays as it is. */
async function hasChanged({ store }: ActivityDependencies, decision: string): Promise<boolean> {
  const mutations = await mutationsOfDecision(store, decision)
  return mutations.some(({ outcome }) => outcome !== 'refused' && outcome !== 'superseded')
}

/** One id for each decision and ending, so that the notice is sent once. */
const idOf = (decision: string, { kind }: OwnNotice): string => `${decision}-${kind}`
