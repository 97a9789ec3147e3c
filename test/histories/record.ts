/** Records the histories of all cases anew: `npm run record-histories`. To be run when a workflow changed on purpose. */

import { openWorkflowRoom } from '../support/workflow-room.js'
import { ACTIVITY_NAMES, CASES, runCase } from './cases.js'
import { writeHistory } from './history-file.js'

const room = await openWorkflowRoom(ACTIVITY_NAMES, 'recorder')
for (const one of CASES) {
  room.give(one.activities)
  const handle = await runCase(room.client, one)
  writeHistory(one, await handle.fetchHistory())
  process.stdout.write(`${one.workflow}/${one.name}\n`)
}
await room.stop()
