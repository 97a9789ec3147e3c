/** Runs of launches: each time a spec was planned or applied, by whom, with which plan, and how it ended. */

import type { LaunchMedia } from '../../engine/launch/launch-object.js'
import type { LaunchPlan } from '../../engine/launch/launch-plan.js'
import type { Publish } from '../../engine/launch/launch-spec.js'
import type { Store } from '../base/store.js'
import type { LaunchRunState } from '../tables/launches.js'
import type { Row } from '../tables/tables.js'

export interface LaunchRunRow {
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
  /** Index in `then` of the rule's step; null without a rule. */
  readonly step: number | null
  /** Null until the run is planned, as is the plan. */
  readonly media: readonly LaunchMedia[] | null
  readonly plan: LaunchPlan | null
  readonly state: LaunchRunState
  readonly note: string | null
  readonly createdAt: number
  readonly updatedAt: number
}

/** The states from which each state may be reached. A run that has ended does not change its state. */
const REACHED_FROM: Readonly<Record<LaunchRunState, readonly LaunchRunState[]>> = {
  planned: [],
  running: ['planned', 'running'],
  done: ['planned', 'running', 'done'],
  refused: ['planned', 'running', 'refused'],
  failed: ['planned', 'running', 'failed'],
  stopped: ['planned', 'running', 'stopped'],
  'rolled-back': ['planned', 'running', 'rolled-back'],
}

type NewRun = Omit<LaunchRunRow, 'media' | 'plan' | 'state' | 'note' | 'createdAt' | 'updatedAt'>

/** Stores a run as `planned`; returns the existing row if the id exists. */
export async function openLaunchRun(store: Store, run: NewRun, at: number): Promise<LaunchRunRow> {
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

export async function findLaunchRun(store: Store, id: string): Promise<LaunchRunRow | undefined> {
  const row = await store.db.selectFrom('launch_runs').selectAll().where('id', '=', id).executeTakeFirst()
  return row === undefined ? undefined : runRow(row)
}

/** Returns the runs that applied the launch, the latest first. */
export async function runsOfLaunch(store: Store, launch: string, limit: number): Promise<LaunchRunRow[]> {
  const rows = await store.db
    .selectFrom('launch_runs')
    .selectAll()
    .where('launch', '=', launch)
    .where('kind', '=', 'apply')
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(runRow)
}

/** Stores the plan of a run, once: a retry after a crash carries out the plan of the first attempt. */
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

/** @returns false if the run is unknown or has ended in another state; then nothing is changed */
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

/** Deletes a run whose workflow was not started. */
export async function forgetLaunchRun(store: Store, id: string): Promise<void> {
  await store.db.deleteFrom('launch_runs').where('id', '=', id).where('state', '=', 'planned').execute()
}

/**
 * Counts the launches that rules started since a time. Each counts as one action, however many objects it has.
 *
 * @param except id of a run that does not count
 */
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

const runRow = (row: Row<'launch_runs'>): LaunchRunRow => ({
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
