/** Reach and frequency of a window, as Meta would answer for it: they do not add up, so that a test gives them by the window. */

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
  /** Null where the test says that it is not known. */
  readonly value: number | null
}

/** `frequency[last_7d]`. Whose it is, the place says. */
export function parseAskedName(text: string, vocabulary: Vocabulary): Reading<GivenAnswer['metric']> {
  const { value, faults } = parseExpression(text, vocabulary)
  if (value === null) return { value: null, faults }
  const hint = 'for example `frequency[last_7d]`'
  if (value.kind !== 'metric' || findMetric(value.metric)?.made.kind !== 'asked')
    return refuse(text, 'bad-metric', 'only reach and frequency are given by the window', hint)
  if (value.owner !== 'self')
    return refuse(text, 'bad-metric', `it belongs to its ${value.owner}, without \`${value.owner}.\``, hint)
  return { value, faults }
}

/** The answer for `metric`, of which a count is written as every other is; null where the name has a fault. */
export function parseAnswer(text: string, metric: GivenAnswer['metric'] | null): Reading<{ readonly value: number | null }> {
  const single = parseSingle(text)
  const { value, faults } = metric?.unit.kind === 'count' ? asAmounts(text, single, { kind: 'count' }) : single
  return { value: value === null ? null : { value: value[0] ?? null }, faults }
}

/** What the test gives for the very window; undefined where it gives nothing. */
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
