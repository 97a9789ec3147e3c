/** The first account: a Turkish fashion shop with an example of everything. */

import { IDENTITY } from '../base/identity.js'
import type { Account } from '../delivery/account.js'
import { SCENE } from '../delivery/scene.js'

export const MODA: Account = {
  number: 0,
  id: IDENTITY.accountId,
  name: IDENTITY.accountName,
  business: { id: IDENTITY.businessId, name: 'Moda TR Tekstil A.Ş.', country: 'TR' },
  currency: IDENTITY.currency,
  timezoneName: IDENTITY.timezoneName,
  timezoneId: IDENTITY.timezoneId,
  page: { id: IDENTITY.pageId, name: 'Moda TR' },
  pixel: { id: IDENTITY.pixelId, name: 'Moda TR web' },
  website: 'modatr.example',
  payment: { card: 'VISA *4242' },
  campaigns: SCENE,
}
