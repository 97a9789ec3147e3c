/** What a condition judges an entity by: a cost or return, revenue compared with spend, or missing results. */

import type { Expression, Window } from '../../expression/syntax.js'
import { sidesOf, withinExpression } from '../../expression/walk.js'
import { arrivesAtOnce, factsOfMeasure, findMetric } from '../../metric/catalogue.js'
import type { Scope } from '../../value/scope.js'
import { ownerOf, windowKey } from '../logic/atom.js'
import type { Leaf } from './guarantees.js'
import type { AccountReading } from './rule-reading.js'

export interface Judgement {
  /** `ratio`: a cost or return. `balance`: conversions or their value compared with spend. `few`: few results, or none. */
  readonly kind: 'ratio' | 'balance' | 'few'
  readonly written: string
  readonly window: Window
  readonly owner: Scope
  /** Whether it depends on conversions, which arrive hours after the spend: `cpa`, `roas`, spend over purchases. */
  readonly isDelayed: boolean
  /** The metric that it counts: `results` for `cpa`, `purchases` for `spend / purchases`; null if it counts none. */
  readonly counted: string | null
}

const SPEND = ['spend', 'gross_spend']

type Metric = Expression & { readonly kind: 'metric' }

/** Whether a metric is the number or the value of conversions. */
const isConversion = ({ metric, actionType }: Pick<Metric, 'metric' | 'actionType'>): boolean =>
  actionType !== null || isConversionMeasure(metric)

export const isConversionMeasure = (name: string): boolean =>
  name.startsWith('action:') || factsOfMeasure(name)?.isConversion === true

/** @param wanted true if the leaf must be true, false if it must be false */
export function judgementsOf(leaf: Leaf, wanted: boolean, reading: AccountReading): readonly Judgement[] {
  const { scope } = reading.rule
  const sides = sidesOf(leaf.comparison)
  const ratios = sides.flatMap((side) => [...withinExpression(side)].flatMap((part) => ratioIn(part, leaf, scope) ?? []))
  if (ratios.length > 0) return ratios
  const metrics = sides.flatMap(metricsIn)
  const converted = metrics.find(isConversion)
  if (converted === undefined) return []
  const { window, owner, metric } = converted
  const judged = { window, owner: ownerOf(owner, scope), isDelayed: true, counted: metric }
  const balance = metrics.some(({ metric }) => SPEND.includes(metric))
  if (balance) return [{ ...judged, kind: 'balance', written: leaf.text }]
  return asksForFew(leaf, wanted, reading) ? [{ ...judged, kind: 'few', written: leaf.text }] : []
}

/** Returns the judgement of a ratio: a ratio metric, or a division of metrics written in the line. */
function ratioIn(part: Expression, leaf: Leaf, scope: Scope): Judgement | null {
  const written = leaf.text.slice(part.span.start, part.span.end)
  if (part.kind === 'metric') {
    const formula = part.actionType === null ? findMetric(part.metric)?.made : undefined
    if (formula?.kind !== 'ratio') return null
    const isDelayed = !arrivesAtOnce(formula.numerator) || !arrivesAtOnce(formula.denominator)
    const counted = formula.overCount ? formula.denominator : null
    return { kind: 'ratio', written, window: part.window, owner: ownerOf(part.owner, scope), isDelayed, counted }
  }
  if (part.kind !== 'arithmetic' || part.operator !== '/') return null
  const [above, below] = [metricsIn(part.left), metricsIn(part.right)]
  if (above.length === 0 || below.length !== 1) return null
  const { window, owner, metric } = below[0]!
  const isDelayed = [...above, ...below].some(({ metric }) => !arrivesAtOnce(metric))
  return { kind: 'ratio', written, window, owner: ownerOf(owner, scope), isDelayed, counted: metric }
}

const metricsIn = (expression: Expression): readonly Metric[] =>
  [...withinExpression(expression)].filter((part): part is Metric => part.kind === 'metric')

/** Whether the leaf requires a number of results to be at or below some amount. */
const asksForFew = (leaf: Leaf, wanted: boolean, reading: AccountReading): boolean =>
  reading.demands(
    leaf,
    wanted,
    ({ sum: { terms } }) =>
      [...terms].every(([key, coefficient]) => {
        const { measure, role } = reading.atoms.domain(key)
        return measure === undefined ? role !== 'metric' : coefficient < 0 && isConversionMeasure(measure.name)
      }) && [...terms.keys()].some((key) => reading.atoms.domain(key).measure !== undefined),
  )

/** Returns the number of whole days in a window, and how many days before today it ends; null for hours and calendar windows. */
export function daysOf(window: Window): { readonly count: number; readonly ended: number } | null {
  const [, count, ended] = /^(\d+)d-(\d+)$/.exec(windowKey(window)) ?? []
  return count === undefined ? null : { count: Number(count), ended: Number(ended) }
}
