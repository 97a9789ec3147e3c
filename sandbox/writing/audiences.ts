/** Checks that all custom audiences in a targeting exist in the account. */

import { invalidParameter } from '../protocol/errors.js'
import { idOf, isRecord } from '../protocol/parameters.js'
import { checkAsset } from '../reading/assets.js'
import type { World } from '../world/world.js'
import { flexibleParts, type Targeting } from './targeting.js'

const KEYS = ['custom_audiences', 'excluded_custom_audiences']

/** @throws GraphError 100 for one that the account does not have */
export function checkAudiences(world: World, targeting: Targeting): void {
  for (const { spec, place } of [{ spec: targeting, place: 'targeting' }, ...flexibleParts(targeting)]) {
    for (const key of KEYS) checkList(world, (spec[key] as unknown[] | undefined) ?? [], `${place}[${key}]`)
  }
}

function checkList(world: World, audiences: readonly unknown[], place: string): void {
  for (const [index, given] of audiences.entries()) {
    const id = idOf(isRecord(given) ? given.id : given)
    if (id === null) throw invalidParameter(`Param ${place}[${index}] must have the id of an audience`)
    checkAsset(world, 'CustomAudience', id, `${place}[${index}][id]`)
  }
}
