/** Whether the chosen version of Meta's API still has time. */

import { GRAPH_VERSIONS, OFFERED_VERSIONS } from '../../connectors/graph-versions.js'
import { fail, type Finding, ok, warn } from './finding.js'

const CHECK = 'Meta API version'
/** Before a version ends, in days. */
const NOTICE = 60
const DAY = 86_400_000

/**
 * @param version as the settings have it: one that can be chosen
 * @param now epoch milliseconds
 */
export function checkApiVersion(version: string, now: number): Finding {
  const ends = GRAPH_VERSIONS.find(({ name }) => name === version)?.ends ?? null
  if (ends === null) return ok(CHECK, `${version}; Meta has not said when it ends.`)
  const days = Math.ceil((Date.parse(ends) - now) / DAY)
  const newest = OFFERED_VERSIONS.find((name) => name !== version) ?? version
  const advice = `Set META_API_VERSION=${newest} in .env, or take the line out, and start tetik again.`
  if (days <= 0) return fail(CHECK, `Meta ended ${version} on ${ends}: its calls are refused.`, advice)
  if (days <= NOTICE) {
    return warn(
      CHECK,
      `Meta ends ${version} on ${ends}, in ${days} ${days === 1 ? 'day' : 'days'}: then its calls are refused.`,
      advice,
    )
  }
  return ok(CHECK, `${version}, which Meta ends on ${ends}.`)
}
