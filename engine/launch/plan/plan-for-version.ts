/** The plan of a launch under one version of Meta's API. */

import type { MediaFile } from '../launch-object.js'
import type { ExistingObject, LaunchPlan } from '../launch-plan.js'
import type { LaunchSpec } from '../launch-spec.js'
import { isOptedOut, OPT_OUTS_SINCE } from '../meta/opt-outs.js'
import { objectsOf } from '../objects/objects.js'
import { planLaunch } from './plan.js'

/**
 * Plans a launch. New objects opt out of the features that this version enables by default. Existing ones keep what they were created
 * with, so that a newer version alone changes nothing.
 *
 * @param version `27` of `v27.0`
 */
export function planForVersion(
  spec: LaunchSpec,
  files: ReadonlyMap<string, MediaFile>,
  existing: ReadonlyMap<string, ExistingObject>,
  version: number,
): LaunchPlan {
  const wasOptedOut = (key: string): boolean => {
    const current = existing.get(key)
    return current !== undefined && isOptedOut(key.startsWith('adset/') ? 'adset' : 'creative', current.applied)
  }
  const plan = (optsOut: (key: string) => boolean) => planLaunch(objectsOf(spec, files, optsOut), existing, spec.publish)
  const first = plan(wasOptedOut)
  if (version < OPT_OUTS_SINCE) return first
  const isNew = new Set(
    first.objects.filter(({ action }) => action === 'create' || action === 'replace').map(({ object }) => object.key),
  )
  return plan((key) => isNew.has(key) || wasOptedOut(key))
}
