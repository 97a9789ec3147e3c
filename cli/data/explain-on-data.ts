/** `tetik explain RULE --entity … --at … --data CSV`: explains a rule on a file, without a database. */

import { formatInstant } from '../../engine/clock/written-time.js'
import type { Diagnostic } from '../../engine/diagnostic/diagnostic.js'
import { explainEvaluation } from '../../engine/explanation/explain-evaluation.js'
import type { ExportText } from '../../engine/read-export/open-export.js'
import { RulePlaces } from '../../engine/rule/read/places.js'
import { stepName } from '../../engine/rule/steps/steps.js'
import { pathAbove } from '../base/entity-path.js'
import type { RuleSets } from '../base/rule-sets.js'
import { ExplainError, type Explanation } from './explanation.js'
import { findEntity } from './find-entity.js'
import { rulesOnData } from './rules-with-data.js'

export interface ExplainOnDataQuestion {
  readonly rule: string
  readonly entity: string | undefined
  readonly at: string
  readonly account?: string | undefined
  readonly currency?: string | undefined
  readonly timezone?: string | undefined
  readonly result?: string | undefined
}

/**
 * Evaluates one rule for one entity. `explanation` is null if the diagnostics contain an error.
 *
 * @throws ExplainError, OptionError
 */
export async function explainOnData(
  sets: RuleSets,
  data: ExportText,
  question: ExplainOnDataQuestion,
): Promise<{ readonly explanation: Explanation | null; readonly diagnostics: readonly Diagnostic[] }> {
  const { opened, diagnostics, notes } = rulesOnData(sets, data, { ...question, only: question.rule })
  if (opened === null) return { explanation: null, diagnostics }
  const [placed] = opened.rules
  if (placed === undefined) throw new ExplainError(`these files have no rule ${question.rule}`)
  const { rule } = placed
  const facts = opened.factsFor(rule, placed.account)
  const entity = findEntity(facts, rule.scope, question.entity)
  const places = new RulePlaces(sets.sets.flatMap(({ files }) => files))
  const { outcome, because, leaves } = await explainEvaluation(rule, facts, entity, places)
  const { name, currency, timezone } = facts.account
  const days = facts.knownDays()
  const { id, version, description, file, line, mode } = rule
  const explanation: Explanation = {
    decision: null,
    rule: { id, version, description, file, line, commit: null, mode },
    account: { name, currency, timezone },
    entity,
    ...(pathAbove(facts, entity) === '' ? {} : { within: pathAbove(facts, entity) }),
    at: formatInstant(opened.at, timezone),
    outcome,
    because,
    note: null,
    leaves,
    state: null,
    data: { kind: 'file', file: data.path, since: days?.since ?? null, until: days?.until ?? null },
    steps: rule.then.map(stepName),
    carriedOut: null,
    lastDecision: null,
    notes: [...notes, 'Only the conditions were evaluated: a file has no record of actions, cooldowns and limits.'],
  }
  return { explanation, diagnostics }
}
