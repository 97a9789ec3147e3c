/** All accounts that the sandbox's one token sees. */

import type { Account } from './account.js'
import { BERLIN } from './berlin.js'
import { MODA } from './moda.js'

export const ACCOUNTS: readonly Account[] = [MODA, BERLIN]
