/** Computes the forecasts that the due rules need, before they are evaluated. */

import { evaluateExpression } from '../../engine/expression/evaluate/evaluate.js'
import type { ForecastResult, ForecastTask } from '../../engine/forecast/task.js'
import { monthOf } from '../../engine/report/month.js'
import { evaluateRule, prepareRule, selectionOf } from '../../engine/rule/evaluate/evaluate.js'
import type { Rule } from '../../engine/rule/rule.js'
import { expressionsOfRule } from '../../engine/rule/steps/expressions.js'
import { contentHash, saveForecasts, storedForecasts } from '../../store/analysis/forecasts.js'
import { loadedRules } from '../../store/rules/rules.js'
import { accountOf, type ActivityDependencies } from '../base/dependencies.js'
import { whileAlive } from '../base/heartbeat.js'
import { reports, usesForecast } from '../facts/rule-needs.js'
import type { ForecastActivities } from './contract.js'
import { factsFor, type FactsOfTick } from './facts-of-tick.js'

/** Computes forecasts in worker threads. */
export interface ForecastRunner {
  run(task: ForecastTask): Promise<ForecastResult>
}

/** First what `where` needs, then what `when` needs for the selected entities, then what the texts need for those that fire. */
const ROUNDS = 3

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
        for (const rule of rules) await ask(rule, facts)
        if (wanted.size === 0) break
        const worked = await Promise.all([...wanted].map(async ([hash, task]) => ({ hash, result: await runner.run(task) })))
        // A forecast that timed out stays unknown, and the next tick tries again.
        const done = worked.filter(({ result }) => result.kind !== 'timed-out')
        await saveForecasts(store, name, done, now())
        made += done.length
      }
      return { made }
    })

/** Looks up everything that the rule's conditions need, and what checks and texts need for the entities that fire. */
async function ask(rule: Rule, tick: FactsOfTick): Promise<void> {
  const facts = tick.of(rule)
  const prepared = prepareRule(rule)
  const evaluations = await evaluateRule(prepared, facts)
  // An event's payload is not available here, so a rule that is unknown without it may still fire.
  const mayFire = rule.cadence.kind === 'hook' ? ['fire', 'unknown'] : ['fire']
  const firing = evaluations.filter(({ outcome }) => mayFire.includes(outcome)).map(({ entity }) => entity)
  if (firing.length === 0) return
  if (reports(rule)) monthOf(tick.usual, tick.usual.entities('account')[0]!)
  const expressions = [...expressionsOfRule(rule)].filter(({ kind }) => kind === 'forecast' || kind === 'aggregate')
  const selection = expressions.some(({ kind }) => kind === 'aggregate') ? await selectionOf(prepared, facts) : null
  for (const entity of firing) for (const expression of expressions) evaluateExpression(expression, facts, entity, selection)
}
