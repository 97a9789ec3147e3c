/** What keeps a running installation from doing its work: a silent worker, ticks that stay away, faulty files, a stop. */

import { existsSync } from 'node:fs'

import type { Settings } from '../../engine/account/account.js'
import { openStore } from '../../store/base/store.js'
import { faultInWords, type HealthFault, healthFaults } from '../health/installation-health.js'
import type { InstanceState } from '../process/single-instance-lock.js'
import { fail, type Finding, ok, warn } from './finding.js'

const ADVICE: Readonly<Record<HealthFault['code'], string>> = {
  'store-damaged': 'Stop tetik and restore a backup of the store, or move it away: the next start makes a new one.',
  'worker-silent': 'Look into .tetik/logs/worker.log; `tetik up` starts the worker again when it ends.',
  'tick-missed': 'Look whether its schedule is paused in Temporal’s UI, and into .tetik/logs/worker.log.',
  'rules-faulty': 'Run `tetik check`, which shows each fault with its place.',
  'rules-stopped': 'Let them go on with `tetik resume` when you want them to.',
}

/** Nothing is reported where tetik does not run: then everything is silent for that reason. */
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
    return [fail('health', (error as Error).message, 'Put right what the line about the store says.')]
  }
}
