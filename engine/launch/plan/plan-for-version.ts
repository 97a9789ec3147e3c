/** The plan of a launch under one version of Meta's API. */

import type { MediaFile } from '../launch-object.js'
import type { ExistingObject, LaunchPlan } from '../launch-plan.js'
import type { LaunchSpec } from '../launch-spec.js'
import { OPT_OUTS_SINCE, saysNo } from '../meta/opt-outs.js'
import { objectsOf } from '../objects/objects.js'
import { planLaunch } from './plan.js'

/**
 * What is newly made says no to what this version switches on by itself; what was made before says what it said then, so that a
 * newer version changes nothing that is there.
 *
 * @param version `27` of `v27.0`
 */
export function planForVersion(
  launch: LaunchSpec,
  files: ReadonlyMap<string, MediaFile>,
  standing: ReadonlyMap<string, ExistingObject>,
  version: number,
): LaunchPlan {
  const saidNo = (key: string): boolean => {
    const made = standing.get(key)
    return made !== undefined && saysNo(key.startsWith('adset/') ? 'adset' : 'creative', made.applied)
  }
  const plan = (optsOut: (key: string) => boolean) => planLaunch(objectsOf(launch, files, optsOut), standing, launch.publish)
  const first = plan(saidNo)
  if (version < OPT_OUTS_SINCE) return first
  const isNew = new Set(
    first.objects.filter(({ action }) => action === 'create' || action === 'replace').map(({ object }) => object.key),
  )
  return plan((key) => isNew.has(key) || saidNo(key))
}
