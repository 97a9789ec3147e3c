/**
 * A person's change through our API or panel, before it is applied. Guardrails stand above rules, not above people: only what
 * Meta itself refuses is refused.
 */

import { findMutation } from '../store/mutations.js'
import { whileAlive } from './alive.js'
import { changeInWords } from './change-in-words.js'
import type { MetaReadActivities, PreparedChange, RequestedChange } from './contracts.js'
import { accountOf } from './dependencies.js'
import type { ActivityDependencies } from './dependencies.js'
import { failureOf } from './errors.js'
import { intendRequested } from './intend-requested.js'
import { valueOf } from './outside-changes.js'
import { prepareApproved } from './prepare-approved.js'
import { keepReading } from './save-entity.js'

export const prepareChange =
  (dependencies: ActivityDependencies): MetaReadActivities['prepareChange'] =>
  (request) =>
    whileAlive(() => prepare(dependencies, request))

async function prepare(dependencies: ActivityDependencies, request: RequestedChange): Promise<PreparedChange> {
  const { store, now } = dependencies
  const { level, entityId, field, target } = request
  const account = accountOf(dependencies, request.account)
  const written = await findMutation(store, request.mutation)
  if (written !== undefined) return { kind: 'change', ...changeInWords({ field, before: written.before, target }, account) }
  try {
    const askedAt = now()
    const node = await dependencies.meta(account).readEntity(level as 'adset', entityId)
    const entity = await keepReading(store, account.name, node, askedAt)
    const before = valueOf(entity, field)
    if (before === null) {
      const note = `“${entity.name}” has no ${field.replace('_', ' ')} of its own: its budget is of the other kind or elsewhere.`
      return { kind: 'refused', note, reason: null, tellOwner: false }
    }
    if (request.restores !== undefined && request.restores.from !== before) {
      const note = `Somebody has changed “${entity.name}” since: its ${field.replace('_', ' ')} is ${before} now.`
      return { kind: 'refused', note, reason: null, tellOwner: false }
    }
    if (request.approved !== undefined) return await prepareApproved(dependencies, request, { account, entity, before })
    return await intendRequested(store, request, account, { before, at: now() })
  } catch (error) {
    throw failureOf(error)
  }
}
