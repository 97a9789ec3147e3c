import Type, { type Static } from 'typebox'

import { Instant, pageOf, shape } from './common.js'

const account = Type.String({ minLength: 1, maxLength: 100, description: 'Its name in tetik.yaml, or `all`' })

export const Stop = shape(
  'Stop',
  { account, reason: Type.String(), by: Type.String({ description: 'Who stopped it, and by which means' }), since: Instant },
  'A stop switch that is on',
)
export type Stop = Static<typeof Stop>

export const StopPage = pageOf('StopPage', Stop)

export const StopOrder = shape('StopOrder', {
  account,
  reason: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'Shown in decisions and messages' })),
})

export const Stopped = shape('Stopped', {
  stop: Stop,
  isNew: Type.Boolean({ description: 'False if it was stopped before; the first stop remains' }),
  ended: Type.Integer({ description: 'Number of carry-outs in progress, which end' }),
  told: Type.Boolean({
    description: 'False if Temporal did not answer: waiting carry-outs then end at their next step, and nobody is notified',
  }),
})

export const ResumeOrder = shape('ResumeOrder', { account })

export const Resumed = shape('Resumed', {
  resumed: Type.Array(account, { description: 'Accounts whose stops ended; `all` is the stop of all accounts' }),
  standing: Type.Array(Stop, { description: 'Stops that still apply to the account, such as the stop of all accounts' }),
})
