/**
 * Returns the rules of an account that are due and the data that they need. If none is due, the account is still read regularly.
 */

import { dueMoment } from '../../engine/rule/cadence.js'
import { reportHealth } from '../../store/account/health.js'
import { unheardAnswers } from '../../store/decisions/approvals.js'
import { isEventForgotten } from '../../store/incoming/events-to-evaluate.js'
import { requestedRules } from '../../store/rules/evaluation-requests.js'
import { lastEvaluations } from '../../store/rules/rule-states.js'
import { loadedRules } from '../../store/rules/rules.js'
import { accountOf, type ActivityDependencies } from '../base/dependencies.js'
import { usesForecast } from '../facts/rule-needs.js'
import { isReadingDue, planReading } from '../sync/plan-reading.js'
import type { TickActivities } from './contract.js'
import { settleLostCarryOuts } from './lost-carry-outs.js'
import { settleLostRequests } from './lost-requests.js'
import { rulesOfAccount } from './rules-of-account.js'

/** In milliseconds. The process that stores an answer signals the workflow at once; after this time it must have been killed. */
const UNHEARD = 15_000

/** In milliseconds. Events are evaluated within seconds; one that has waited this long has lost its workflow. */
const FORGOTTEN_AFTER = 2 * 60_000

export const planTick =
  (dependencies: ActivityDependencies): TickActivities['planTick'] =>
  async ({ account: name, at, event }) => {
    const { store, settings, now } = dependencies
    const account = accountOf(dependencies, name)
    const messages = await settleLostCarryOuts(dependencies, name)
    await settleLostRequests(dependencies, name)
    const answered = (await unheardAnswers(store, name, now() - UNHEARD)).flatMap(({ id, workflow }) =>
      workflow === null ? [] : [{ workflow, approval: id }],
    )
    const found = {
      ...(messages.length > 0 ? { messages } : {}),
      ...(answered.length > 0 ? { answered } : {}),
      ...((await isEventForgotten(store, name, now() - FORGOTTEN_AFTER)) ? { events: true as const } : {}),
    }
    const stored = await loadedRules(store)
    const knownSince = new Map(stored.map(({ rule, loadedAt }) => [rule.id, loadedAt]))
    const last = await lastEvaluations(store, name)
    const requested = await requestedRules(store, name, now())
    const due = rulesOfAccount(
      stored.map(({ rule }) => rule),
      settings(),
      name,
    ).filter(({ id, cadence }) => {
      if (event !== undefined) return cadence.kind === 'hook' && event.startsWith(`${cadence.name}/`)
      const context = {
        zone: account.timezone,
        lastEvaluated: last.get(id) ?? null,
        knownSince: knownSince.get(id) ?? at,
        now: at,
      }
      return requested.has(id) || dueMoment(cadence, context) !== null
    })
    // If rules are due, the tick counts only after their evaluation: one whose evaluation keeps failing is a missed tick.
    if (due.length === 0) await reportHealth(store, `tick:${name}`, now())
    if (due.length === 0 && !(await isReadingDue(store, name, now()))) return { due: [], insights: [], history: [], ...found }
    const plan = await planReading(store, account, due, { at, now: now() })
    const forecasts = due.some(usesForecast) ? { forecasts: true } : {}
    return { due: due.map(({ id }) => id).sort(), ...plan, ...forecasts, ...found }
  }
