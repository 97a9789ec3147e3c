/** What the steps of one carry-out share. */

import type { CarryOutProgress } from '../../engine/rule/progress.js'
import { main } from '../base/activity-options.js'
import type { CarryOutInput } from '../base/contracts.js'
import { endCarryOuts } from '../base/end-carry-outs.js'
import { syncAccount } from '../base/sync-account.js'
import { startMessage } from '../message/start-message.js'
import { hearApprovals } from './approval.js'
import { RuleStop } from './rule-stop.js'
import { StepTable } from './step-table.js'

export class CarryOutContext {
  readonly stop = new RuleStop()
  readonly answered = hearApprovals()
  /** What was done so far, as sentences without full stops, for the decision's note. */
  readonly notes: string[] = []
  table = new StepTable([], '')
  /** Whether this carry-out paused the entity and has not started it since. */
  paused = false

  constructor(readonly input: CarryOutInput) {}

  /**
   * Writes the progress to the decision. If this failure stops the account's rules, it notifies the owner and ends their
   * carry-outs.
   */
  async record(progress: CarryOutProgress, note: string): Promise<void> {
    const { decision } = this.input
    const options = { summary: `Decision ${decision}: ${progress}` }
    const recorded = await main.recordProgress.executeWithOptions(options, [{ decision, progress, note }])
    if (recorded?.notice) await startMessage(recorded.notice)
    if (recorded?.ends !== undefined) await endCarryOuts(recorded.ends)
  }

  /** Reads the insights that the rule's conditions need. What cannot be read stays unknown or old, and the condition says so. */
  async readForNow(): Promise<void> {
    const { decision, account } = this.input
    const { insights } = await main.planCheck.executeWithOptions({ summary: 'What must be read first' }, [{ decision }])
    await syncAccount(account, insights)
  }
}
