/** Notes that explain a leaf's numbers: the attribution of its conversions, and if Meta's own results differ. */

import type { Expression } from '../../expression/syntax.js'
import type { FactEntity, Facts } from '../../facts/facts.js'
import { attributionInWords } from '../../metric/attribution.js'
import { findMetric } from '../../metric/catalogue.js'
import { metricMayMissByHour } from '../../metric/off-meta.js'
import type { WindowRange } from '../../metric/window.js'

/** A metric of a leaf that counts conversions. */
export interface CountedMetric {
  readonly owner: Extract<Expression, { kind: 'metric' }>['owner']
  /** The index of its window in the condition's list. */
  readonly index: number
  readonly countsResults: boolean
}

/**
 * Returns null for an expression that counts no conversions.
 *
 * @param index returns the index of a metric's window in the condition's list
 */
export function countedMetric(
  expression: Expression,
  index: (metric: Expression & { kind: 'metric' }) => number,
): CountedMetric | null {
  if (expression.kind !== 'metric') return null
  const { metric, actionType, owner } = expression
  if (!metricMayMissByHour(metric, actionType) && metric !== 'messages') return null
  return { owner, index: index(expression), countsResults: actionType === null && dependsOn(metric, 'results') }
}

function dependsOn(metric: string, measure: string): boolean {
  const made = findMetric(metric)?.made
  if (made === undefined || made.kind === 'asked') return false
  return made.kind === 'sum' ? made.measure === measure : made.numerator === measure || made.denominator === measure
}

/** Returns the notes as sentences without a full stop, without duplicates. */
export function notesOf(
  counted: readonly CountedMetric[],
  facts: Facts,
  entity: FactEntity,
  ranges: readonly WindowRange[],
): readonly string[] {
  const notes = new Set<string>()
  for (const { owner, index, countsResults } of counted) {
    const own = owner === 'self' ? entity : facts.owner(entity, owner)
    if (own === null) continue
    const settings = facts.attribution?.(own) ?? []
    if (settings.length > 0) notes.add(`attribution: ${settings.map((one) => attributionInWords(one, 'en')).join('; ')}`)
    const range = ranges[index]
    if (!countsResults || range?.kind !== 'days') continue
    const difference = facts.resultsDifference?.(own, range.days) ?? 0
    if (difference === 0) continue
    const [amount, than] = [Math.abs(difference), difference > 0 ? 'more' : 'fewer']
    notes.add(`these are Meta’s own results, ${amount} ${than} than the actions in its rows`)
  }
  return [...notes]
}
