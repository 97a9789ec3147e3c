/** Whether the store can be opened, is in order, and which installation it belongs to. */

import { existsSync } from 'node:fs'

import { installationId } from '../../store/base/installation.js'
import { integrityFaults } from '../../store/base/integrity.js'
import { openStore } from '../../store/base/store.js'
import { fail, type Finding, ok, warn } from './finding.js'

export async function checkStore(file: string): Promise<readonly Finding[]> {
  // Opening makes a store; a check should leave nothing behind.
  if (file !== ':memory:' && !existsSync(file)) return [ok('store', 'There is none yet; the first start makes it.')]
  try {
    const faults = file === ':memory:' ? [] : integrityFaults(file)
    if (faults.length > 0) {
      return [
        fail(
          'store',
          `${file} is damaged: ${faults.join('; ')}.`,
          'Stop tetik, restore a backup of the file, or move it away: the next start makes a new one without the history.',
        ),
      ]
    }
    const store = await openStore(file)
    const installation = await installationId(store)
    await store.close()
    return [ok('store', `${file} can be opened, and every page of it is in order.`), installationFinding(installation)]
  } catch (error) {
    return [fail('store', (error as Error).message, 'Put right what it says, or move the file away to begin with an empty one.')]
  }
}

function installationFinding(id: string): Finding {
  if (id !== '') return ok('installation', id)
  return warn(
    'installation',
    'This store is older than installation ids, so its work at Temporal has none.',
    'Let no second project use the same Temporal namespace.',
  )
}
