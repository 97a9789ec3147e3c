/** Checks when the chosen version of Meta's API ends. */

import { GRAPH_VERSIONS, OFFERED_VERSIONS } from '../../connectors/graph-versions.js'
import { fail, type Finding, ok, warn } from './finding.js'

const CHECK = 'Meta API version'
/** How long before a version's end the doctor warns, days. */
const NOTICE = 60
const DAY = 86_400_000

/**
 * @param version one of those that the settings accept
 * @param now epoch milliseconds
 */
export function checkApiVersion(version: string, now: number): Finding {
  const ends = GRAPH_VERSIONS.find(({ name }) => name === version)?.ends ?? null
  if (ends === null) return ok(CHECK, `${version}; Meta has not announced when it ends.`)
  const days = Math.ceil((Date.parse(ends) - now) / DAY)
  const newest = OFFERED_VERSIONS.find((name) => name !== version) ?? version
  const advice = `Set META_API_VERSION=${newest} in .env, or remove the line, and restart tetik.`
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
