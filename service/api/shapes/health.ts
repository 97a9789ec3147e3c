import Type, { type Static } from 'typebox'

import { Instant, nullable, oneOf, shape } from './common.js'

export const Health = shape('Health', { status: Type.Literal('ok') })

export const Readiness = shape('Readiness', {
  status: oneOf(['ready', 'not-ready']),
  store: oneOf(['ok', 'busy', 'full', 'damaged', 'unreachable'], {
    description: 'Whether it can be read and written, and its pages were undamaged at the last hourly check',
  }),
  temporal: oneOf(['ok', 'unreachable']),
  worker: oneOf(['ok', 'silent'], { description: '`silent`: it has not reported for over a minute' }),
  ticks: oneOf(['ok', 'missed'], { description: '`missed`: the tick of at least one account is overdue' }),
  rules: oneOf(['ok', 'faulty', 'stopped', 'faulty-and-stopped'], {
    description:
      '`faulty`: the files have errors, and the rules loaded before stay active; `stopped`: somebody stopped an account. Neither makes the status `not-ready`',
  }),
})
export type Readiness = Static<typeof Readiness>

const HealthFault = shape('HealthFault', {
  code: oneOf(['store-damaged', 'worker-silent', 'tick-missed', 'rules-faulty', 'rules-stopped']),
  /** Null if it concerns all accounts. */
  account: nullable(Type.String()),
  /** Null if it has never worked. */
  since: nullable(Instant),
  detail: nullable(Type.String()),
  sentence: Type.String({ description: 'The fault in English' }),
})
export const HealthFaults = shape('HealthFaults', { data: Type.Array(HealthFault) })
export type HealthFaults = Static<typeof HealthFaults>
