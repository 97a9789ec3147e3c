/** Forecasts are computed once for each series, and found again by a hash of their inputs. */

import { createHash } from 'node:crypto'

import type { ForecastLookup, ForecastResult, ForecastTask } from '../../engine/forecast/task.js'
import type { Store } from '../base/store.js'

const HOUR = 3_600_000
/** A series grows every day, so a forecast is usually not needed after its day. */
const USED_FOR = 36 * HOUR
/** Long enough to explain decisions of a month ago. */
const KEPT_FOR = 32 * 24 * HOUR

/** Returns the hash of a forecast's inputs. */
export const contentHash = (task: ForecastTask): string => createHash('sha256').update(JSON.stringify(task)).digest('hex')

/**
 * Stores the first result of each forecast; `made_at` is when it became known. If a series stays the same for days, its stored
 * result becomes too old to be found; then the new result replaces it. Otherwise it would be computed at every tick and never be
 * found.
 */
export async function saveForecasts(
  store: Store,
  account: string,
  forecasts: readonly { readonly hash: string; readonly result: ForecastResult }[],
  madeAt: number,
): Promise<void> {
  for (const { hash, result } of forecasts) {
    await store.db
      .insertInto('forecasts')
      .values({ account, hash, result_json: JSON.stringify(result), made_at: madeAt })
      .onConflict((conflict) =>
        conflict
          .columns(['account', 'hash'])
          .doUpdateSet({ result_json: JSON.stringify(result), made_at: madeAt })
          .where('forecasts.made_at', '<=', madeAt - USED_FOR),
      )
      .execute()
  }
  await store.db
    .deleteFrom('forecasts')
    .where('account', '=', account)
    .where('made_at', '<', madeAt - KEPT_FOR)
    .execute()
}

/** Returns a function that finds the forecasts known at a time (epoch milliseconds); it returns null for others. */
export async function storedForecasts(store: Store, account: string, knownAt: number): Promise<ForecastLookup> {
  const rows = await store.db
    .selectFrom('forecasts')
    .select(['hash', 'result_json'])
    .where('account', '=', account)
    .where('made_at', '>', knownAt - USED_FOR)
    .where('made_at', '<=', knownAt)
    .execute()
  const texts = new Map(rows.map((row) => [row.hash, row.result_json]))
  const read = new Map<string, ForecastResult>()
  return (task) => {
    if (texts.size === 0) return null
    const hash = contentHash(task)
    const text = texts.get(hash)
    if (text === undefined) return null
    let result = read.get(hash)
    if (result === undefined) read.set(hash, (result = JSON.parse(text) as ForecastResult))
    return result
  }
}
