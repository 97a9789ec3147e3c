/** Selects and runs the models for a series. */

import { arima, type ArimaOrder, type FitArima } from './arima.js'
import { complexSmoothing } from './complex-smoothing.js'
import { smoothing } from './exponential-smoothing.js'
import type { Member, Paths, Task } from './member.js'
import { fromScale, LEVEL, logScale, onScale, ROOT, type Scale } from './scale.js'
import { profiled } from './season-profile.js'
import { seasonalAverage } from './seasonal-average.js'

/** In multiples of the usual error; see `smoothing`. */
const CLIP = 1
/** Smoothing learns seasons of up to 24 steps, ARIMA of up to 12; longer seasons are modelled as fixed profiles. */
const LONGEST_LEARNT_SEASON = 24
const LONGEST_ARIMA_SEASON = 12

/** Returns the period of the season that smoothing learns; 1 if it is too long or the series covers less than two of them. */
export const learntSeason = ({ period, values }: Pick<Task, 'period' | 'values'>): number =>
  period <= LONGEST_LEARNT_SEASON && values.length >= 2 * period ? period : 1

/**
 * Returns every model that the series is long enough for and whose paths pass `isSound`: at least one, as the "last value" model
 * always does. Models on roots or logarithms are left out if any value is negative. `longPeriod` is the longer season that
 * contains several of the task's own, or 1.
 */
export function membersOf(task: Task, longPeriod: number, fit: FitArima | null): Member[] {
  const members: Member[] = []
  const add = (name: string, paths: Paths | null, scale: Scale): void => {
    if (paths === null) return
    const member = { name, ...fromScale(paths, scale) }
    if (isSound(member, task.values)) members.push(member)
  }
  const isNonNegative = !task.values.some((value) => value < 0)
  const period = learntSeason(task)
  const season = { ...task, period }
  const plain = { ...task, period: 1 }

  const robust = smoothing(season, CLIP)
  const cleaned = { ...season, values: robust.cleaned }
  add('robust ETS', robust, LEVEL)
  add('CES', complexSmoothing(cleaned), LEVEL)
  if (isNonNegative) {
    add('ETS on roots', smoothing(onScale(season, ROOT), Infinity), ROOT)
    const roots = onScale(plain, ROOT)
    if (period > 1) add('CES without season', complexSmoothing({ ...roots, values: smoothing(roots, Infinity).cleaned }), ROOT)
  }
  if (period === 1) {
    const trusting = smoothing(plain, Infinity)
    add('ETS', trusting, LEVEL)
    add('CES on all values', complexSmoothing({ ...plain, values: trusting.cleaned }), LEVEL)
  } else {
    add(period === 7 ? 'weekday median' : 'seasonal median', seasonalAverage(season, 8, 'median'), LEVEL)
    add(period === 7 ? 'weekday mean' : 'seasonal mean', seasonalAverage(season, 4, 'mean'), LEVEL)
  }
  add('last value', seasonalAverage(plain, 1, 'mean'), LEVEL)
  for (const long of new Set([task.period, longPeriod])) {
    if (long <= 12 || long === period) continue
    add('seasonal profile', profiled({ ...task, period: long }, Infinity), LEVEL)
    if (!isNonNegative) continue
    const log = logScale(task.values)
    add('seasonal profile on logs', profiled({ ...onScale(task, log), period: long }, Infinity), log)
  }
  if (fit !== null) addArima(task, period, robust.cleaned, isNonNegative, fit, add)
  return members
}

type Add = (name: string, paths: Paths | null, scale: Scale) => void

function addArima(task: Task, period: number, cleaned: Float64Array, isNonNegative: boolean, fit: FitArima, add: Add): void {
  const isSeasonal = period > 1 && period <= LONGEST_ARIMA_SEASON
  const season = isSeasonal ? { P: 0, D: 1, Q: 1, s: period } : { P: 0, D: 0, Q: 0, s: 0 }
  const orders: ArimaOrder[] = [{ p: 1, d: 1, q: 1, ...season }, ...(isSeasonal ? [{ p: 1, d: 0, q: 1, ...season }] : [])]
  // Without a season, cleaning cannot tell an odd value from a new level and would remove lasting jumps.
  const whole = isSeasonal ? cleaned : smoothing({ ...task, period: 1 }, Infinity).cleaned
  for (const order of orders) add(`ARIMA ${orderText(order)}`, arima({ ...task, values: whole }, order, fit), LEVEL)
  if (!isNonNegative) return
  const log = logScale(task.values)
  const logs = smoothing({ ...onScale(task, log), period }, Infinity).cleaned
  const [order] = orders
  add(`ARIMA ${orderText(order!)} on logs`, arima({ ...task, values: logs }, order!, fit), log)
}

const orderText = ({ p, d, q, P, D, Q, s }: ArimaOrder): string => `(${p},${d},${q})${s > 1 ? `(${P},${D},${Q})${s}` : ''}`

/** Whether all means are finite and lie no further outside the history than three times its range. */
function isSound({ paths }: Member, values: Float64Array): boolean {
  let [low, high] = [Infinity, -Infinity]
  for (const value of values) {
    if (value < low) low = value
    if (value > high) high = value
  }
  const margin = 3 * (high - low)
  return paths.every((path) => path.every((mean) => mean >= low - margin && mean <= high + margin))
}
