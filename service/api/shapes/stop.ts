import Type, { type Static } from 'typebox'

import { Instant, pageOf, shape } from './common.js'

const account = Type.String({ minLength: 1, maxLength: 100, description: 'Its name in tetik.yaml, or `all`' })

export const Stop = shape(
  'Stop',
  { account, reason: Type.String(), by: Type.String({ description: 'Who, and from where' }), since: Instant },
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
  isNew: Type.Boolean({ description: 'False if it was stopped already: the first stop remains' }),
  ended: Type.Integer({ description: 'Carry-outs that were in progress, and end' }),
  told: Type.Boolean({
    description: 'False where Temporal did not answer: what waits then ends when it next wants to act, and nobody gets a message',
  }),
})

export const ResumeOrder = shape('ResumeOrder', { account })

export const Resumed = shape('Resumed', {
  resumed: Type.Array(account, { description: 'Whose stops ended; `all` is the one of every account' }),
  standing: Type.Array(Stop, { description: 'Stops that still hold the account back: the one of every account' }),
})
