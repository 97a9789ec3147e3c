/** Works out the forecasts that the due rules will ask for, before they are evaluated. */

import type { ForecastResult, ForecastTask } from '../engine/forecast/task.js'
import { evaluateRule, prepareRule } from '../engine/rule/evaluate.js'
import { contentHash, saveForecasts, storedForecasts } from '../store/forecasts.js'
import { loadedRules } from '../store/rules.js'
import { whileAlive } from './alive.js'
import type { ForecastActivities } from './contracts.js'
import { accountOf } from './dependencies.js'
import type { ActivityDependencies } from './dependencies.js'
import { factsFor } from './facts-of-tick.js'
import { usesForecast } from './rule-needs.js'

/** Who works forecasts out, in threads of its own. */
export interface ForecastRunner {
  run(task: ForecastTask): Promise<ForecastResult>
}

/** A rule whose `where` asks for a forecast asks the others' only of what that selects. */
const ROUNDS = 2

export const prepareForecasts =
  (dependencies: ActivityDependencies, runner: ForecastRunner): ForecastActivities['prepareForecasts'] =>
  ({ account: name, at, rules: due }) =>
    whileAlive(async () => {
      const { store, now } = dependencies
      const account = accountOf(dependencies, name)
      const rules = (await loadedRules(store))
        .map(({ rule }) => rule)
        .filter((rule) => due.includes(rule.id) && usesForecast(rule))
      let made = 0
      for (let round = 0; round < ROUNDS && rules.length > 0; round++) {
        const knownAt = now()
        const known = await storedForecasts(store, name, knownAt)
        const wanted = new Map<string, ForecastTask>()
        const facts = await factsFor(store, account, rules, at, knownAt, (task) => {
          const result = known(task)
          if (result === null) wanted.set(contentHash(task), task)
          return result
        })
        for (const rule of rules) await evaluateRule(prepareRule(rule), facts.of(rule))
        if (wanted.size === 0) break
        const worked = await Promise.all([...wanted].map(async ([hash, task]) => ({ hash, result: await runner.run(task) })))
        // What took too long stays unknown, and is tried again by the next tick.
        const done = worked.filter(({ result }) => result.kind !== 'timed-out')
        await saveForecasts(store, name, done, now())
        made += done.length
      }
      return { made }
    })
