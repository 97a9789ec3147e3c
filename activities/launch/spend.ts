/** Whether something at Meta ever delivered, as far as the store knows. */

import type { Store } from '../../store/base/store.js'

/** Whether any spend is known of a campaign, ad set or ad. */
export async function hasSpent(store: Store, account: string, level: 'campaign' | 'adset' | 'ad', id: string): Promise<boolean> {
  const beneath =
    level === 'campaign'
      ? store.db
          .selectFrom('entities')
          .select('id')
          .where('account', '=', account)
          .where('level', '=', 'adset')
          .where('campaign_id', '=', id)
      : null
  const row = await store.db
    .selectFrom('insights')
    .select('spend')
    .where('account', '=', account)
    .where('spend', '>', 0)
    .where((where) =>
      beneath === null
        ? where('entity_id', '=', id)
        : where.or([where('entity_id', '=', id), where('campaign_id', '=', id), where('entity_id', 'in', beneath)]),
    )
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
