/** How much of the amount in one window belongs to the days of another. */

interface Days {
  /** How many days before today the window ends; zero includes today. */
  readonly ended: number
  readonly count: number
}

/** Windows whose days depend on the date, with typical lengths; `maximum` is unlimited. */
const FLOATING: Readonly<Record<string, Days>> = {
  this_week_mon_today: { ended: 0, count: 7 },
  last_week_mon_sun: { ended: 4, count: 7 },
  this_month: { ended: 0, count: 30 },
  last_month: { ended: 30, count: 30 },
  maximum: { ended: 0, count: Infinity },
}

/** Tolerance in days: `last_3d` and `3d` differ by a day, but mean the same here. */
const APART = 1

/**
 * Returns the share of an amount in the window `other` that can be expected in the window `judged`, both in the form of `windowKey`:
 * one if `other` lies within `judged`, less if it is longer, zero if it covers other days or is unlimited. Returns one if the
 * days of either window are not known.
 */
export function shareWithin(other: string, judged: string): number {
  if (other === judged) return 1
  const [evidence, base] = [daysOfKey(other), daysOfKey(judged)]
  if (evidence === null || base === null) return 1
  const common = Math.min(evidence.ended + evidence.count, base.ended + base.count) - Math.max(evidence.ended, base.ended)
  if (common <= 0 || evidence.count === Infinity) return 0
  return Math.min(common + APART, evidence.count, base.count) / evidence.count
}

function daysOfKey(key: string): Days | null {
  const [, count, unit, ended] = /^(\d+)([dh])-(\d+)$/.exec(key) ?? []
  if (count !== undefined) {
    const ofADay = unit === 'd' ? 1 : 1 / 24
    return { count: Number(count) * ofADay, ended: Number(ended) * ofADay }
  }
  const [, preset, offset] = /^(.+)-(\d+)$/.exec(key) ?? []
  const days = preset === undefined ? undefined : FLOATING[preset]
  return days === undefined ? null : { ...days, ended: days.ended + Number(offset) }
}
