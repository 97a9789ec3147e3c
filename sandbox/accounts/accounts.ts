/** All accounts that the sandbox's token can access: an agency's clients, each with a problem to find. */

import type { Account } from '../delivery/account.js'
import { AYAKKABI } from './ayakkabi.js'
import { BERLIN } from './berlin.js'
import { CANTA } from './canta.js'
import { DIL_KURSU } from './dil-kursu.js'
import { ESARP } from './esarp.js'
import { EV_TEKSTILI } from './ev-tekstili.js'
import { KLINIK } from './klinik.js'
import { KOZMETIK } from './kozmetik.js'
import { largeAccount } from './large.js'
import { MOBILYA } from './mobilya.js'
import { MODA } from './moda.js'
import { SPOR_SALONU } from './spor-salonu.js'
import { TAKI } from './taki.js'

export const ACCOUNTS: readonly Account[] = [
  MODA,
  BERLIN,
  DIL_KURSU,
  ESARP,
  MOBILYA,
  CANTA,
  KOZMETIK,
  AYAKKABI,
  TAKI,
  SPOR_SALONU,
  EV_TEKSTILI,
  KLINIK,
]

/** The scenes that a sandbox can start with: the agency, or the agency plus an account of 5,000 ads for performance tests. */
export type SceneName = 'agency' | 'large'

export const accountsOf = (scene: SceneName): readonly Account[] => (scene === 'large' ? [...ACCOUNTS, largeAccount()] : ACCOUNTS)
