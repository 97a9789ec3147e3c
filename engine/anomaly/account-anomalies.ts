/** Finds what is unusual in an account now, from the account down to its ad sets, and which anomaly explains which. */

import { addDays, dayOf } from '../clock/zone.js'
import type { FactEntity, Facts } from '../facts/facts.js'
import type { WindowRange } from '../metric/window.js'
import { Unknown } from '../value/value.js'
import {
  type AccountAnomaly,
  type AlertMetric,
  type AlertScope,
  anomalyKey,
  type Contribution,
  keyOnDay,
} from './account-anomaly.js'
import { judgeMetric } from './anomaly-facts.js'
import { explain } from './causes.js'
import { type Occasions, occasionsOf } from './comparison-windows.js'
import { BACK } from './event-life.js'
import { directionOf, type KnownJudgement, totalOf } from './judge-measure.js'
import type { ArrivedShare } from './lateness.js'

export interface AccountVerdict {
  readonly anomalies: readonly AccountAnomaly[]
  /** Keys that could not be judged, or whose score has not returned to the usual: an open anomaly with such a key stays open. */
  readonly undecided: ReadonlySet<string>
  /** Keys with a day (`keyOnDay`) that could not be judged: an open anomaly of that day stays open. */
  readonly undecidedDays: ReadonlySet<string>
}

/** Metrics that are judged, by scope. Ad sets are many, so only those metrics are judged that call for action. */
const METRICS: Readonly<Record<AlertScope, readonly AlertMetric[]>> = {
  account: ['spend', 'results', 'cpa', 'cpc', 'cpm', 'ctr', 'roas'],
  campaign: ['spend', 'results', 'cpa', 'cpc', 'cpm'],
  adset: ['spend', 'results', 'cpa'],
}
/** The most entities listed in `contributions`. */
const MOST_NAMED = 5

/**
 * Judges yesterday, and today so far if its hours are known; the larger deviation of the two is reported. Campaigns and ad sets
 * that are not delivering are skipped: a pause is not an anomaly. Yields after each entity, so that the caller can do other work.
 */
export function* accountAnomalies(facts: Facts, arrived?: ArrivedShare): Generator<void, AccountVerdict> {
  const zone = facts.account.timezone
  const today = dayOf(facts.at, zone)
  const windows = [addDays(today, -1), today].map((day) => {
    const range: WindowRange = { kind: 'days', days: { since: day, until: day } }
    return { day, isToday: day === today, occasions: occasionsOf(facts, range) }
  })
  const found: AccountAnomaly[] = []
  const [undecided, undecidedDays] = [new Set<string>(), new Set<string>()]
  for (const scope of ['account', 'campaign', 'adset'] as const) {
    for (const entity of facts.entities(scope)) {
      if (scope !== 'account' && facts.attribute(entity, 'delivering') !== true) continue
      for (const metric of METRICS[scope]) {
        const judged = windows.map((window) => ({ ...window, judged: judgeIn(facts, entity, metric, window.occasions, arrived) }))
        const known = judged.flatMap(({ judged, ...window }) => (judged instanceof Unknown ? [] : [{ ...window, judged }]))
        for (const direction of ['up', 'down'] as const) {
          const key = keyOf(entity, metric, direction)
          if (known.length === 0 || known.some(({ judged: { score } }) => isAway(score, direction))) undecided.add(key)
          for (const { day, judged: one } of judged) if (one instanceof Unknown) undecidedDays.add(keyOnDay(key, day))
        }
        for (const { judged: one } of known) if (one.direction !== null) undecided.add(keyOf(entity, metric, one.direction))
        const unusual = known.filter(({ judged }) => isReported(judged))
        const worst = unusual.sort((one, other) => Math.abs(other.judged.score) - Math.abs(one.judged.score))[0]
        if (worst === undefined || worst.occasions instanceof Unknown) continue
        found.push(anomalyOf(facts, { entity, metric, ...worst, occasions: worst.occasions }, arrived))
      }
      yield
    }
  }
  return { anomalies: explain(facts, found), undecided, undecidedDays }
}

