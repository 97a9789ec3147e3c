/**
 * Notifies an account's owner of refusals by guardrails: once a day for each rule and reason, however often it fires and for
 * however many entities. A reason that holds all of the account's rules is reported once a day for all of them.
 */

import type { Account } from '../../engine/account/account.js'
import { dayOf } from '../../engine/clock/zone.js'
import type { GuardrailName } from '../../engine/guardrail/context.js'
import { standardMessage } from '../../engine/message/message.js'
import { type ReasonCode } from '../../engine/message/reason-sentences.js'
import { type Reason, reasonText } from '../../engine/message/reason.js'
import type { StepName } from '../../engine/rule/rule.js'
import type { Notice } from './notice.js'

export interface RuleRefusal {
  readonly rule: string
  /** Its name, or else its key. */
  readonly entity: string
  readonly action: StepName
  readonly reason: Reason
  /** The number of other entities for which it was refused at the same time. */
  readonly others: number
}

/** Whether the owner is notified of each rule that this guardrail refuses. A stop was already reported when it was made. */
export const isReportedByRule = (guardrail: GuardrailName): boolean => guardrail !== 'stop'

/** Reasons that concern the whole account: only the first rule that is refused for one is reported. */
const OF_ACCOUNT = new Set<ReasonCode>([
  'breaker',
  'freeze',
  'outage-stale',
  'outage-unread',
  'outage-results',
  'actions-per-hour',
  'actions-per-day',
])

export function refusalNotice(account: Account, refusal: RuleRefusal, now: number): Notice {
  const { name, currency, timezone: zone } = account
  const { rule, entity, action, reason, others } = refusal
  const whose = OF_ACCOUNT.has(reason.code) ? '' : `-${rule}`
  return {
    id: `${name}-refused${whose}-${reason.code}-${dayOf(now, zone)}`,
    account: name,
    decision: null,
    text: (language) => {
      const sentence = reasonText(reason, { language, currency, zone })
      return standardMessage({ kind: 'refused', rule, entity, action, reason: sentence, others }, language)
    },
  }
}
