/** Computes suggestions for an account and stores them until someone applies or dismisses them; nothing changes before that. */

import type { Account } from '../../engine/account/account.js'
import { HOUR } from '../../engine/clock/zone.js'
import type { Facts } from '../../engine/facts/facts.js'
import { suggestionsFor } from '../../engine/suggestion/suggestions.js'
import { isSameName } from '../../engine/text/canonical.js'
import { matchesGlob } from '../../engine/text/glob.js'
import { recordSuggestions } from '../../store/analysis/suggestions.js'
import { accountOf, type ActivityDependencies } from '../base/dependencies.js'
import { forget, isTimeFor } from '../base/throttle.js'
import { latelyChanged } from '../facts/lately-changed.js'
import { loadFacts } from '../facts/load-facts.js'
import type { InsightActivities } from './contract.js'

export const makeSuggestions =
  (dependencies: ActivityDependencies): InsightActivities['makeSuggestions'] =>
  async ({ account: name }) => {
    const { store, now } = dependencies
    const account = accountOf(dependencies, name)
    const at = now()
    if (!isTimeFor(store, `suggestions ${name}`, HOUR, at)) return { made: 0, outdated: 0, isSkipped: true }
    try {
      return { ...(await look(dependencies, account, at)), isSkipped: false }
    } catch (error) {
      forget(store, `suggestions ${name}`)
      throw error
    }
  }

async function look({ store }: ActivityDependencies, account: Account, at: number) {
  const { name } = account
  const facts = (await loadFacts(store, account, { at, knownAt: at, level: 'adset', days: true, hoursSince: null }))(HOUR)
  const except = protectedIn(facts, account.guardrails.protect)
  const changed = await latelyChanged(store, { account: name, at })
  const found = suggestionsFor({ facts, largestStep: account.guardrails.step, except, changed }).map((suggestion) => ({
    kind: suggestion.kind,
    suggestion_key: suggestion.key,
    changes_json: JSON.stringify(suggestion.changes),
    reason_en: suggestion.reason.en,
    reason_tr: suggestion.reason.tr,
    effect_json: JSON.stringify(suggestion.effect),
  }))
  return await recordSuggestions(store, { account: name, found, at })
}

/**
 * Returns the ids of entities that guardrails protect, by their own or their campaign's name or labels: suggestions for them could
 * not be applied.
 */
function protectedIn(facts: Facts, patterns: readonly string[]): Set<string> {
  const isProtected = (name: string | null, labels: readonly string[]): boolean =>
    patterns.some((one) => labels.some((label) => isSameName(label, one)) || (name !== null && matchesGlob(name, one)))
  const entities = (['campaign', 'adset'] as const).flatMap((scope) => facts.entities(scope))
  return new Set(
    entities.flatMap((entity) => {
      const all = [entity, facts.owner(entity, 'campaign')].filter((one) => one !== null)
      const hit = all.some((one) => {
        const labels = facts.attribute(one, 'labels')
        return isProtected(one.name, typeof labels === 'string' ? labels.split(', ') : [])
      })
      return hit && entity.id !== null ? [entity.id] : []
    }),
  )
}
