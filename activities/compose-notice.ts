/** Tells an account's owner how a carry-out ended, in their language. */

import { standardMessage } from '../engine/action/message.js'
import { reasonText } from '../engine/action/reason.js'
import type { Language } from '../engine/action/value-text.js'
import { standingStop } from '../store/stops.js'
import { carriedOut } from './carried-out-rule.js'
import type { MainActivities, OwnNotice } from './contracts.js'
import { accountOf } from './dependencies.js'
import type { ActivityDependencies } from './dependencies.js'
import { writeNotice } from './notice.js'

export const composeNotice =
  (dependencies: ActivityDependencies): MainActivities['composeNotice'] =>
  async ({ decision, notice: own }) => {
    // Whom it is about is in the store: nobody at Temporal's port writes to another account's owner.
    const { decision: stored } = await carriedOut(dependencies.store, decision)
    const { account: name, rule, entity_name: entity, entity_key: key } = stored
    const notice = { ...own, rule, entity: entity ?? key }
    const { currency, timezone: zone } = accountOf(dependencies, name)
    if (
      notice.kind === 'rule-stopped' &&
      notice.pause !== 'let-go' &&
      (await standingStop(dependencies.store, name)) !== undefined
    ) {
      return { send: null, note: 'Whoever owns the account was told of the stop as a whole.' }
    }
    const text = (language: Language): string =>
      notice.kind === 'refused' || notice.kind === 'outdated'
        ? standardMessage({ ...notice, reason: reasonText(notice.reason, { language, currency, zone }) }, language)
        : standardMessage(notice, language)
    return await writeNotice(dependencies, { id: idOf(decision, notice), account: name, decision, text })
  }

/** A carry-out ends once, and so it is told once. */
const idOf = (decision: string, { kind }: OwnNotice): string => `${decision}-${kind}`
