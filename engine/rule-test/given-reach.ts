/** Reach and frequency that a test gives. They do not add up over days, so they are given per window. */

import { type Reading, refuse } from '../diagnostic/fault.js'
import { parseExpression } from '../expression/read/parse.js'
import type { Vocabulary } from '../expression/read/vocabulary.js'
import type { Expression } from '../expression/syntax.js'
import type { Facts } from '../facts/facts.js'
import { findMetric } from '../metric/catalogue.js'
import { windowRange, type WindowRange } from '../metric/window.js'
import { asAmounts, parseSingle } from './series.js'

export interface GivenAnswer {
  readonly metric: Expression & { readonly kind: 'metric' }
  /** Null if the test says that it is unknown. */
  readonly value: number | null
}

/** Reads a key of `asked:` such as `frequency[last_7d]`. The entity is the one that the key is under. */
export function parseAskedName(text: string, vocabulary: Vocabulary): Reading<GivenAnswer['metric']> {
  const { value, faults } = parseExpression(text, vocabulary)
  if (value === null) return { value: null, faults }
  const hint = 'for example `frequency[last_7d]`'
  if (value.kind !== 'metric' || findMetric(value.metric)?.made.kind !== 'asked')
    return refuse(text, 'bad-metric', 'only reach and frequency are given per window', hint)
  if (value.owner !== 'self')
    return refuse(text, 'bad-metric', `write this under the ${value.owner}, without \`${value.owner}.\``, hint)
  return { value, faults }
}

/** Reads the value for a window. A count (reach) is checked like any other count. `metric` is null if its name has an error. */
export function parseAnswer(text: string, metric: GivenAnswer['metric'] | null): Reading<{ readonly value: number | null }> {
  const single = parseSingle(text)
  const { value, faults } = metric?.unit.kind === 'count' ? asAmounts(text, single, { kind: 'count' }) : single
  return { value: value === null ? null : { value: value[0] ?? null }, faults }
}

/** Returns the value that the test gives for exactly this window; null if it is given as unknown, undefined if it is not given. */
export function answerFor(
  given: readonly GivenAnswer[],
  facts: Facts,
  field: string,
  range: WindowRange,
): number | null | undefined {
  const wanted = JSON.stringify(range)
  const { at, account } = facts
  return given.find(
    ({ metric }) => metric.metric === field && JSON.stringify(windowRange(metric.window, at, account.timezone)) === wanted,
  )?.value
}
