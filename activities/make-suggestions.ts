/** Looks what could be done in an account, and keeps it until somebody says a word. */

import { HOUR } from '../engine/clock/zone.js'
import { suggestionsFor } from '../engine/suggestion/suggestions.js'
import { recordSuggestions } from '../store/suggestions.js'
import type { MainActivities } from './contracts.js'
import { accountOf } from './dependencies.js'
import type { ActivityDependencies } from './dependencies.js'
import { loadFacts } from './load-facts.js'

export const makeSuggestions =
  (dependencies: ActivityDependencies): MainActivities['makeSuggestions'] =>
  async ({ account: name }) => {
    const { store, now } = dependencies
    const account = accountOf(dependencies, name)
    const at = now()
    const facts = (await loadFacts(store, account, { at, knownAt: at, level: 'adset', days: true, hoursSince: null }))(HOUR)
    const found = suggestionsFor({ facts, largestStep: account.guardrails.step }).map((suggestion) => ({
      kind: suggestion.kind,
      suggestion_key: suggestion.key,
      changes_json: JSON.stringify(suggestion.changes),
      reason_en: suggestion.reason.en,
      reason_tr: suggestion.reason.tr,
      effect_json: JSON.stringify(suggestion.effect),
    }))
    return await recordSuggestions(store, { account: name, found, at })
  }
