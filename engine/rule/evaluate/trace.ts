/** The trace of an evaluation, as plain data for people and programs: each leaf with both of its sides. */

import { formatLocalMinute } from '../../clock/written-time.js'
import type { Estimate, Facts } from '../../facts/facts.js'
import type { WindowRange } from '../../metric/window.js'
import type { Unit, UnitKind } from '../../value/unit.js'
import { AtLeast, Unknown, type Value } from '../../value/value.js'
import type { SideValue, TraceEstimate, TraceLeaf, TraceWindow } from '../decision.js'
import type { JudgedLeaf, PreparedEstimate, PreparedLeaf } from './prepared-leaf.js'
import { shownNumber, sideValue } from './side-value.js'

/** The parts of a leaf's trace that are the same for all entities of one evaluation. */
export interface LeafFrame {
  readonly path: string
  readonly condition: string
  readonly currency: string | null
  readonly unit: string
  readonly unitKind: UnitKind
  readonly windows: readonly TraceWindow[]
  /** The right side; undefined if it differs between entities. */
  readonly right: SideValue | undefined
}

/** @param right the right side's values if they are the same for all entities, else null */
export function frameOf(
  leaf: PreparedLeaf,
  facts: Facts,
  ranges: readonly WindowRange[],
  right: readonly Value[] | null,
): LeafFrame {
  const { currency } = facts.account
  const { unit } = leaf.subject
  return {
    path: leaf.path,
    condition: leaf.text,
    currency,
    unit: unitName(unit, currency),
    unitKind: unit.kind,
    right: right === null ? undefined : rightSide(leaf, right, unit.kind, currency),
    windows: leaf.windows.flatMap(({ source, index }) => traceWindow(source, ranges[index]!, facts) ?? []),
  }
}

export function traceLeaf(frame: LeafFrame, judged: JudgedLeaf, notes: readonly string[] = []): TraceLeaf {
  const { unitKind, currency } = frame
  const left = sideValue(judged.left, unitKind, currency)
  const right = frame.right === undefined ? rightSide(judged.leaf, judged.right, unitKind, currency) : frame.right
  const { path, condition, unit, windows } = frame
  const plain: TraceLeaf = { path, condition, result: judged.truth, left, right, unit, unitKind, windows }
  const leaf: TraceLeaf = notes.length === 0 ? plain : { ...plain, notes }
  if (judged.truth !== null && judged.estimates.length === 0) return leaf
  const estimates = judged.estimates.map((found, index) => traceEstimate(judged.leaf.estimates[index]!, found, currency))
  const because = judged.truth === null ? reasonOf(judged, frame) : undefined
  return { ...leaf, ...(estimates.length === 0 ? {} : { estimates }), ...(because === undefined ? {} : { because }) }
}

function traceEstimate(asked: PreparedEstimate, { value, detail }: Estimate, currency: string | null): TraceEstimate {
  const { source, unit, metricUnit } = asked
  const shown = (number: number): number => shownNumber(number, metricUnit.kind, currency)
  return {
    source,
    value: sideValue(value, unit.kind, currency),
    unit: unitName(unit, currency),
    detail: detail && {
      ...detail,
      ...(detail.expected === undefined ? {} : { expected: shown(detail.expected) }),
      ...(detail.bands === undefined
        ? {}
        : { bands: detail.bands.map(({ level, lo, hi }) => ({ level, lo: shown(lo), hi: shown(hi) })) }),
    },
    detailUnit: unitName(metricUnit, currency),
  }
}

function rightSide(
  { comparison }: PreparedLeaf,
  right: readonly Value[],
  unitKind: UnitKind,
  currency: string | null,
): SideValue {
  switch (comparison.kind) {
    case 'compare':
      return sideValue(right[0]!, unitKind, currency)
    case 'between':
    case 'in':
      return right.map((value) => sideValue(value, unitKind, currency))
    case 'matches':
      return comparison.pattern
    case 'contains':
      return comparison.text
    case 'holds':
      return true
  }
}

/** Returns why a leaf is unknown: the reason of the first unknown side, or what an "at least" leaves open. */
function reasonOf({ left, right }: JudgedLeaf, { unitKind, currency }: LeafFrame): string | undefined {
  const sides = [left, ...right]
  const unknown = sides.find((value) => value instanceof Unknown)
  if (unknown instanceof Unknown) return unknown.reason
  const atLeast = sides.find((value) => value instanceof AtLeast)
  if (!(atLeast instanceof AtLeast)) return undefined
  return `there are no results to divide by yet, so it is at least ${shownNumber(atLeast.bound, unitKind, currency)} and may still become true or false`
}

function unitName(unit: Unit, currency: string | null): string {
  switch (unit.kind) {
    case 'money':
      return currency ?? 'money'
    case 'percentage':
      return '%'
    case 'duration':
      return 'h'
    default:
      return unit.kind
  }
}

function traceWindow(source: string, range: WindowRange, facts: Facts): TraceWindow | null {
  switch (range.kind) {
    case 'days':
      return { source, since: range.days.since, until: range.days.until }
    case 'hours': {
      const { timezone } = facts.account
      return { source, since: formatLocalMinute(range.hours.from, timezone), until: formatLocalMinute(range.hours.to, timezone) }
    }
    case 'maximum': {
      const known = facts.knownDays()
      return known === null ? null : { source, since: known.since, until: known.until }
    }
  }
}
