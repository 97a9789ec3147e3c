/** Calls to Meta, counted by workflow run and by purpose. */

import type { Store } from '../base/store.js'

export interface MetaCallToCount {
  readonly account: string
  /** The run id and type of the workflow that made the call; both are empty for a call outside of a workflow. */
  readonly run: string
  readonly workflow: string
  readonly kind: string
  readonly failed: boolean
  readonly at: number
}

export interface CallCount {
  readonly kind: string
  readonly calls: number
  /** How many of them Meta answered with an error. */
  readonly failed: number
}

export async function countMetaCall(store: Store, call: MetaCallToCount): Promise<void> {
  const { account, run, workflow, kind, at } = call
  const failed = call.failed ? 1 : 0
  await store.db
    .insertInto('meta_calls')
    .values({ account, run, workflow, kind, calls: 1, failed, first_at: at, last_at: at })
    .onConflict((conflict) =>
      conflict.doUpdateSet((row) => ({
        calls: row('meta_calls.calls', '+', 1),
        failed: row('meta_calls.failed', '+', failed),
        last_at: at,
      })),
    )
    .execute()
}

/** Returns the calls of one run so far, by kind. */
export const callsOfRun = (store: Store, run: string): Promise<CallCount[]> =>
  store.db
    .selectFrom('meta_calls')
    .select(({ fn }) => ['kind', fn.sum<number>('calls').as('calls'), fn.sum<number>('failed').as('failed')])
    .where('run', '=', run)
    .groupBy('kind')
    .orderBy('kind')
    .execute()

/** Returns the calls of runs whose last call was at `since` or later, by account and kind. */
export const callsSince = (store: Store, since: number): Promise<(CallCount & { readonly account: string })[]> =>
  store.db
    .selectFrom('meta_calls')
    .select(({ fn }) => ['account', 'kind', fn.sum<number>('calls').as('calls'), fn.sum<number>('failed').as('failed')])
    .where('last_at', '>=', since)
    .groupBy(['account', 'kind'])
    .orderBy('account')
    .orderBy('kind')
    .execute()

/** Returns the last runs of a workflow that called Meta for an account, latest first. */
export async function lastRuns(
  store: Store,
  { account, workflow, limit }: { readonly account: string; readonly workflow: string; readonly limit: number },
): Promise<{ readonly run: string; readonly at: number; readonly calls: readonly CallCount[] }[]> {
  const runs = await store.db
    .selectFrom('meta_calls')
    .select(({ fn }) => ['run', fn.min('first_at').as('at')])
    .where('account', '=', account)
    .where('workflow', '=', workflow)
    .groupBy('run')
    .orderBy('at', 'desc')
    .limit(limit)
    .execute()
  return await Promise.all(runs.map(async ({ run, at }) => ({ run, at, calls: await callsOfRun(store, run) })))
}

export async function forgetMetaCalls(store: Store, before: number): Promise<void> {
  await store.db.deleteFrom('meta_calls').where('last_at', '<', before).execute()
}
