/** Records how a launch ended, and notifies the account's owner unless it was completed. */

import { dayOf } from '../../engine/clock/zone.js'
import { launchMessage } from '../../engine/message/launch-message.js'
import type { Language } from '../../engine/text/value-text.js'
import { inTransaction } from '../../store/base/transaction.js'
import { keepOfObject, standingObjects } from '../../store/launches/launch-objects.js'
import { findLaunchRun, setLaunchState } from '../../store/launches/launch-runs.js'
import { accountOf, type ActivityDependencies } from '../base/dependencies.js'
import { unsentNotice, writeNotice } from '../messages/notice.js'
import type { LaunchStoreActivities } from './contract.js'
import { publishedKeys } from './publish.js'

export const settleLaunch =
  (dependencies: ActivityDependencies): LaunchStoreActivities['settleLaunch'] =>
  async ({ run: id, end, note }) => {
    const { store, now, announce } = dependencies
    const at = now()
    const isNews = await inTransaction(store, async (transaction) => {
      const run = await findLaunchRun(transaction, id)
      if (run === undefined) return false
      const existing = await standingObjects(transaction, { account: run.account, launch: run.launch })
      for (const key of await publishedKeys(transaction, id)) {
        const row = existing.get(key)
        if (row !== undefined && row.published_at === null) await keepOfObject(transaction, row.id, { published_at: at }, at)
      }
      const moved = await setLaunchState(transaction, id, { state: end, note, at })
      return moved && run.state !== end && run.kind === 'apply' ? run.launch : false
    })
    if (isNews !== false) announce(`${isNews} · launch ${end}: ${note}`)
  }

export const composeLaunchNotice =
  (dependencies: ActivityDependencies): LaunchStoreActivities['composeLaunchNotice'] =>
  async ({ run: id, end, left }) => {
    const run = await findLaunchRun(dependencies.store, id)
    if (run === undefined || end === 'done') return { send: null, note: 'There is nothing to report.' }
    const { account, decision, launch } = run
    const text = (language: Language): string => launchMessage({ launch, end, left, note: run.note ?? '' }, language)
    if (end !== 'refused' || left !== 'nothing' || decision === null) {
      return await writeNotice(dependencies, { id: `${id}-${end}`.replaceAll('/', '-'), account, decision, text })
    }
    // A rule may start the launch again and again: the owner is notified once a day.
    const day = dayOf(dependencies.now(), accountOf(dependencies, account).timezone)
    const once = { id: `${account}-refused-${run.madeBy}-launch-${launch}-${day}`, account, decision, text }
    const send = await unsentNotice(dependencies, once)
    return send === null ? { send: null, note: 'The owner of the account was notified of the same today.' } : { send }
  }
