/** Hints for a window in parentheses: `spend(last_3d)`. */

import { nearestName } from '../../diagnostic/nearest.js'
import { synonymOf } from '../../diagnostic/synonyms.js'
import { findAttribute } from '../../metric/attributes.js'
import { findMetric, METRICS } from '../../metric/catalogue.js'
import type { Span } from '../syntax.js'
import { madeOf } from './ratio-hints.js'
import type { Token } from './tokens.js'
import { readWindow, windowText } from './window.js'

const METRIC_NAMES = METRICS.map((metric) => metric.name)

/**
 * Returns the hint for a metric that is called like a function, with the tokens `inside` its parentheses; undefined if it is
 * not a metric.
 */
export function hintForWindowOfCall(name: string, inside: readonly Token[], span: Span): string | undefined {
  const known = findMetric(name)?.name
  const read = inside.length === 0 ? null : readWindow(inside, span)
  const window = read?.window ?? read?.meant ?? null
  if (window !== null) {
    const metric = known ?? synonymOf(name, METRIC_NAMES) ?? nearestName(name, METRIC_NAMES)
    return metric === null ? madeOf(name, window) : `did you mean \`${metric}[${windowText(window)}]\`?`
  }
  if (known !== undefined) return `the window of a metric is written in square brackets, for example \`${known}[last_7d]\``
  return inside.length === 0 && findAttribute(name) !== undefined ? `did you mean \`${name}\`?` : undefined
}
