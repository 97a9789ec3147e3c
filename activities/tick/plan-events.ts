/** Returns the events that wait for an account's rules, and the one reading of the account that they share. */

import type { Rule } from '../../engine/rule/rule.js'
import { waitingEvents } from '../../store/incoming/events-to-evaluate.js'
import { loadedRules } from '../../store/rules/rules.js'
import { accountOf, type ActivityDependencies } from '../base/dependencies.js'
import { usesForecast } from '../facts/rule-needs.js'
import { planReading } from '../sync/plan-reading.js'
import { type EventPlan, type TickActivities } from './contract.js'
import { giveUpEvent } from './event-decisions.js'
import { rulesOfAccount } from './rules-of-account.js'

/** The most events in one plan; the others wait for the next. */
const MOST_EVENTS = 100

export const planEvents =
  (dependencies: ActivityDependencies): TickActivities['planEvents'] =>
  async ({ account: name, without }) => {
    const { store, settings, now } = dependencies
    const account = accountOf(dependencies, name)
    const rules = rulesOfAccount(
      (await loadedRules(store)).map(({ rule }) => rule),
      settings(),
      name,
    )
    const events: EventPlan['events'][number][] = []
    const due = new Map<string, Rule>()
    for (const event of await waitingEvents(store, name, { without, most: MOST_EVENTS })) {
      const waiting = rules.filter(({ cadence }) => cadence.kind === 'hook' && event.startsWith(`${cadence.name}/`))
      if (waiting.length === 0) {
        const note = 'Nothing was evaluated: the rule was removed or changed before the event’s turn came.'
        await giveUpEvent(store, { account: name, event, at: now(), note }, (gone) => rulesOfAccount(gone, settings(), name))
      } else events.push({ event, rules: waiting.map(({ id }) => id).sort() })
      for (const rule of waiting) due.set(rule.id, rule)
    }
    if (events.length === 0) return { events, insights: [], rules: [], forecasts: false }
    const needed = [...due.values()]
    const at = now()
    const { insights } = await planReading(store, account, needed, { at, now: at })
    return { events, insights, rules: [...due.keys()].sort(), forecasts: needed.some(usesForecast) }
  }
