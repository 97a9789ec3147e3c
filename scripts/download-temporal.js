/** Lets Temporal's SDK download its server into the folder given. A process of its own, so that it can be given up on. */

import { TestWorkflowEnvironment } from '@temporalio/testing'

const [downloadDir] = process.argv.slice(2)
// The only way in is to start a server, which is stopped at once.
const environment = await TestWorkflowEnvironment.createLocal({
  server: { executable: { type: 'cached-download', downloadDir, ttl: '365 days' } },
})
await environment.teardown()
