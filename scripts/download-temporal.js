/** Downloads Temporal's server into the given folder with the SDK. Runs as a separate process, so that it can be ended by a timeout. */

import { TestWorkflowEnvironment } from '@temporalio/testing'

const [downloadDir] = process.argv.slice(2)
// The SDK only downloads a server in order to start it; it is stopped at once.
const environment = await TestWorkflowEnvironment.createLocal({
  server: { executable: { type: 'cached-download', downloadDir, ttl: '365 days' } },
})
await environment.teardown()
