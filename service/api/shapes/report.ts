import Type, { type Static } from 'typebox'

import { shape } from './common.js'
import { Message } from './decision.js'

export const ReportOrder = shape('ReportOrder', {
  account: Type.Optional(Type.String({ description: 'Name in tetik.yaml; optional if there is only one' })),
  to: Type.Optional(
    Type.String({
      description: 'A recipient of tetik.yaml who may read the account; by default its owner, else the first such recipient',
    }),
  ),
})
export type ReportOrder = Static<typeof ReportOrder>

export const SentReport = shape('SentReport', { account: Type.String(), message: Message })
export type SentReport = Static<typeof SentReport>
