/** Rules that copy without a limit. */

import { DAY } from '../../clock/zone.js'
import type { Rule } from '../../rule/rule.js'
import type { Finding } from '../rules/finding.js'
import { mentions } from '../rules/mentions.js'
import { asksFirst } from '../rules/steps.js'

/** With at least this long between two copies of one entity, people can keep up. */
const LONG_REST = 7 * DAY

export function* copyFindings(rule: Rule): Generator<Finding> {
  const index = rule.then.findIndex(({ kind }) => kind === 'duplicate')
  if (index < 0 || rule.limit !== null || rule.cooldown >= LONG_REST || asksFirst(rule, index)) return
  if (rule.clear !== null || rule.cadence.kind === 'hook' || isMarked(rule)) return
  yield {
    code: 'duplicate-without-limit',
    at: { rule, path: `then[${index}]` },
    message: 'this copies every match again after each cooldown, and the copies may be copied in turn',
    hint: 'add `limit: 2 per day`, and mark what was copied: `label: { add: [copied] }` with `not: labels contains "copied"` in `where`',
  }
}

/**
 * Whether the rule labels or renames what it copied and has a condition on labels or names, so that it copies each entity once.
 */
const isMarked = (rule: Rule): boolean =>
  (rule.then.some((step) => step.kind === 'label' && step.add.length > 0) &&
    mentions(rule, ({ attribute }) => attribute === 'labels')) ||
  (rule.then.some(({ kind }) => kind === 'rename') && mentions(rule, ({ attribute }) => attribute === 'name'))
