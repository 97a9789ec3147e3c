import Type, { type Static } from 'typebox'

import { Instant, nullable, oneOf, shape } from './common.js'

export const Health = shape('Health', { status: Type.Literal('ok') })

export const Readiness = shape('Readiness', {
  status: oneOf(['ready', 'not-ready']),
  store: oneOf(['ok', 'busy', 'full', 'damaged', 'unreachable'], { description: 'Read and written just now' }),
  temporal: oneOf(['ok', 'unreachable']),
  worker: oneOf(['ok', 'silent'], { description: '`silent`: it did not report for over a minute' }),
  ticks: oneOf(['ok', 'missed'], { description: '`missed`: some account’s tick did not come' }),
  rules: oneOf(['ok', 'faulty', 'stopped'], {
    description:
      '`faulty`: the files have faults and the rules of before are active; `stopped`: somebody stopped some. Neither makes it not ready',
  }),
})
export type Readiness = Static<typeof Readiness>

export const HealthFault = shape('HealthFault', {
  code: oneOf(['worker-silent', 'tick-missed', 'rules-faulty', 'rules-stopped']),
  /** Null where all accounts are concerned. */
  account: nullable(Type.String()),
  /** Null where it never was well. */
  since: nullable(Instant),
  detail: nullable(Type.String()),
  sentence: Type.String({ description: 'The fault in English' }),
})
export const HealthFaults = shape('HealthFaults', { data: Type.Array(HealthFault) })
export type HealthFaults = Static<typeof HealthFaults>
