/** The step `launch: <key>` of a rule: which spec it means, written down as a run of its own. */

import { openLaunchRun } from '../store/launch-runs.js'
import { findLoadedLaunch } from '../store/launches.js'
import { inTransaction } from '../store/transaction.js'
import { carriedOut, stepOf } from './carried-out-rule.js'
import { checkCarriedOut } from './check-carried-out.js'
import type { ActivityDependencies } from './dependencies.js'
import type { LaunchStoreActivities } from './launch-contracts.js'
import { oneLine } from './notice.js'
import { stopNote } from './stop-note.js'

export const openLaunchStep =
  ({ store, now }: ActivityDependencies): LaunchStoreActivities['openLaunchStep'] =>
  async ({ decision: id, step: index, run }) => {
    const carried = await carriedOut(store, id)
    const { decision, rule } = carried
    await checkCarriedOut(store, carried, index)
    const { key } = stepOf(rule, index, 'launch')
    const stopped = await stopNote(store, decision.account)
    if (stopped !== null) return { stopped }
    return await inTransaction(store, async (transaction) => {
      const stored = await findLoadedLaunch(transaction, key)
      const refused = (note: string) => ({ kind: 'refused' as const, note, reason: null })
      if (stored === undefined) return refused(`No spec in specs/ has \`launch: ${key}\` any more.`)
      const { launch } = stored
      if (launch.account !== decision.account) {
        return refused(`The launch ${key} is of the account ${launch.account}, and the rule acts in ${decision.account}.`)
      }
      await openLaunchRun(
        transaction,
        {
          id: run,
          account: launch.account,
          launch: key,
          version: launch.version,
          kind: 'apply',
          publish: launch.publish,
          rollback: false,
          overwriteDrift: false,
          madeBy: rule.id,
          decision: id,
          step: index,
        },
        now(),
      )
      return { kind: 'run', launch: key, account: launch.account, title: oneLine(`${rule.id}: launch ${key}`) }
    })
  }
