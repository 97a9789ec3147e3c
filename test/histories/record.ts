/**
 * Records the histories of all cases, or of the named ones: `npm run record-histories -- sendMessage/delivered`. Do not replace
 * histories that earlier versions recorded: they show that workflows continue after an upgrade.
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
