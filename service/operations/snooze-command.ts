/** `tetik snooze`: writes to the store, whether or not tetik is running. It takes effect at the next evaluation. */

import { userInfo } from 'node:os'

import { parseDuration } from '../../engine/expression/read/amount.js'
import { idsNamed } from '../../store/account/entities-ever.js'
import type { Store } from '../../store/base/store.js'
import { findLoadedRule } from '../../store/rules/rules.js'
import { ALL_ENTITIES, snooze, wake } from '../../store/rules/snoozes.js'
import { loadServiceSettings, type ServiceSettings } from '../settings/settings.js'
import { openProjectStore } from './project-store.js'

/** The command names an unknown rule or entity, or an invalid duration. */
class SnoozeError extends Error {
  override readonly name = 'SnoozeError'
}

export interface SnoozeResult {
  readonly rule: string
  /** Meta's id; null for all entities of the rule. */
  readonly entity: string | null
  /** Epoch milliseconds; null if the snooze was ended. */
  readonly until: number | null
}

/** Milliseconds; a rule that should rest longer is better changed. */
const LONGEST = 90 * 24 * 3_600_000

/** @param length `2d`, `6h`; null ends the snooze */
export async function snoozeFromCommand(
  rule: string,
  entity: string | null,
  length: string | null,
  service: ServiceSettings = loadServiceSettings(),
  now = Date.now(),
): Promise<SnoozeResult> {
  const lasts = length === null ? null : readLength(length)
  const store = await openProjectStore(service)
  try {
    if ((await findLoadedRule(store, rule)) === undefined) throw new SnoozeError(`No rule "${rule}" is loaded.`)
    const key = entity === null ? ALL_ENTITIES : await keyOf(store, entity)
    const result = { rule, entity: entity === null ? null : key }
    if (lasts === null) {
      if (!(await wake(store, rule, key)))
        throw new SnoozeError(`${rule} is not snoozed${entity === null ? '' : ` for ${entity}`}.`)
      return { ...result, until: null }
    }
    const until = now + lasts
    await snooze(store, { rule, entity_key: key, until, snoozed_by: `command line: ${userName()}`, snoozed_at: now })
    return { ...result, until }
  } finally {
    await store.close()
  }
}

function readLength(text: string): number {
  const { value, faults } = parseDuration(text)
  if (value === null || value <= 0)
    throw new SnoozeError(`--for ${text}: ${faults[0]?.message ?? 'it must be longer than zero'}.`)
  if (value > LONGEST) throw new SnoozeError(`--for ${text}: at most 90 days; for longer, change the rule.`)
  return value
}

/** Finds an entity's key by Meta's id, or by a name that only one entity has. */
async function keyOf(store: Store, entity: string): Promise<string> {
  const [only, ...others] = await idsNamed(store, entity)
  if (only === undefined) throw new SnoozeError(`No campaign, ad set or ad has the id or name "${entity}".`)
  if (others.length > 0)
    throw new SnoozeError(`Several entities have the name "${entity}"; give an id (${[only, ...others].join(', ')}).`)
  return only
}

function userName(): string {
  try {
    return userInfo().username
  } catch {
    return 'somebody'
  }
}
