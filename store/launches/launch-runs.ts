/** Each time a launch was planned or applied: who wanted it, what was found to be done, and how it ended. */

import type { LaunchMedia } from '../../engine/launch/launch-object.js'
import type { Publish } from '../../engine/launch/launch.js'
import type { LaunchPlan } from '../../engine/launch/planned-object.js'
import type { Store } from '../base/store.js'
import type { LaunchRunState } from '../tables/launches.js'
import type { Row } from '../tables/tables.js'

export interface NewLaunchRun {
  readonly id: string
  readonly account: string
  readonly launch: string
  readonly version: string
  readonly kind: 'plan' | 'apply'
  readonly publish: Publish
  readonly rollback: boolean
  readonly overwriteDrift: boolean
  /** A rule's id, or `api:<who>`. */
  readonly madeBy: string
  readonly decision: string | null
  /** Of the rule's step: its place in `then`. */
  readonly step: number | null
}

export interface LaunchRun extends NewLaunchRun {
  readonly media: readonly LaunchMedia[] | null
  readonly plan: LaunchPlan | null
  readonly state: LaunchRunState
  readonly note: string | null
  readonly createdAt: number
  readonly updatedAt: number
}

/** From where each may be reached: an end is an end. */
const REACHED_FROM: Readonly<Record<LaunchRunState, readonly LaunchRunState[]>> = {
  planned: [],
  running: ['planned', 'running'],
  done: ['planned', 'running', 'done'],
  refused: ['planned', 'running', 'refused'],
  failed: ['planned', 'running', 'failed'],
  stopped: ['planned', 'running', 'stopped'],
  'rolled-back': ['planned', 'running', 'rolled-back'],
}

/** @returns the run under this id, which may have been written before */
export async function openLaunchRun(store: Store, run: NewLaunchRun, at: number): Promise<LaunchRun> {
  const { rollback, overwriteDrift, madeBy, ...same } = run
  await store.db
    .insertInto('launch_runs')
    .values({
      ...same,
      rollback: rollback ? 1 : 0,
      overwrite_drift: overwriteDrift ? 1 : 0,
      made_by: madeBy,
      media_json: null,
      plan_json: null,
      state: 'planned',
      note: null,
      created_at: at,
      updated_at: at,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
  return (await findLaunchRun(store, run.id))!
}

export async function findLaunchRun(store: Store, id: string): Promise<LaunchRun | undefined> {
  const row = await store.db.selectFrom('launch_runs').selectAll().where('id', '=', id).executeTakeFirst()
  return row === undefined ? undefined : launchRun(row)
}

/** The latest first. */
export async function runsOfLaunch(store: Store, launch: string, limit: number): Promise<LaunchRun[]> {
  const rows = await store.db
    .selectFrom('launch_runs')
    .selectAll()
    .where('launch', '=', launch)
    .where('kind', '=', 'apply')
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(launchRun)
}

/** The plan of the run. Never changed afterwards: a retry after a crash does what the first attempt was to do. */
export async function keepLaunchPlan(
  store: Store,
  id: string,
  found: { readonly media: readonly LaunchMedia[]; readonly plan: LaunchPlan; readonly at: number },
): Promise<void> {
  await store.db
    .updateTable('launch_runs')
    .set({ media_json: JSON.stringify(found.media), plan_json: JSON.stringify(found.plan), updated_at: found.at })
    .where('id', '=', id)
    .where('plan_json', 'is', null)
    .execute()
}

/** @returns false where the run is unknown, or at an end already; then nothing is changed */
export async function setLaunchState(
  store: Store,
  id: string,
  step: { readonly state: LaunchRunState; readonly note?: string; readonly at: number },
): Promise<boolean> {
  const { numUpdatedRows } = await store.db
    .updateTable('launch_runs')
    .set({ state: step.state, updated_at: step.at, ...(step.note === undefined ? {} : { note: step.note }) })
    .where('id', '=', id)
    .where('state', 'in', REACHED_FROM[step.state])
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Takes a run back whose workflow was not started. */
export async function forgetLaunchRun(store: Store, id: string): Promise<void> {
  await store.db.deleteFrom('launch_runs').where('id', '=', id).where('state', '=', 'planned').execute()
}

/** Launches that rules made since a moment, but for one: each is an action, however many objects it has. */
export async function countLaunchesByRules(store: Store, account: string, since: number, except: string | null): Promise<number> {
  const { count } = await store.db
    .selectFrom('launch_runs')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('account', '=', account)
    .where('kind', '=', 'apply')
    .where('created_at', '>=', since)
    .where('decision', 'is not', null)
    .where('state', '!=', 'refused')
    .$if(except !== null, (query) => query.where('id', '!=', except!))
    .executeTakeFirstOrThrow()
  return count
}

const launchRun = (row: Row<'launch_runs'>): LaunchRun => ({
  id: row.id,
  account: row.account,
  launch: row.launch,
  version: row.version,
  kind: row.kind,
  publish: row.publish,
  rollback: row.rollback === 1,
  overwriteDrift: row.overwrite_drift === 1,
  madeBy: row.made_by,
  decision: row.decision,
  step: row.step,
  media: row.media_json === null ? null : (JSON.parse(row.media_json) as LaunchMedia[]),
  plan: row.plan_json === null ? null : (JSON.parse(row.plan_json) as LaunchPlan),
  state: row.state,
  note: row.note,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
})
