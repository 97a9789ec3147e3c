/** Forecasts are worked out once for a series, and found again by what they hang on. */

import { createHash } from 'node:crypto'

import type { ForecastLookup, ForecastResult, ForecastTask } from '../../engine/forecast/task.js'
import type { Store } from '../base/store.js'

const HOUR = 3_600_000
/** A day's series has a day more than the one before, so that no forecast is asked for after its day. */
const USED_FOR = 36 * HOUR
/** What decisions of a month ago rested on can still be explained. */
const KEPT_FOR = 32 * 24 * HOUR

/** What a forecast hangs on, and nothing else. */
export const contentHash = (task: ForecastTask): string => createHash('sha256').update(JSON.stringify(task)).digest('hex')

/**
 * Keeps the first result of each; `made_at` is when it came to be known. One that is too old to be found, of a series that has
 * been the same for days, is as of now again: otherwise it would be worked out at each tick and never be found.
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

/** Finds what was known by a moment (epoch milliseconds); null for what was not. */
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
