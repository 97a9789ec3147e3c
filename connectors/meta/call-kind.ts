/** Classifies calls, for counting them. */

import { HOURLY_BREAKDOWN } from './insights-row.js'
import type { MetaCall } from './meta-graph.js'

export interface CountedCall {
  /** `campaigns`, `adset insights by hour`, `report`, `change`; one of few values, without ids. */
  readonly kind: string
  /** Whether Meta answered with an error, or not at all. */
  readonly failed: boolean
}

export function kindOfCall({ path, method, parameters, changes, lane }: MetaCall): string {
  if (changes) return 'change'
  if (lane === 'insights') {
    if (method !== 'GET' || !path.startsWith('act_')) return 'report'
    const what = /\breach\b/.test(parameters?.fields ?? '')
      ? 'reach'
      : `insights by ${parameters?.breakdowns?.includes(HOURLY_BREAKDOWN) ? 'hour' : 'day'}`
    return `${parameters?.level ?? 'account'} ${what}`
  }
  const [node = '', edge] = path.split('/')
  return edge ?? (node.startsWith('act_') ? 'account' : 'object')
}
