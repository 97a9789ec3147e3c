/** Checks a running installation: a silent worker, missed ticks, faulty rule files, stops. */

import { existsSync } from 'node:fs'

import type { Settings } from '../../engine/account/account.js'
import { openStore } from '../../store/base/store.js'
import { faultInWords, type HealthFault, healthFaults } from '../health/installation-health.js'
import type { InstanceState } from '../process/single-instance-lock.js'
import { fail, type Finding, ok, warn } from './finding.js'

const ADVICE: Readonly<Record<HealthFault['code'], string>> = {
  'store-damaged': 'Stop tetik and restore a backup of the store, or move it away: the next start creates a new one.',
  'worker-silent': 'See .tetik/logs/worker.log; `tetik up` restarts the worker if it ends.',
  'tick-missed': 'Check in Temporal’s UI whether its schedule is paused, and see .tetik/logs/worker.log.',
  'rules-faulty': 'Run `tetik check`, which shows each error with its place.',
  'rules-stopped': 'Run `tetik resume` when they should run again.',
}

/** Returns no findings if tetik is not running: nothing can report then. */
export async function checkHealth(
  file: string,
  settings: Settings | null,
  running: InstanceState | null,
): Promise<readonly Finding[]> {
  if (running === null || settings === null || !existsSync(file)) return []
  try {
    const store = await openStore(file)
    const faults = await healthFaults(store, settings, Date.now())
    await store.close()
    if (faults.length === 0) return [ok('health', 'The worker reports, and every account has its ticks.')]
    return faults.map((fault) => {
      const say = fault.code === 'rules-faulty' || fault.code === 'rules-stopped' ? warn : fail
      return say('health', faultInWords(fault), ADVICE[fault.code])
    })
  } catch (error) {
    return [fail('health', (error as Error).message, 'Fix what the line about the store says.')]
  }
}
