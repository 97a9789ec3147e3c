/** Checks that Temporal answers or, if tetik is not running, that it could be started. */

import type { InstanceState } from '../process/single-instance-lock.js'
import type { TemporalSettings } from '../settings/temporal-settings.js'
import { findTemporal } from '../temporal/temporal-binary.js'
import { fail, type Finding, ok } from './finding.js'

const REGISTERED = 1

export async function checkTemporal(settings: TemporalSettings, running: InstanceState | null): Promise<Finding> {
  if (!settings.external && running === null) {
    const program = findTemporal()
    if (program !== null) return ok('Temporal', `\`tetik up\` will start ${program}.`)
    return fail('Temporal', 'There is no server and no program to start one.', 'Run `npm start`, which installs one.')
  }
  const { connectClient } = await import('../temporal/connection.js')
  try {
    // The installation's id is not needed: no workflow is addressed.
    const client = await connectClient(settings, '')
    try {
      const { workflowService } = client.connection
      const { namespaceInfo } = await workflowService.describeNamespace({ namespace: settings.namespace })
      if (Number(namespaceInfo?.state) === REGISTERED) {
        return ok('Temporal', `It answers at ${settings.address}, namespace ${settings.namespace}.`)
      }
      return fail('Temporal', `The namespace ${settings.namespace} is not in use.`, 'Set TEMPORAL_NAMESPACE to a registered one.')
    } finally {
      await client.connection.close()
    }
  } catch (error) {
    return fail(
      'Temporal',
      `${settings.address} or its namespace ${settings.namespace} cannot be used: ${(error as Error).message.split('\n', 1)[0] ?? ''}`,
      settings.external ? 'Check TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE and the server.' : 'See .tetik/logs/temporal.log.',
    )
  }
}
