/** The work of `tetik eval`: evaluates rules on the rows of a file at one moment, without a clock or a server. */

import { formatInstant } from '../../engine/clock/written-time.js'
import type { ExportText } from '../../engine/read-export/open-export.js'
import type { Evaluation } from '../../engine/rule/decision.js'
import { evaluateRule, prepareRule } from '../../engine/rule/evaluate/evaluate.js'
import type { Rule } from '../../engine/rule/rule.js'
import { distinctLabels, namesAbove } from '../base/entity-path.js'
import type { RuleSets } from '../base/rule-sets.js'
import { type DataFindings, type EvaluateDataOptions, rulesOnData } from './rules-with-data.js'

interface EvaluatedRule {
  readonly rule: Rule
  readonly evaluations: readonly Evaluation[]
  /** Names of the campaign and ad set that contain each entity, by its key. */
  readonly above: ReadonlyMap<string, { readonly campaign: string | null; readonly adset: string | null }>
  /** Labels for entities that share a name, by key. */
  readonly labels: ReadonlyMap<string, string>
}

export interface EvaluatedData extends DataFindings {
  /** Null if the diagnostics contain an error. */
  readonly evaluated: {
    /** With the account's offset. */
    readonly at: string
    readonly currency: string | null
    readonly rules: readonly EvaluatedRule[]
  } | null
}

/** @throws OptionError */
export async function evaluateData(sets: RuleSets, data: ExportText, options: EvaluateDataOptions): Promise<EvaluatedData> {
  const { opened, diagnostics, notes } = rulesOnData(sets, data, options)
  if (opened === null) return { evaluated: null, diagnostics, notes }
  const rules: EvaluatedRule[] = []
  for (const { rule, account } of opened.rules) {
    const facts = opened.factsFor(rule, account)
    const evaluations = await evaluateRule(prepareRule(rule), facts)
    const entities = evaluations.map(({ entity }) => entity)
    const above = new Map(entities.map((entity) => [entity.key, namesAbove(facts, entity)]))
    rules.push({ rule, evaluations, above, labels: distinctLabels(facts, entities) })
  }
  const evaluated = { at: formatInstant(opened.at, opened.timezone), currency: opened.currency, rules }
  return { evaluated, diagnostics, notes }
}
