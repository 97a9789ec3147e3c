/** Telling the owner of an event that was taken from its sender and could not be judged: nobody sends it again. */

import { createHash } from 'node:crypto'

import { standardMessage } from '../engine/action/message.js'
import { settleEvent } from '../store/events-to-evaluate.js'
import type { MainActivities } from './contracts.js'
import type { ActivityDependencies } from './dependencies.js'
import { writeNotice } from './notice.js'

export const composeEventNotice =
  (dependencies: ActivityDependencies): MainActivities['composeEventNotice'] =>
  async ({ account, event, error }) => {
    await settleEvent(dependencies.store, account, event, dependencies.now())
    const key = createHash('sha256').update(event).digest('hex').slice(0, 16)
    return await writeNotice(dependencies, {
      id: `${account}-event-${key}`,
      account,
      decision: null,
      text: (language) => standardMessage({ kind: 'event-lost', account, event, error: error.message }, language),
    })
  }
