/** Edits that are not made with a client's token but with `POST /sandbox/edits`, for tests and people. */

import { type AuthorKind, AUTHORS } from '../base/author.js'
import { GraphError, invalidParameter } from '../protocol/errors.js'
import { isRecord } from '../protocol/parameters.js'
import type { Call } from '../request/call.js'
import { keepFact, keptFact } from '../state/database.js'
import { recordActivities } from '../world/log.js'
import type { Worlds } from '../world/world.js'
import { updateObject } from './update.js'

export class EditError extends Error {}

const SWITCH = 'automated-adjustments'

/** Whether Meta may adjust budgets and pause objects by itself; off by default. */
const adjusts = ({ first }: Worlds): boolean => keptFact(first.database, SWITCH, () => false)
export const switchAdjustments = ({ first }: Worlds, on: boolean): void => keepFact(first.database, SWITCH, on)

/**
 * @param given `{ by: 'person' | 'app' | 'meta', object: '<id>', …fields as Graph takes them }`
 * @throws EditError for edits that Graph would refuse, and for Meta's own adjustments while they are off
 */
export function editBy(worlds: Worlds, given: unknown): { readonly object: string; readonly changed: readonly string[] } {
  const { by = 'person', object: id, ...fields } = isRecord(given) ? given : {}
  const world = typeof id === 'string' ? worlds.owning(id) : undefined
  const object = world?.objects.find(String(id))
  if (world === undefined || object === undefined) throw new EditError('object is the id of something in one of the accounts.')
  if (by !== 'person' && by !== 'app' && by !== 'meta') throw new EditError('by is person, app or meta.')
  if (by === 'meta' && !adjusts(worlds))
    throw new EditError('Automated adjustments are off: PUT /sandbox/adjustments {"on": true}.')
  const call: Call = {
    world,
    worlds,
    method: 'POST',
    version: 27,
    base: '',
    path: object.id,
    parameters: fields,
    now: world.now(),
    mutations: [],
    message: null,
    swallowed: [],
    useCase: 'ads_management',
    rows: 0,
    reportFailure: null,
    insightsFaults: new Set(),
  }
  try {
    if (Object.keys(fields).length === 0) throw invalidParameter('No field to edit was given')
    updateObject(call, object)
  } catch (error) {
    if (error instanceof GraphError) throw new EditError(error.body.error_user_msg ?? error.body.message)
    throw error
  }
  recordActivities(call, AUTHORS[by satisfies AuthorKind])
  return { object: object.id, changed: call.mutations.map(({ field }) => field) }
}
