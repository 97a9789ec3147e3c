import { Client, Connection } from '@temporalio/client'
import { expect, it } from 'vitest'

import { isRunning } from './is-workflow-running.js'
import { startTemporalServer } from './temporal-server.js'

it('a workflow is running until it ends or is terminated, and not if it was never started', async () => {
  const server = await startTemporalServer()
  const connection = await Connection.connect({ address: server.address })
  try {
    const client = new Client({ connection, namespace: server.namespace })
    const handle = await client.workflow.start('carryOut', { workflowId: 'w', taskQueue: 'nobody-polls' })
    expect(await isRunning(client, 'w')).toBe(true)
    await handle.terminate()
    expect(await isRunning(client, 'w')).toBe(false)
    expect(await isRunning(client, 'never-started')).toBe(false)
  } finally {
    await connection.close()
    await server.stop()
  }
})
