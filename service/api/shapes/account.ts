import Type, { type Static } from 'typebox'

import { Instant, nullable, pageOf, shape } from './common.js'

export const Account = shape(
  'Account',
  {
    name: Type.String({ description: 'Its name in tetik.yaml, by which everything else names it' }),
    id: Type.String({ description: 'Meta’s id, act_…' }),
    currency: Type.String(),
    timezone: Type.String({ description: 'IANA name' }),
    metaName: nullable(Type.String({ description: 'Its name at Meta; null until the first sync' })),
    status: nullable(Type.Integer({ description: 'Meta’s account_status: 1 is active' })),
    synced: shape(
      'AccountSyncs',
      { structure: nullable(Instant), days: nullable(Instant), hours: nullable(Instant) },
      'When each kind of data was last brought up to date',
    ),
    stopped: nullable(
      shape('AccountStop', { reason: Type.String(), by: Type.String(), since: Instant }, 'The stop switch, where it is on'),
    ),
  },
  'An ad account of tetik.yaml, with what Meta said of it',
)
export type Account = Static<typeof Account>

export const AccountPage = pageOf('AccountPage', Account)
