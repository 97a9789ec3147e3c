import { Worker, type WorkflowBundle } from '@temporalio/worker'
import { DeterminismViolationError } from '@temporalio/workflow'
import { beforeAll, describe, expect, it } from 'vitest'

import { CASES } from '../test/histories/cases.js'
import { readHistory } from '../test/histories/history-file.js'
import { beQuiet, bundleWorkflows } from '../test/support/workflow-room.js'

let workflowBundle: WorkflowBundle
beforeAll(async () => {
  beQuiet()
  workflowBundle = await bundleWorkflows()
})

describe('histories that an earlier tetik recorded replay with this one', () => {
  it.each(CASES)('$workflow, $name', async (one) => {
    await Worker.runReplayHistory({ workflowBundle }, readHistory(one), `${one.workflow}-${one.name}`)
  })
})

it('a history that the workflows would not produce is rejected', async () => {
  const history = readHistory({ workflow: 'carryOut', name: 'all-steps' })
  for (const event of history.events ?? []) {
    const type = event.activityTaskScheduledEventAttributes?.activityType
    if (type?.name === 'prepareStep') type.name = 'applyMutation'
  }
  await expect(Worker.runReplayHistory({ workflowBundle }, history, 'edited')).rejects.toThrow(DeterminismViolationError)
})
