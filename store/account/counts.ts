/** Counts rows for the metrics page. */

import type { Store } from '../base/store.js'

export interface Counts {
  readonly decisions: readonly { readonly outcome: string; readonly progress: string; readonly count: number }[]
  readonly mutations: readonly { readonly outcome: string; readonly count: number }[]
  readonly messages: readonly { readonly status: string; readonly count: number }[]
  readonly syncs: readonly { readonly account: string; readonly kind: string; readonly finishedAt: number }[]
}

export async function countRows({ db }: Store): Promise<Counts> {
  return {
    decisions: await db
      .selectFrom('decisions')
      .select(({ fn }) => ['outcome', 'progress', fn.countAll<number>().as('count')])
      .groupBy(['outcome', 'progress'])
      .execute(),
    mutations: await db
      .selectFrom('mutations')
      .select(({ fn }) => ['outcome', fn.countAll<number>().as('count')])
      .groupBy('outcome')
      .execute(),
    messages: await db
      .selectFrom('messages')
      .select(({ fn }) => ['status', fn.countAll<number>().as('count')])
      .groupBy('status')
      .execute(),
    syncs: (
      await db
        .selectFrom('syncs')
        .select(({ fn }) => ['account', 'kind', fn.max('finished_at').as('finishedAt')])
        .where('finished_at', 'is not', null)
        .groupBy(['account', 'kind'])
        .execute()
    ).map(({ account, kind, finishedAt }) => ({ account, kind, finishedAt: finishedAt ?? 0 })),
  }
}
