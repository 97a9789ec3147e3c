/** A launch as the API shows it. */

import { type LaunchObjectRow, openObjects, standingObjects } from '../../../store/launches/launch-objects.js'
import { type LaunchRunRow, runsOfLaunch } from '../../../store/launches/launch-runs.js'
import type { LaunchSpecRow } from '../../../store/launches/launches.js'
import { temporalNames } from '../../../temporal.config.js'
import { launchWorkflowId } from '../../temporal/start-launch.js'
import type { ApiContext } from '../http/context.js'
import { instant, instantOrNull } from '../http/instant.js'
import { workflowUrl } from '../http/links.js'
import type { Launch, LaunchPlan } from '../shapes/launch.js'

const MOST_RUNS = 20

export async function launchView(context: ApiContext, { spec, isLoaded }: LaunchSpecRow): Promise<Launch> {
  const { key, account, file, version, publish } = spec
  const owner = { account, launch: key }
  const rows = [...(await standingObjects(context.store, owner)).values(), ...(await openObjects(context.store, owner))]
  const runs = await runsOfLaunch(context.store, key, MOST_RUNS)
  return {
    key,
    account,
    file,
    version,
    publish,
    loaded: isLoaded,
    runs: runs.map((run) => runView(context, run)),
    objects: rows.map(objectView),
  }
}

const runView = (context: ApiContext, run: LaunchRunRow): Launch['runs'][number] => ({
  id: run.id,
  state: run.state,
  note: run.note,
  publish: run.publish,
  madeBy: run.madeBy,
  decision: run.decision,
  createdAt: instant(run.createdAt),
  updatedAt: instant(run.updatedAt),
  workflowUrl: workflowUrl(context, launchWorkflowId(temporalNames(context.installation), run)),
})

const objectView = ({ key, kind, name, meta_id: id, state, published_at: at }: LaunchObjectRow): Launch['objects'][number] => ({
  key,
  kind,
  name,
  id,
  standing: state === 'standing',
  publishedAt: instantOrNull(at),
})

/** @param row a run that has a plan */
export function planView({ launch, version, plan, note }: LaunchRunRow): LaunchPlan {
  return {
    launch,
    version,
    summary: note ?? '',
    objects: (plan?.objects ?? []).map(({ object, action, because, changes, drift }) => ({
      key: object.key,
      kind: object.kind,
      name: object.name,
      action,
      because,
      changes: changes.map((change) => ({ ...change })),
      drift: drift.map((one) => ({ ...one })),
      filled: object.filled.map((one) => ({ ...one })),
    })),
    leftAlone: [...(plan?.leftAlone ?? [])],
    toPublish: [...(plan?.publish ?? [])],
  }
}
