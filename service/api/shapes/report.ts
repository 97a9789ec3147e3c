import Type, { type Static } from 'typebox'

import { shape } from './common.js'
import { Message } from './decision.js'

export const ReportOrder = shape('ReportOrder', {
  account: Type.Optional(Type.String({ description: 'Name in tetik.yaml; may be left out where there is one' })),
  to: Type.Optional(
    Type.String({ description: 'A recipient of tetik.yaml who may read; without it the account’s owner, or the first who may' }),
  ),
})
export type ReportOrder = Static<typeof ReportOrder>

export const SentReport = shape('SentReport', { account: Type.String(), message: Message })
export type SentReport = Static<typeof SentReport>
