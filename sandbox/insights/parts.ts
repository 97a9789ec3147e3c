/** Divides the totals of a row by breakdowns, into whole numbers that add up to the total over all parts, days and ads. */

import { textHash, uniform } from '../base/random.js'
import { COUNTERS } from '../delivery/day.js'
import type { GraphObject } from '../state/objects.js'
import type { World } from '../world/world.js'
import type { DayRange } from './periods.js'
import { type Segment, segmentsOf } from './segments.js'
import { addAdDay, type ByWindow, emptyTotals, outcomeTotals, type Totals, WINDOWS } from './totals.js'

export interface Part {
  readonly values: Segment['values']
  readonly totals: Totals
  /** The number of people in this part whom the ad sets can reach. */
  audience: number
}

export function partsOf(
  world: World,
  ads: readonly GraphObject[],
  { since, until }: DayRange,
  asked: number,
  breakdowns: readonly string[],
): Part[] {
  const parts = new Map<string, Part>()
  const counted = new Set<string>()
  for (const ad of ads) {
    const adset = world.objects.get(ad.parent ?? '')
    const segments = segmentsOf(world, adset, breakdowns)
    const into = segments.map(({ values }) => partFor(parts, values))
    if (!counted.has(adset.id)) {
      counted.add(adset.id)
      segments.forEach(({ share }, index) => addAudience(into[index], share * world.delivery.profileOf(adset.id).audience))
    }
    const from = Math.max(since, world.calendar.dayAt(ad.createdTime))
    for (let day = from; day <= until; day++) {
      const whole = emptyTotals()
      addAdDay(whole, world.delivery.adOnDay(ad, day, asked), asked, null)
      divide(whole, segments, into, (about) => uniform(textHash(ad.id), day, textHash(about)))
    }
  }
  return [...parts.values()]
}

function partFor(parts: Map<string, Part>, values: Segment['values']): Part {
  const key = Object.values(values).join('|')
  const known = parts.get(key)
  if (known) return known
  const part: Part = { values, totals: emptyTotals(), audience: 0 }
  parts.set(key, part)
  return part
}

function addAudience(part: Part | undefined, people: number): void {
  if (part) part.audience += people
}

/** @param chance shifts the bounds of the parts, so that small counts do not always fall into the same part */
function divide(whole: Totals, segments: readonly Segment[], into: readonly Part[], chance: (about: string) => number): void {
  for (const counter of COUNTERS) {
    cut(whole.counters[counter], segments, chance(counter), (index, amount) => {
      const part = into[index]
      if (part) part.totals.counters[counter] += amount
    })
  }
  for (const { outcome, counts, values } of whole.outcomes.values()) {
    const at = chance(outcome.kind)
    const share = (numbers: ByWindow, of: 'counts' | 'values'): void => {
      for (const window of [...WINDOWS, 'value'] as const) {
        cut(numbers[window], segments, at, (index, amount) => {
          const part = into[index]
          if (part && amount > 0) outcomeTotals(part.totals, outcome)[of][window] += amount
        })
      }
    }
    share(counts, 'counts')
    share(values, 'values')
  }
}

/** Divides a whole number into whole parts, by rounding down the cumulative share at each bound. */
function cut(whole: number, segments: readonly Segment[], at: number, give: (index: number, amount: number) => void): void {
  if (whole === 0) return
  let below = 0
  let given = 0
  segments.forEach(({ share }, index) => {
    below += share
    const until = index === segments.length - 1 ? whole : Math.floor(whole * below + at)
    give(index, until - given)
    given = until
  })
}
