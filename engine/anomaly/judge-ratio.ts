/** Judges ratios with regard to numerator and denominator: changes of a ratio of two small counts are chance. */

import type { FactEntity, Facts } from '../facts/facts.js'
import type { MetricFormula } from '../metric/catalogue.js'
import { Unknown } from '../value/value.js'
import type { Occasions } from './comparison-windows.js'
import { countDeviate, SMALL_COUNT } from './count-deviate.js'
import { directionOf, judgeMeasured, type KnownJudgement, measure, type MeasuredWindow } from './judge-measure.js'
import type { ArrivedShare } from './lateness.js'
import { POINT_THRESHOLD } from './settings.js'

type Ratio = Extract<MetricFormula, { kind: 'ratio' }>

/** Normal quantile of a band that contains 95%. */
const BAND = 1.96

/**
 * Returns the judgement of a ratio. `expected` is the expected numerator over the expected denominator. The score compares the
 * ratio with earlier ones. If the denominator is a small count, the score is limited to how unusual that count is, given the
 * numerator.
 */
export function judgeRatio(
  facts: Facts,
  entity: FactEntity,
  { numerator, denominator, overCount, scale }: Ratio,
  occasions: Occasions,
  arrived?: ArrivedShare,
): KnownJudgement | Unknown {
  const above = measure(facts, entity, numerator, occasions, arrived)
  if (above instanceof Unknown) return above
  const below = measure(facts, entity, denominator, occasions, arrived)
  if (below instanceof Unknown) return below
  const [usualAbove, usualBelow] = [judgeMeasured(above), judgeMeasured(below)]
  if (usualAbove instanceof Unknown) return usualAbove
  if (usualBelow instanceof Unknown) return usualBelow
  if (usualBelow.expected <= 0) return new Unknown('what it is divided by was always zero')

  const ratios = above.earlier.map((part, index) => ratioOf(part, below.earlier[index] ?? null, scale))
  const value = ratioOf(above.value / shareOf(above), below.value / shareOf(below), scale)
  // With a denominator of zero there is no ratio. The usual ratio is still known, and the count of zero shows how unusual it is.
  const settled = { kind: 'settled' } as const
  const usual = judgeMeasured({ occasions, earlier: ratios, value: value ?? lastOf(ratios), lateness: settled })
  if (usual instanceof Unknown) return usual
  const score = value === null ? NaN : usual.score
  const byCount = overCount ? countScore(above, below, usual, scale) : null
  const joined = byCount === null ? score : Number.isNaN(score) ? byCount : nearest(score, byCount)
  if (Number.isNaN(joined)) return new Unknown('what it is divided by is zero')
  const unsettled = (below.lateness.kind === 'unsettled' && joined > 0) || (above.lateness.kind === 'unsettled' && joined < 0)
  if (unsettled) return new Unknown('late conversions may still come in and change the ratio')
  const expected = (usualAbove.expected / usualBelow.expected) * scale
  const centred = usual.expected > 0 ? expected / usual.expected : 1
  const isChance = Math.abs(joined) < Math.abs(usual.score) && Math.abs(joined) < POINT_THRESHOLD
  const isSpike = value === null && Math.abs(joined) >= POINT_THRESHOLD
  const kind = isChance ? null : isSpike ? 'spike' : value === null ? null : usual.kind
  const open = isChance ? null : (kind ?? (value === null ? null : usual.open))
  const direction = open === null ? null : open === usual.open ? usual.direction : directionOf(joined)
  return {
    expected,
    lo: usual.lo * centred,
    hi: usual.hi * centred,
    score: joined,
    kind,
    open,
    direction,
    history: usual.history,
  }
}

/** Returns how unusual the denominator is as a count, given the numerator, with the ratio's sign; null if it is not small. */
function countScore(above: MeasuredWindow, below: MeasuredWindow, usual: KnownJudgement, scale: number): number | null {
  if (!Number.isInteger(below.value) || usual.expected <= 0) return null
  const mean = (above.value * scale * shareOf(below)) / usual.expected
  if (!(mean > 0) || mean >= SMALL_COUNT) return null
  const spread = usual.hi > usual.expected ? Math.log(usual.hi / usual.expected) / BAND : 0
  return -countDeviate(below.value, mean, Math.min(spread ** 2, 4))
}

const ratioOf = (above: number | null, below: number | null, scale: number): number | null =>
  above === null || below === null || below <= 0 ? null : (above / below) * scale

const shareOf = ({ lateness }: MeasuredWindow): number => (lateness.kind === 'share' ? lateness.share : 1)

const lastOf = (values: readonly (number | null)[]): number => values.findLast((value) => value !== null) ?? 0

const nearest = (one: number, other: number): number => {
  if (Math.sign(one) !== Math.sign(other)) return 0
  return Math.abs(one) < Math.abs(other) ? one : other
}
