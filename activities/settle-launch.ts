/** Writes down how a launch ended, and tells the account's owner of an end that somebody should know of. */

import { launchMessage } from '../engine/action/launch-message.js'
import type { Language } from '../engine/action/value-text.js'
import { dayOf } from '../engine/clock/zone.js'
import { keepOfObject, standingObjects } from '../store/launch-objects.js'
import { findLaunchRun, setLaunchState } from '../store/launch-runs.js'
import { inTransaction } from '../store/transaction.js'
import { accountOf } from './dependencies.js'
import type { ActivityDependencies } from './dependencies.js'
import type { LaunchStoreActivities } from './launch-contracts.js'
import { unsentNotice, writeNotice } from './notice.js'
import { publishedKeys } from './publish-launch.js'

export const settleLaunch =
  (dependencies: ActivityDependencies): LaunchStoreActivities['settleLaunch'] =>
  async ({ run: id, end, note }) => {
    const { store, now, announce } = dependencies
    const at = now()
    const isNews = await inTransaction(store, async (transaction) => {
      const run = await findLaunchRun(transaction, id)
      if (run === undefined) return false
      const standing = await standingObjects(transaction, { account: run.account, launch: run.launch })
      for (const key of await publishedKeys(transaction, id)) {
        const row = standing.get(key)
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
    if (run === undefined || end === 'done') return { send: null, note: 'There is nothing to tell.' }
    const { account, decision, launch } = run
    const text = (language: Language): string => launchMessage({ launch, end, left, note: run.note ?? '' }, language)
    if (end !== 'refused' || left !== 'nothing' || decision === null) {
      return await writeNotice(dependencies, { id: `${id}-${end}`.replaceAll('/', '-'), account, decision, text })
    }
    // A rule may ask for it again and again: its owner hears of it once a day.
    const day = dayOf(dependencies.now(), accountOf(dependencies, account).timezone)
    const once = { id: `${account}-refused-${run.madeBy}-launch-${launch}-${day}`, account, decision, text }
    const send = await unsentNotice(dependencies, once)
    return send === null ? { send: null, note: 'The owner of the account was notified of the same today.' } : { send }
  }
