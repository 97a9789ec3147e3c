import Type, { type Static } from 'typebox'

import { oneOf, shape } from './common.js'

export const Health = shape('Health', { status: Type.Literal('ok') })

export const Readiness = shape('Readiness', {
  status: oneOf(['ready', 'not-ready']),
  store: oneOf(['ok', 'broken']),
  temporal: oneOf(['ok', 'unreachable']),
})
export type Readiness = Static<typeof Readiness>
