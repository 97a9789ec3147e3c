/** The store of a project, as every part and command opens it. */

import { openStore, type Store } from '../../store/base/store.js'
import { closeState } from '../settings/private-state.js'
import type { ServiceSettings } from '../settings/settings.js'

/**
 * Opens the store of a project, after what an earlier tetik left open to other users of the machine was closed.
 *
 * @throws StoreError
 */
export function openProjectStore({ storeUrl, stateFolder }: Pick<ServiceSettings, 'storeUrl' | 'stateFolder'>): Promise<Store> {
  closeState(stateFolder)
  return openStore(storeUrl)
}
