/** Audiences of an account's own that a targeting names: they must be there. */

import type { World } from '../../world.js'
import { checkAsset } from '../assets.js'
import { invalidParameter } from '../errors.js'
import { idOf, isRecord } from '../parameters.js'
import type { Targeting } from './targeting.js'

/** @throws GraphError 100 for one that the account does not have */
export function checkAudiences(world: World, targeting: Targeting): void {
  for (const key of ['custom_audiences', 'excluded_custom_audiences']) {
    for (const [index, given] of ((targeting[key] as unknown[] | undefined) ?? []).entries()) {
      const place = `targeting[${key}][${index}]`
      const id = idOf(isRecord(given) ? given.id : given)
      if (id === null) throw invalidParameter(`Param ${place} must have the id of an audience`)
      checkAsset(world, 'CustomAudience', id, `${place}[id]`)
    }
  }
}
