/**
 * Records the histories of cases again, when a workflow changed on purpose: `npm run record-histories` for all of them, or with names
 * after it: `npm run record-histories -- sendMessage/delivered`. Keep what an earlier tetik recorded: it shows that workflows that
 * were running before an upgrade continue.
 */

import { openWorkflowRoom } from '../support/workflow-room.js'
import { ACTIVITY_NAMES, CASES, runCase } from './cases.js'
import { writeHistory } from './history-file.js'

const room = await openWorkflowRoom(ACTIVITY_NAMES, 'recorder')
const names = process.argv.slice(2)
for (const one of CASES.filter(({ workflow, name }) => names.length === 0 || names.includes(`${workflow}/${name}`))) {
  room.give(one.activities)
  const handle = await runCase(room.client, one)
  writeHistory(one, await handle.fetchHistory())
  process.stdout.write(`${one.workflow}/${one.name}\n`)
}
await room.stop()
