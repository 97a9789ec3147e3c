/** Rules that somebody silenced for a while, for one entity or for all of them. */

import type { Store } from '../base/store.js'
import type { Row } from '../tables/tables.js'

export type Snooze = Row<'snoozes'>

/** Stands for all entities of a rule. */
export const ALL_ENTITIES = ''

/** Stores a snooze, which replaces an earlier one of the same rule and entity. */
export async function snooze(store: Store, snoozed: Snooze): Promise<void> {
  await store.db
    .insertInto('snoozes')
    .values(snoozed)
    .onConflict((conflict) =>
      conflict.columns(['rule', 'entity_key']).doUpdateSet({
        until: snoozed.until,
        snoozed_by: snoozed.snoozed_by,
        snoozed_at: snoozed.snoozed_at,
      }),
    )
    .execute()
}

/** Ends a snooze. Returns false if there was none. */
export async function wake(store: Store, rule: string, entityKey: string): Promise<boolean> {
  const { numDeletedRows } = await store.db
    .deleteFrom('snoozes')
    .where('rule', '=', rule)
    .where('entity_key', '=', entityKey)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** Returns the snoozes that are not over. */
export const standingSnoozes = (store: Store, now: number): Promise<Snooze[]> =>
  store.db.selectFrom('snoozes').selectAll().where('until', '>', now).orderBy('rule').orderBy('entity_key').execute()

/** Returns the snooze of the rule or of its entity, whichever ends later; null if there is neither. */
export function snoozeOf(snoozes: readonly Snooze[], rule: string, entityKey: string): Snooze | null {
  const fitting = snoozes.filter((one) => one.rule === rule && (one.entity_key === ALL_ENTITIES || one.entity_key === entityKey))
  return fitting.reduce<Snooze | null>((latest, one) => (latest === null || one.until > latest.until ? one : latest), null)
}
