/** Ratios, judged through their numerator and denominator: what a ratio of two small counts does is chance. */

import type { FactEntity, Facts } from '../facts/facts.js'
import type { MetricFormula } from '../metric/catalogue.js'
import { Unknown } from '../value/value.js'
import type { Occasions } from './comparison-windows.js'
import { countDeviate, SMALL_COUNT } from './count-deviate.js'
import { directionOf, judgeMeasured, type KnownJudgement, measure, type MeasuredWindow } from './judge-measure.js'
import type { ArrivedShare } from './lateness.js'
import { POINT_THRESHOLD } from './settings.js'

type Ratio = Extract<MetricFormula, { kind: 'ratio' }>

/** Normal quantile of a band that holds 95 %. */
const BAND = 1.96

/**
 * `expected` is what the numerator should be over what the denominator should be. The score is that of the ratio among those
 * before it, and no further from nothing than the denominator is, as a count, from what the numerator should have brought.
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
  if (usualBelow.expected <= 0) return new Unknown('nothing was ever counted that it could be a ratio over')

  const ratios = above.earlier.map((part, index) => ratioOf(part, below.earlier[index] ?? null, scale))
  const value = ratioOf(above.value / shareOf(above), below.value / shareOf(below), scale)
  // Over zero there is no ratio: what is usual is known all the same, and the count below says how unusual it is.
  const settled = { kind: 'settled' } as const
  const usual = judgeMeasured({ occasions, earlier: ratios, value: value ?? lastOf(ratios), lateness: settled })
  if (usual instanceof Unknown) return usual
  const score = value === null ? NaN : usual.score
  const byCount = overCount ? countScore(above, below, usual, scale) : null
  const joined = byCount === null ? score : Number.isNaN(score) ? byCount : nearest(score, byCount)
  if (Number.isNaN(joined)) return new Unknown('nothing was counted that it could be a ratio over')
  const unsettled = (below.lateness.kind === 'unsettled' && joined > 0) || (above.lateness.kind === 'unsettled' && joined < 0)
  if (unsettled) return new Unknown('what is counted late may still come in, and change the ratio')
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

/** How far the denominator is, as a count, from what this much of the numerator should have brought; the ratio's own sign. */
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
