/** Works out the forecasts that the due rules will ask for, before they are evaluated. */

import { evaluateExpression } from '../../engine/expression/evaluate/evaluate.js'
import type { ForecastResult, ForecastTask } from '../../engine/forecast/task.js'
import { monthOf } from '../../engine/report/month.js'
import { evaluateRule, prepareRule, selectionOf } from '../../engine/rule/evaluate/evaluate.js'
import type { Rule } from '../../engine/rule/rule.js'
import {} from '../../engine/rule/walk.js'
import { expressionsOfRule } from '../../engine/rule/steps/expressions.js'
import { contentHash, saveForecasts, storedForecasts } from '../../store/analysis/forecasts.js'
import { loadedRules } from '../../store/rules/rules.js'
import { accountOf, type ActivityDependencies } from '../base/dependencies.js'
import { whileAlive } from '../base/heartbeat.js'
import { reports, usesForecast } from '../facts/rule-needs.js'
import type { ForecastActivities } from './contract.js'
import { factsFor, type FactsOfTick } from './facts-of-tick.js'

/** Who works forecasts out, in threads of its own. */
export interface ForecastRunner {
  run(task: ForecastTask): Promise<ForecastResult>
}

/** What `where` asks for comes first, then what `when` asks of those selected, then what the texts of those that fire ask. */
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
        // What took too long stays unknown, and is tried again by the next tick.
        const done = worked.filter(({ result }) => result.kind !== 'timed-out')
        await saveForecasts(store, name, done, now())
        made += done.length
      }
      return { made }
    })

/** Looks up all that the rule's conditions rest on, and what checks and texts will ask of the entities that fire. */
async function ask(rule: Rule, tick: FactsOfTick): Promise<void> {
  const facts = tick.of(rule)
  const prepared = prepareRule(rule)
  const judged = await evaluateRule(prepared, facts)
  // What an event brought is not at hand here: a rule on it may fire yet.
  const mayFire = rule.cadence.kind === 'hook' ? ['fire', 'unknown'] : ['fire']
  const firing = judged.filter(({ evaluation }) => mayFire.includes(evaluation.outcome)).map(({ entity }) => entity)
  if (firing.length === 0) return
  if (reports(rule)) monthOf(tick.usual, tick.usual.entities('account')[0]!)
  const expressions = [...expressionsOfRule(rule)].filter(({ kind }) => kind === 'forecast' || kind === 'aggregate')
  const selection = expressions.some(({ kind }) => kind === 'aggregate') ? await selectionOf(prepared, facts) : null
  for (const entity of firing) for (const expression of expressions) evaluateExpression(expression, facts, entity, selection)
}
