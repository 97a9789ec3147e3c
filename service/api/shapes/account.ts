import Type, { type Static } from 'typebox'

import { Instant, Money, nullable, pageOf, shape } from './common.js'

export const Account = shape(
  'Account',
  {
    name: Type.String({ description: 'Its name in tetik.yaml, which all other routes use' }),
    id: Type.String({ description: 'Meta’s id, act_…' }),
    currency: Type.String(),
    timezone: Type.String({ description: 'IANA name' }),
    metaName: nullable(Type.String({ description: 'Its name at Meta; null until the first sync' })),
    status: nullable(Type.Integer({ description: 'Meta’s account_status: 1 is active' })),
    payment: nullable(
      shape(
        'AccountPayment',
        {
          state: Type.Union([Type.Literal('active'), Type.Literal('warns'), Type.Literal('stops')], {
            description: 'Whether Meta delivers: `stops` means that it does not, `warns` that it soon will not',
          }),
          stateText: Type.String(),
          since: Type.String({ ...Instant, description: 'When tetik first saw this status' }),
          disableReason: nullable(Type.String()),
          spendCap: nullable(Money),
          amountSpent: nullable(Money),
          leftOfSpendCap: nullable(Money),
          funding: nullable(Type.String({ description: 'As Meta describes it: a card, or a prepaid balance' })),
          prepaidLeft: nullable(Money),
          learnedAt: Instant,
        },
        'How it is paid for, as last read; null until the first sync',
      ),
    ),
    synced: shape(
      'AccountSyncs',
      { structure: nullable(Instant), days: nullable(Instant), hours: nullable(Instant) },
      'When each kind of data was last brought up to date',
    ),
    stopped: nullable(
      shape('AccountStop', { reason: Type.String(), by: Type.String(), since: Instant }, 'The stop switch; null if it is off'),
    ),
  },
  'An ad account of tetik.yaml, with what Meta reports about it',
)
export type Account = Static<typeof Account>

export const AccountPage = pageOf('AccountPage', Account)
