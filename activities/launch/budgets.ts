/** Turns a launch's objects into entities of the account, including those that do not exist yet, so that guardrails can check them. */

import type { Json } from '../../engine/launch/json.js'
import type { LaunchPlan } from '../../engine/launch/launch-plan.js'
import type { Entity } from '../../store/account/entities.js'
import type { AccountSnapshot } from '../guardrails/account-snapshot.js'

/** By the object's key. An object that does not exist yet has its key as id. */
export type LaunchEntities = ReadonlyMap<string, Entity>

/**
 * Adds the campaign, ad sets and ads of a plan to the snapshot: existing ones as they are, new ones as they will be created, paused.
 *
 * @param ids Meta's ids of the objects that exist, by key
 */
export function layLaunchOver(snapshot: AccountSnapshot, plan: LaunchPlan, ids: ReadonlyMap<string, string>): LaunchEntities {
  const entities = new Map<string, Entity>()
  const idOf = (key: string): string => ids.get(key) ?? key
  for (const { object, action } of plan.objects) {
    if (object.kind !== 'campaign' && object.kind !== 'adset' && object.kind !== 'ad') continue
    const { kind: level, key, name, parent, fields } = object
    const exists = action !== 'create' && action !== 'replace' && ids.has(key)
    const known = exists ? snapshot.find(level, idOf(key)) : null
    const above = parent === null ? null : entities.get(parent)
    const id = exists ? idOf(key) : key
    const entity: Entity = {
      level,
      id,
      campaignId: level === 'campaign' ? id : (above?.campaignId ?? ''),
      adsetId: level === 'adset' ? id : level === 'ad' ? (above?.id ?? null) : null,
      name,
      status: known?.status ?? 'PAUSED',
      effectiveStatus: known?.effectiveStatus ?? 'PAUSED',
      // Existing objects as they are: changes of them are checked separately.
      dailyBudget: known === null ? amountOf(fields['daily_budget']) : known.dailyBudget,
      lifetimeBudget: known === null ? amountOf(fields['lifetime_budget']) : known.lifetimeBudget,
      fields: known === null ? schedule(fields['end_time']) : known.fields,
    }
    entities.set(key, entity)
    snapshot.replace(entity)
  }
  return entities
}

/** Returns minor units, from text or a number; null if it is not a positive amount. */
function amountOf(value: Json | undefined): number | null {
  const amount = typeof value === 'number' || typeof value === 'string' ? Number(value) : NaN
  return Number.isSafeInteger(amount) && amount > 0 ? amount : null
}

/** Returns the end in epoch milliseconds, from Meta's text or UNIX seconds. */
function schedule(value: Json | undefined): { readonly end_time?: number } {
  const end = typeof value === 'number' ? value * 1000 : typeof value === 'string' ? instantOf(value) : NaN
  return Number.isFinite(end) ? { end_time: end } : {}
}

const instantOf = (text: string): number => (/^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text))
