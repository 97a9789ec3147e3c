/** Checks that the store can be opened and is undamaged, and reports its installation id. */

import { existsSync } from 'node:fs'

import { installationId } from '../../store/base/installation.js'
import { integrityFaults } from '../../store/base/integrity.js'
import { openStore } from '../../store/base/store.js'
import { fail, type Finding, ok, warn } from './finding.js'

export async function checkStore(file: string): Promise<readonly Finding[]> {
  // Opening would create the store, and a check must not create files.
  if (file !== ':memory:' && !existsSync(file)) return [ok('store', 'There is none yet; the first start creates it.')]
  try {
    const faults = file === ':memory:' ? [] : integrityFaults(file)
    if (faults.length > 0) {
      return [
        fail(
          'store',
          `${file} is damaged: ${faults.join('; ')}.`,
          'Stop tetik, restore a backup of the file, or move it away: the next start creates a new one without the history.',
        ),
      ]
    }
    const store = await openStore(file)
    const installation = await installationId(store)
    await store.close()
    return [ok('store', `${file} can be opened, and no page is damaged.`), installationFinding(installation)]
  } catch (error) {
    return [fail('store', (error as Error).message, 'Fix what it says, or move the file away to start with an empty one.')]
  }
}

function installationFinding(id: string): Finding {
  if (id !== '') return ok('installation', id)
  return warn(
    'installation',
    'The store was created before installation ids existed, so its workflows in Temporal have none.',
    'Do not use the same Temporal namespace for another project.',
  )
}
