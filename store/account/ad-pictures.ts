/** The URLs of ads' pictures. They expire after some days, and are not part of an ad's history. */

import type { Store } from '../base/store.js'
import type { NewRow, Row } from '../tables/tables.js'

export async function savePictures(store: Store, rows: readonly NewRow<'ad_pictures'>[]): Promise<void> {
  for (let first = 0; first < rows.length; first += 500) {
    await store.db
      .insertInto('ad_pictures')
      .values(rows.slice(first, first + 500))
      .onConflict((conflict) =>
        conflict.columns(['account', 'ad']).doUpdateSet((row) => ({
          creative: row.ref('excluded.creative'),
          thumbnail_url: row.ref('excluded.thumbnail_url'),
          image_url: row.ref('excluded.image_url'),
          learned_at: row.ref('excluded.learned_at'),
        })),
      )
      .execute()
  }
}

/** Returns the pictures by ad. */
export async function picturesOf(store: Store, ads: readonly string[]): Promise<Map<string, Row<'ad_pictures'>>> {
  if (ads.length === 0) return new Map()
  const rows = await store.db.selectFrom('ad_pictures').selectAll().where('ad', 'in', ads).execute()
  return new Map(rows.map((row) => [row.ad, row]))
}

/**
 * Whether pictures must be read: an active or paused ad has none yet, or has one that was read before `before`.
 *
 * @param before epoch milliseconds
 */
export async function lacksPictures(store: Store, account: string, before: number): Promise<boolean> {
  const row = await store.db
    .selectFrom('entities')
    .leftJoin('ad_pictures', (join) =>
      join.onRef('ad_pictures.account', '=', 'entities.account').onRef('ad_pictures.ad', '=', 'entities.id'),
    )
    .select('entities.id')
    .where('entities.account', '=', account)
    .where('entities.level', '=', 'ad')
    .where('entities.superseded_at', 'is', null)
    .where('entities.status', 'in', ['ACTIVE', 'PAUSED'])
    .where((expression) =>
      expression.or([expression('ad_pictures.ad', 'is', null), expression('ad_pictures.learned_at', '<', before)]),
    )
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
