/** Backtests on the rows of a file. */

import { fileSource } from '../../engine/backtest/source.js'
import { isoDay } from '../../engine/clock/day.js'
import type { Diagnostic } from '../../engine/diagnostic/diagnostic.js'
import type { FactAccount } from '../../engine/facts/facts.js'
import type { ExportText } from '../../engine/read-export/open-export.js'
import type { Rule } from '../../engine/rule/rule.js'
import { OptionError } from '../base/option-error.js'
import type { RuleSets } from '../base/rule-sets.js'
import { estimatesOn } from './estimates-on-data.js'
import { type EvaluateDataOptions, rulesWithData } from './rules-with-data.js'
import type { BacktestRun } from './run-backtest.js'

export interface RunsOnData {
  /** One for each account that the rules name, all on the same rows; null if the diagnostics contain an error. */
  readonly runs: readonly BacktestRun[] | null
  readonly diagnostics: readonly Diagnostic[]
  readonly notes: readonly string[]
}

/** @throws OptionError */
export function runsOnData(sets: RuleSets, data: ExportText, options: Omit<EvaluateDataOptions, 'at'>): RunsOnData {
  const { opened, diagnostics, notes } = rulesWithData(sets, data, options, { clear: true, outcomes: true })
  if (opened === null) return { runs: null, diagnostics, notes }
  const { dataset, rules, accountFor } = opened
  if (dataset.days === null) throw new OptionError(`${data.path} has no dates: a backtest needs a row for each day`)
  const days = { first: isoDay(dataset.days.first), last: isoDay(dataset.days.last) }
  const byAccount = new Map<FactAccount, Rule[]>()
  for (const { rule, account } of rules) {
    const of = accountFor(rule, account)
    byAccount.set(of, [...(byAccount.get(of) ?? []), rule])
  }
  const runs = [...byAccount].map(([account, own]) => ({
    rules: own,
    source: fileSource(dataset, account, days, estimatesOn),
  }))
  return { runs, diagnostics, notes }
}