/** Whether a score is not back to the usual. The limit is lower than the one for new events, as scores fluctuate around that. */
const isAway = (score: number, direction: 'up' | 'down'): boolean => (direction === 'up' ? score : -score) >= BACK

/** An event that began earlier is reported only while its score is away from the usual; its level may have become usual since. */
const isReported = ({ kind, open, score, direction }: KnownJudgement): boolean =>
  kind !== null || (open !== null && direction !== null && isAway(score, direction))

const keyOf = (entity: FactEntity, metric: string, direction: string): string =>
  anomalyKey(entity.scope, entity.key, metric, direction)

function judgeIn(
  facts: Facts,
  entity: FactEntity,
  metric: AlertMetric,
  occasions: Occasions | Unknown,
  arrived: ArrivedShare | undefined,
): KnownJudgement | Unknown {
  if (occasions instanceof Unknown) return occasions
  return judgeMetric(facts, entity, { metric, actionType: null }, occasions, arrived)
}

interface Found {
  readonly entity: FactEntity
  readonly metric: AlertMetric
  readonly day: string
  readonly isToday: boolean
  readonly occasions: Occasions
  readonly judged: KnownJudgement
}

function anomalyOf(
  facts: Facts,
  { entity, metric, day, isToday, occasions, judged }: Found,
  arrived?: ArrivedShare,
): AccountAnomaly {
  const { expected, lo, hi, score, open } = judged
  return {
    entity,
    metric,
    direction: judged.direction ?? directionOf(score),
    kind: open ?? 'spike',
    day,
    isToday,
    value: valueOf(facts, entity, metric, occasions),
    expected,
    lo,
    hi,
    score,
    contributions: metric === 'spend' || metric === 'results' ? contributionsTo(facts, entity, metric, occasions, arrived) : [],
    cause: null,
  }
}

const PARTS = {
  cpa: ['spend', 'results', 1],
  cpc: ['spend', 'clicks', 1],
  cpm: ['spend', 'impressions', 1000],
  ctr: ['clicks', 'impressions', 1],
  roas: ['revenue', 'spend', 1],
} as const

function valueOf(facts: Facts, entity: FactEntity, metric: AlertMetric, { asked }: Occasions): number | null {
  const total = (measure: string): number | null => {
    const value = totalOf(facts, entity, measure, asked)
    return value instanceof Unknown ? null : value
  }
  if (metric === 'spend' || metric === 'results') return total(metric)
  const [above, below, scale] = PARTS[metric]
  const [numerator, denominator] = [total(above), total(below)]
  return numerator === null || denominator === null || denominator === 0 ? null : (numerator / denominator) * scale
}

function contributionsTo(
  facts: Facts,
  entity: FactEntity,
  metric: 'spend' | 'results',
  occasions: Occasions,
  arrived?: ArrivedShare,
): Contribution[] {
  const below = entity.scope === 'account' ? 'campaign' : entity.scope === 'campaign' ? 'adset' : null
  if (below === null) return []
  const children = facts
    .entities(below)
    .filter((child) => below === 'campaign' || facts.owner(child, 'campaign')?.key === entity.key)
  const parts = children.flatMap((child) => {
    const value = totalOf(facts, child, metric, occasions.asked)
    if (value instanceof Unknown) return []
    const judged = judgeMetric(facts, child, { metric, actionType: null }, occasions, arrived)
    // An entity that is too new to be judged counts as expected to be zero.
    return [
      {
        scope: below,
        key: child.key,
        name: child.name,
        value,
        expected: judged instanceof Unknown ? 0 : judged.expected,
        isUnusual: !(judged instanceof Unknown) && judged.open !== null,
        isDelivering: facts.attribute(child, 'delivering') === true,
      } as const,
    ]
  })
  const deviation = parts.reduce((sum, { value, expected }) => sum + value - expected, 0)
  if (deviation === 0) return []
  return parts
    .map((part) => ({ ...part, share: (part.value - part.expected) / deviation }))
    .sort((one, other) => other.share - one.share)
    .filter(({ share }) => share > 0.01)
    .slice(0, MOST_NAMED)
}
