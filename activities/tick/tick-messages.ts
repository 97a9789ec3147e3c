/** The messages of a tick itself: a condition is no longer true, or a guardrail holds the account's rules. */

import type { Account } from '../../engine/account/account.js'
import { dayOf } from '../../engine/clock/zone.js'
import { standardMessage } from '../../engine/message/message.js'
import { reasonText } from '../../engine/message/reason.js'
import type { Decision } from '../../engine/rule/state/tick.js'
import type { Store } from '../../store/base/store.js'
import { intendMessage, messagesOfLastFiring, wasWrittenAfter } from '../../store/messages/messages.js'
import type { ActivityDependencies } from '../base/dependencies.js'
import type { MessageToSend } from '../messages/contract.js'
import { toSend, unsentNotice } from '../messages/notice.js'
import { SYNC_NOTICE } from '../messages/sync-notice.js'
import type { AccountRefusal } from './tick-guardrails.js'

/** Writes to the recipients of the last firing's messages that the condition is no longer true. `prefix` makes the ids unique. */
export async function resolvedMessages(
  dependencies: ActivityDependencies,
  store: Store,
  account: string,
  decisions: readonly Decision[],
  prefix: string,
): Promise<MessageToSend[]> {
  const messages: MessageToSend[] = []
  for (const { rule, entity } of decisions.filter(({ resolved }) => resolved)) {
    for (const earlier of await messagesOfLastFiring(store, account, rule, entity.key)) {
      const recipient = dependencies.settings().recipients.find(({ name }) => name === earlier.recipient)
      if (recipient === undefined) continue
      const { message } = await intendMessage(store, {
        id: `${prefix}-resolved-${messages.length + 1}`,
        decision: earlier.decision,
        account,
        recipient: recipient.name,
        of_rule: 1,
        text: standardMessage({ kind: 'resolved', rule, entity: entity.name ?? entity.key }, recipient.language),
        created_at: dependencies.now(),
      })
      messages.push(toSend(dependencies, message))
    }
  }
  return messages
}

/**
 * Composes the notices about guardrails that hold the account: one for stale data, until there is newer data, and one a day for
 * results near zero. There is none for stale data if the owner was already notified that the account cannot be read.
 */
export async function accountNotices(
  dependencies: ActivityDependencies,
  account: Account,
  refusals: Iterable<AccountRefusal>,
  now: number,
): Promise<MessageToSend[]> {
  const messages: MessageToSend[] = []
  const { name, currency, timezone: zone } = account
  for (const { guardrail, reason } of refusals) {
    const readAt = reason.facts['at']?.value ?? 'never'
    const isStale = reason.code !== 'outage-results'
    if (isStale && (await wasWrittenAfter(dependencies.store, `${name}-${SYNC_NOTICE}-`, Number(readAt) || 0))) continue
    const notice = await unsentNotice(dependencies, {
      id: `${name}-${guardrail}-${isStale ? readAt : dayOf(now, zone)}`,
      account: name,
      decision: null,
      text: (language) => `${name}: ${reasonText(reason, { language, currency, zone })}`,
    })
    if (notice !== null) messages.push(notice)
  }
  return messages
}
