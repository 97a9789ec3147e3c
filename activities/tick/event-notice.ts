/** Notifies the owner of an event that was accepted but could not be evaluated: its sender will not send it again. */

import { createHash } from 'node:crypto'

import { standardMessage } from '../../engine/message/message.js'
import type { ActivityDependencies } from '../base/dependencies.js'
import { writeNotice } from '../messages/notice.js'
import type { TickActivities } from './contract.js'
import { giveUpEvent } from './event-decisions.js'
import { rulesOfAccount } from './rules-of-account.js'

export const composeEventNotice =
  (dependencies: ActivityDependencies): TickActivities['composeEventNotice'] =>
  async ({ account, event, error }) => {
    const { store, settings, now } = dependencies
    const note = `Nothing was evaluated: ${error.message}`
    await giveUpEvent(store, { account, event, at: now(), note }, (rules) => rulesOfAccount(rules, settings(), account))
    const key = createHash('sha256').update(event).digest('hex').slice(0, 16)
    return await writeNotice(dependencies, {
      id: `${account}-event-${key}`,
      account,
      decision: null,
      text: (language) => standardMessage({ kind: 'event-lost', account, event, error: error.message }, language),
    })
  }
