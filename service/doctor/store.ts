/** Whether the store can be opened. */

import { existsSync } from 'node:fs'

import { openStore } from '../../store/store.js'

import { fail, ok, type Finding } from './finding.js'

export async function checkStore(url: string): Promise<Finding> {
  // Opening makes a store; a check should leave nothing behind.
  if (!url.includes(':') && !existsSync(url)) return ok('store', 'There is none yet; the first start makes it.')
  try {
    const store = await openStore(url)
    await store.close()
    return ok('store', `${url.includes('@') ? 'It' : url} can be opened.`)
  } catch (error) {
    return fail('store', (error as Error).message, 'Put right what it says, or move the file away to begin anew.')
  }
}
