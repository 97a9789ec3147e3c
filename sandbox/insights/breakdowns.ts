/** The `breakdowns` of an insights query: which exist, and which can be combined. */

import { valuesOf } from '../catalog/catalog.js'
import { GraphError, invalidParameter } from '../protocol/errors.js'
import { enumListParameter, type Parameters } from '../protocol/parameters.js'
import { isDivided } from './segments.js'

export const HOURLY = 'hourly_stats_aggregated_by_advertiser_time_zone'

export interface Breakdowns {
  readonly hourly: boolean
  /** The breakdowns by which rows are divided, in the requested order. */
  readonly divided: readonly string[]
  /** Whether the answer has no rows, because there is no data for a breakdown, or because Meta may answer so since 2026-08-03. */
  readonly empty: boolean
}

/** Only breakdowns of the same group can be combined (Insights API, "Combining Breakdowns"). */
const TOGETHER: ReadonlyArray<readonly string[]> = [
  ['age', 'gender'],
  ['comscore_market', 'country', 'dma', 'region'],
  ['device_platform', 'impression_device', 'platform_position', 'publisher_platform'],
]
/** Breakdowns that are only available with another one. */
const NEEDS: Readonly<Record<string, string>> = {
  impression_device: 'publisher_platform',
  platform_position: 'publisher_platform',
}
/** Counts of people, which are not available by hour. */
const UNIQUE = /^(reach|frequency|cpp|unique_\w+|cost_per_unique_\w+)$/

const insightsError = (message: string): GraphError =>
  new GraphError({
    message: `(#2) Invalid breakdowns: ${message}`,
    type: 'OAuthException',
    code: 2,
    error_subcode: 1504041,
    is_transient: false,
  })

/** @throws GraphError 100 for a breakdown that does not exist, 2/1504041 for those that cannot be combined */
export function readBreakdowns(parameters: Parameters, fields: readonly string[]): Breakdowns {
  const all = enumListParameter(parameters, 'breakdowns', valuesOf('AdsInsights', 'Breakdowns')) ?? []
  const hourly = all.includes(HOURLY)
  const fits = all.length <= 1 || TOGETHER.some((group) => all.every((each) => group.includes(each)))
  if (!fits) throw insightsError(`${all.join(', ')} cannot be combined`)
  for (const [name, needed] of Object.entries(NEEDS)) {
    if (all.includes(name) && !all.includes(needed)) throw insightsError(`${name} can only be had together with ${needed}`)
  }
  if (all.some((name) => name.startsWith('hourly_')) && fields.some((field) => UNIQUE.test(field))) {
    throw insightsError('hourly stats exclude reach, frequency and other unique metrics')
  }
  const divided = all.filter(isDivided)
  return { hourly, divided: inOrder(divided), empty: all.some((name) => name !== HOURLY && !isDivided(name)) }
}

/** A platform before its positions, which depend on it. */
const inOrder = (names: readonly string[]): string[] =>
  [...names].sort((a, b) => Number(a === 'platform_position') - Number(b === 'platform_position'))

/** @throws GraphError 100 if `fields` has no `actions` to break down */
export function readActionBreakdowns(parameters: Parameters, fields: readonly string[]): readonly string[] {
  const given = enumListParameter(parameters, 'action_breakdowns', valuesOf('AdsInsights', 'ActionBreakdowns')) ?? []
  if (given.length > 0 && !fields.includes('actions')) throw invalidParameter('action_breakdowns needs actions among the fields')
  return given
}
