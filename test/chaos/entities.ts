/** What can be changed: campaigns and ad sets of the sandbox that have not ended. */

import { openStore } from '../../store/base/store.js'
import type { Project } from '../end-to-end/project.js'
import { ACCOUNT_NAMES } from './scene.js'

export interface Target {
  readonly account: string
  readonly level: 'campaign' | 'adset'
  readonly id: string
  /** Minor units; null without its own budget. */
  readonly budget: number | null
}

/** Empty until every account has been read. */
export async function findTargets(project: Project): Promise<readonly Target[]> {
  const store = await openStore(project.settings.storeUrl)
  try {
    const rows = await store.db
      .selectFrom('entities')
      .select(['account', 'level', 'id', 'daily_budget'])
      .where('superseded_at', 'is', null)
      .where('level', '!=', 'ad')
      .where('status', 'in', ['ACTIVE', 'PAUSED'])
      .orderBy('id')
      .execute()
    if (ACCOUNT_NAMES.some((name) => !rows.some(({ account }) => account === name))) return []
    return rows.map(({ account, level, id, daily_budget }) => ({
      account,
      level: level as Target['level'],
      id,
      budget: daily_budget === null || daily_budget === 0 ? null : daily_budget,
    }))
  } finally {
    await store.close()
  }
}
