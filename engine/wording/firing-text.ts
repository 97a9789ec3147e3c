/** What a firing does and why, in one line: for messages, the panel, the terminal and Temporal's timeline. */

import type { FactEntity } from '../facts/facts.js'
import { SCOPE_WORDS } from '../metric/words.js'
import type { TraceLeaf } from '../rule/decision.js'
import type { Rule } from '../rule/rule.js'
import { kindOf } from '../rule/steps/steps.js'
import { comparisonsOf } from '../rule/walk.js'
import { bytesOf, oneLine, SUMMARY_BYTES } from '../text/one-line.js'
import { quoted, type WordingOptions } from './parts/wording.js'
import { stepsText } from './step-text.js'
import { traceClause } from './trace-text.js'

type WordedRule = Pick<Rule, 'then' | 'when' | 'scope'>
type Named = Pick<FactEntity, 'scope' | 'id' | 'name' | 'key'>

/** "pauses the ad set “Women 25-44”: cost per purchase over the last 3 days ₺536 (3 purchases, ₺1,609), limit ₺180". */
export function firingText(
  rule: WordedRule,
  entity: Named,
  trace: readonly TraceLeaf[],
  options: Omit<WordingOptions, 'scope'>,
): string {
  const own = { ...options, scope: rule.scope }
  const reasons = reasonTexts(rule, trace, own)
  const what = actionText(rule, entity, own)
  return oneLine(reasons.length === 0 ? what : `${what}: ${reasons.join('; ')}`, Infinity)
}

/** The same in English within the 200 bytes that Temporal shows, with as many reasons as fit. */
export function summaryText(rule: WordedRule, entity: Named, trace: readonly TraceLeaf[], currency: string | null): string {
  const options: WordingOptions = { language: 'en', currency, result: null, scope: rule.scope }
  let summary = actionText(rule, entity, options)
  for (const [index, reason] of reasonTexts(rule, trace, options).entries()) {
    const longer = `${summary}${index === 0 ? ': ' : '; '}${reason}`
    if (bytesOf(longer) > SUMMARY_BYTES) return index === 0 ? oneLine(longer) : summary
    summary = longer
  }
  return oneLine(summary)
}

/** "pauses the ad set “A” and raises its budget by 15%"; a rule that only notifies writes about the entity. */
function actionText(rule: WordedRule, entity: Named, options: WordingOptions): string {
  const name = oneLine(entity.name ?? entity.id ?? entity.key, 80)
  const acting = rule.then.filter((step) => kindOf(step).action !== null)
  if (acting.length > 0) return stepsText(acting, { ...options, name })
  const { en, tr } = SCOPE_WORDS[entity.scope]
  return options.language === 'tr' ? `${quoted(name)} ${tr.about} bildirir` : `writes about the ${en.one} ${quoted(name)}`
}

/**
 * The true leaves of `when`, each with the numbers that made it true. If `not:` made it true, all leaves that are known.
 */
function reasonTexts(rule: Pick<Rule, 'when'>, trace: readonly TraceLeaf[], options: WordingOptions): readonly string[] {
  const comparisons = comparisonsOf({ when: rule.when })
  const leaves = trace.filter(({ path }) => comparisons.has(path))
  const held = leaves.filter(({ result }) => result === true)
  return (held.length > 0 ? held : leaves.filter(({ result }) => result !== null)).map((leaf) =>
    traceClause(leaf, comparisons.get(leaf.path)!, options),
  )
}
