import Type, { type Static } from 'typebox'

import { Instant, nullable, oneOf, shape } from './common.js'

export const Health = shape('Health', { status: Type.Literal('ok') })

export const Readiness = shape('Readiness', {
  status: oneOf(['ready', 'not-ready']),
  store: oneOf(['ok', 'busy', 'full', 'damaged', 'unreachable'], {
    description: 'Read and written just now, and its pages looked through within the hour',
  }),
  temporal: oneOf(['ok', 'unreachable']),
  worker: oneOf(['ok', 'silent'], { description: '`silent`: it did not report for over a minute' }),
  ticks: oneOf(['ok', 'missed'], { description: '`missed`: some account’s tick did not come' }),
  rules: oneOf(['ok', 'faulty', 'stopped', 'faulty-and-stopped'], {
    description:
      '`faulty`: the files have faults and the rules of before are active; `stopped`: somebody stopped some. None of them makes it not ready',
  }),
})
export type Readiness = Static<typeof Readiness>

const HealthFault = shape('HealthFault', {
  code: oneOf(['store-damaged', 'worker-silent', 'tick-missed', 'rules-faulty', 'rules-stopped']),
  /** Null where all accounts are concerned. */
  account: nullable(Type.String()),
  /** Null where it never was well. */
  since: nullable(Instant),
  detail: nullable(Type.String()),
  sentence: Type.String({ description: 'The fault in English' }),
})
export const HealthFaults = shape('HealthFaults', { data: Type.Array(HealthFault) })
export type HealthFaults = Static<typeof HealthFaults>
