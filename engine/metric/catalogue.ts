/**
 * Every metric that a rule may use: its unit, its formula and its words. The unit check, the evaluation, the CSV reader, the
 * editor's completion, the sentences for people and the reference in docs/ all read this list.
 */

import type { UnitKind } from '../value/unit.js'
import { METRICS } from './metrics.js'
import type { InBoth, MetricWords } from './words.js'

export interface MetricDefinition {
  readonly name: string
  readonly unit: UnitKind
  /** The formula; a sum also states how its measure arrives. */
  readonly made: Exclude<MetricFormula, { kind: 'sum' }> | SumOfCatalogue
  readonly words: InBoth<MetricWords>
}

/**
 * `sum` adds a measure up over days and entities. `ratio` is a ratio of two sums, never a mean of ratios; with `overCount` the
 * denominator counts events that may still happen, so while it is zero the ratio is "at least" its numerator. `asked` does not
 * add up and must be requested from Meta for exactly the window. `scale` multiplies the ratio (`cpm`: 1000).
 */
export type MetricFormula =
  | { readonly kind: 'sum'; readonly measure: string }
  | {
      readonly kind: 'ratio'
      readonly numerator: string
      readonly denominator: string
      readonly overCount: boolean
      readonly scale: number
    }
  | { readonly kind: 'asked'; readonly field: string }

export interface MeasureFacts {
  /** `late`: credited to the day of the click, but reported up to days later. `at-once`: final when the day is over. */
  readonly arrives: 'at-once' | 'late'
  /**
   * `off-meta`: on a website or in an app; Meta learns of it from the pixel or an SDK, and leaves it out of some rows. `both`:
   * one number for what happens on Meta and off it.
   */
  readonly happens: 'on-meta' | 'off-meta' | 'both'
  /** Whether it is the number or the value of something that people do after a click. */
  readonly isConversion: boolean
}

export type SumOfCatalogue = Extract<MetricFormula, { kind: 'sum' }> & MeasureFacts

export { METRICS }

const byName = new Map(METRICS.map((metric) => [metric.name, metric]))

export const findMetric = (name: string): MetricDefinition | undefined => byName.get(name)

const factsByMeasure = new Map(METRICS.flatMap(({ made }) => (made.kind === 'sum' ? [[made.measure, made] as const] : [])))
const asked = new Set(METRICS.flatMap(({ made }) => (made.kind === 'asked' ? [made.field] : [])))

/** Returns undefined for measures that are not in the catalogue, such as `action:…`, and for those requested by window. */
export const factsOfMeasure = (measure: string): MeasureFacts | undefined => factsByMeasure.get(measure)

/** Whether a measure is final when its day is over. Action types that are not in the catalogue count as late conversions. */
export const arrivesAtOnce = (measure: string): boolean =>
  asked.has(measure) || factsByMeasure.get(measure)?.arrives === 'at-once'
