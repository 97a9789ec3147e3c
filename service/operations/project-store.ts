/** Opens a project's store for processes and commands. */

import { openStore, type Store } from '../../store/base/store.js'
import { closeState } from '../settings/private-state.js'
import type { ServiceSettings } from '../settings/settings.js'

/**
 * Opens the store of a project. First removes other users' access to the state folder, which earlier versions allowed.
 *
 * @throws StoreError
 */
export function openProjectStore({ storeUrl, stateFolder }: Pick<ServiceSettings, 'storeUrl' | 'stateFolder'>): Promise<Store> {
  closeState(stateFolder)
  return openStore(storeUrl)
}
