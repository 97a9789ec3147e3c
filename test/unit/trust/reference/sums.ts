/** Windows and the rows that they contain, computed directly from the rows. */

import type { Window } from '../../../../engine/expression/syntax.js'
import type { PlainEntity, PlainRow, World } from '../world.js'
import { endOfDay, localDay, plusDays, weekday } from './calendar.js'

const HOUR = 3_600_000

export interface Moment {
  readonly world: World
  readonly at: number
  /** The rule's interval, milliseconds. */
  readonly pace: number
}

export interface Who {
  readonly scope: string
  readonly key: string
}

/** Returns the first and last day, inclusive; null if no day of the window is known. */
export function daysOf(window: Window, { world, at }: Moment): readonly [string, string] | null {
  const today = localDay(at, world.zone)
  const back = (from: number, to: number): readonly [string, string] => [plusDays(today, -from), plusDays(today, -to)]
  const first = `${today.slice(0, 8)}01`
  const moved = ([since, until]: readonly [string, string], days: number): readonly [string, string] => [
    plusDays(since, -days),
    plusDays(until, -days),
  ]
  if (window.kind === 'hours') return null
  if (window.kind === 'days') return moved(back(window.count - 1, 0), window.offsetDays)
  const preset = (): readonly [string, string] | null => {
    const last = /^last_(\d+)d$/.exec(window.preset)
    if (last !== null) return back(Number(last[1]), 1)
    switch (window.preset) {
      case 'today':
        return back(0, 0)
      case 'yesterday':
        return back(1, 1)
      case 'this_week_mon_today':
        return back(weekday(today), 0)
      case 'last_week_mon_sun':
        return back(weekday(today) + 7, weekday(today) + 1)
      case 'this_month':
        return [first, today]
      case 'last_month':
        return [`${plusDays(first, -1).slice(0, 8)}01`, plusDays(first, -1)]
      case 'maximum':
        return allThatIsKnown({ world, at, pace: 0 })
      default:
        throw new Error(`no such window: ${window.preset}`)
    }
  }
  const days = preset()
  return days === null ? null : moved(days, window.offsetDays)
}

function allThatIsKnown({ world, at }: Moment): readonly [string, string] | null {
  const today = localDay(at, world.zone)
  const ranges = world.syncs === null ? world.rows : world.syncs.filter((sync) => sync.at <= at)
  if (ranges.length === 0) return null
  const since = ranges.map((range) => range.since).sort()[0]!
  const until = ranges
    .map((range) => range.until)
    .sort()
    .at(-1)!
  return since > today ? null : [since, until < today ? until : today]
}

/** Whether all days of a window are known; if one is not, the whole window is unknown. */
export function isKnown([since, until]: readonly [string, string], moment: Moment): boolean {
  const { world, at, pace } = moment
  const known = allThatIsKnown(moment)
  if (known === null) return false
  if (world.syncs === null) return since >= known[0] && until <= known[1]
  const today = localDay(at, world.zone)
  for (let day = since; day <= until; day = plusDays(day, 1)) {
    const syncs = world.syncs.filter((sync) => sync.at <= at && sync.since <= day && sync.until >= day)
    if (syncs.length === 0) return false
    const last = Math.max(...syncs.map((sync) => sync.at))
    if (day >= today ? at - last > 2 * pace + HOUR : last < endOfDay(day, world.zone)) return false
  }
  return true
}

/** Returns the rows of an entity and its children within the days; null if a row is only partly within. */
export function rowsWithin(who: Who, [since, until]: readonly [string, string], { world }: Moment): readonly PlainRow[] | null {
  const rows = world.rows.filter((row) => isUnder(row, who, world) && row.since <= until && row.until >= since)
  return rows.some((row) => row.since < since || row.until > until) ? null : rows
}

/** Returns the rows of an entity and its children whose last day is within the days. */
export function rowsEndingIn(who: Who, [since, until]: readonly [string, string], { world }: Moment): readonly PlainRow[] {
  return world.rows.filter((row) => isUnder(row, who, world) && row.until >= since && row.until <= until)
}

function isUnder(row: PlainRow, who: Who, world: World): boolean {
  if (who.scope === 'account') return true
  const own = entityOf(world, row.scope, row.entity)
  return (
    (row.scope === who.scope && row.entity === who.key) ||
    (who.scope === 'campaign' && own?.campaign === who.key) ||
    (who.scope === 'adset' && own?.adset === who.key)
  )
}

const byPlace = new WeakMap<World, Map<string, PlainEntity>>()

export function entityOf(world: World, scope: string, key: string | null): PlainEntity | undefined {
  let known = byPlace.get(world)
  if (known === undefined) byPlace.set(world, (known = new Map(world.entities.map((one) => [`${one.scope} ${one.key}`, one]))))
  return known.get(`${scope} ${key}`)
}

/** Returns the measure of a row's results: its ad set's goal, else the account's result. */
export function goalOf(row: PlainRow, world: World): string {
  const own = entityOf(world, row.scope, row.entity)
  const adset = entityOf(world, 'adset', own?.adset ?? null)
  return own?.goal ?? adset?.goal ?? world.account.result
}
