/** Copies without end. */

import { DAY } from '../../clock/zone.js'
import type { Rule } from '../../rule/rule.js'
import type { Finding } from '../rules/finding.js'
import { mentions } from '../rules/mentions.js'
import { asksFirst } from '../rules/steps.js'

/** So long between two copies of one thing is a pace that people can follow. */
const LONG_REST = 7 * DAY

export function* copyFindings(rule: Rule): Generator<Finding> {
  const index = rule.then.findIndex(({ kind }) => kind === 'duplicate')
  if (index < 0 || rule.limit !== null || rule.cooldown >= LONG_REST || asksFirst(rule, index)) return
  if (rule.clear !== null || rule.cadence.kind === 'hook' || isMarked(rule)) return
  yield {
    code: 'duplicate-without-limit',
    at: { rule, path: `then[${index}]` },
    message: 'this makes a copy of each thing that it is true of, again after each rest, and the copies may be copied in turn',
    hint: 'add `limit: 2 per day`, and mark what was copied: `label: { add: [copied] }` with `not: labels contains "copied"` in `where`',
  }
}

/** Whether the rule labels or renames what it copied, and looks at labels or names: then once is enough. */
const isMarked = (rule: Rule): boolean =>
  (rule.then.some((step) => step.kind === 'label' && step.add.length > 0) &&
    mentions(rule, ({ attribute }) => attribute === 'labels')) ||
  (rule.then.some(({ kind }) => kind === 'rename') && mentions(rule, ({ attribute }) => attribute === 'name'))
