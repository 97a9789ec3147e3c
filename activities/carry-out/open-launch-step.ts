/** Stores a new run of the launch spec that a rule's step `launch: <key>` names. */

import { oneLine } from '../../engine/text/one-line.js'
import { inTransaction } from '../../store/base/transaction.js'
import { openLaunchRun } from '../../store/launches/launch-runs.js'
import { findLoadedLaunch } from '../../store/launches/launches.js'
import { carriedOut, stepOf } from '../base/carried-out-rule.js'
import type { ActivityDependencies } from '../base/dependencies.js'
import { stopNote } from '../base/stop-note.js'
import { checkCarriedOut } from '../change/check-carried-out.js'
import type { LaunchStoreActivities } from '../launch/contract.js'

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
      const { spec } = stored
      if (spec.account !== decision.account) {
        return refused(`The launch ${key} belongs to the account ${spec.account}, and the rule acts in ${decision.account}.`)
      }
      await openLaunchRun(
        transaction,
        {
          id: run,
          account: spec.account,
          launch: key,
          version: spec.version,
          kind: 'apply',
          publish: spec.publish,
          rollback: false,
          overwriteDrift: false,
          madeBy: rule.id,
          decision: id,
          step: index,
        },
        now(),
      )
      return { kind: 'run', launch: key, account: spec.account, title: oneLine(`${rule.id}: launch ${key}`) }
    })
  }
