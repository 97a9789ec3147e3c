/** What rules need of a file, and which of it a file lacks. */

import type { Diagnostic } from '../diagnostic/diagnostic.js'
import type { Expression } from '../expression/syntax.js'
import { sidesOf, withinExpression } from '../expression/walk.js'
import { findMetric } from '../metric/catalogue.js'
import type { Rule } from '../rule/rule.js'
import { leavesOf } from '../rule/walk.js'

export interface Needs {
  /** Measures to read of the file. */
  readonly measures: ReadonlySet<string>
  /** Rules with a metric for which the file has no column. */
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * What `where` and `when` of the rules need of a file's columns. `resultOf` is what `results` counts for a rule where the
 * file has no column of its own for them.
 *
 * @param withClear whether what `clear` needs is needed, too
 * @param empty columns without one value, by their measures: the file lacks them
 */
export function needsOf(
  rules: readonly Rule[],
  columns: ReadonlySet<string>,
  file: string,
  resultOf: (rule: Rule) => string,
  withClear = false,
  empty: ReadonlyMap<string, string> = new Map(),
): Needs {
  const measures = new Set<string>()
  const diagnostics: Diagnostic[] = []
  for (const rule of rules) {
    const reported = new Set<string>()
    for (const { metric, text } of metricsOf(rule, withClear)) {
      // Days on which nothing was delivered are no history to a forecast.
      if (metric.kind === 'forecast')
        for (const measure of ['spend', 'impressions']) if (columns.has(measure)) measures.add(measure)
      for (const measure of measuresOf(metric)) {
        const found = columnsOf(measure, columns, resultOf(rule))
        for (const column of found.read) measures.add(column)
        const missing = found.missing
        if (missing === null || reported.has(missing)) continue
        reported.add(missing)
        diagnostics.push({
          code: 'missing-column',
          severity: 'error',
          message: `the rule \`${rule.id}\` needs the column \`${missing}\` for \`${text}\`, and ${file} has none`,
          file: rule.file,
          line: rule.line,
          column: 1,
          length: 1,
          hint: hintFor(missing, measure, empty),
        })
      }
    }
  }
  return { measures, diagnostics }
}

function hintFor(missing: string, measure: string, empty: ReadonlyMap<string, string>): string {
  const blank = empty.get(measure) ?? empty.get(missing)
  if (blank !== undefined)
    return `\`${blank}\` is empty in every row, which need not mean zero: export it without a breakdown, or with a column of what results are`
  return missing === measure ? 'add the column to the export' : `results are \`${missing}\` here; --result names others`
}

interface UsedMetric {
  readonly metric: Pick<Expression & { readonly kind: 'metric' | 'forecast' }, 'kind' | 'metric' | 'actionType'>
  /** The line of the condition that needs it. */
  readonly text: string
}

function* metricsOf(rule: Rule, withClear: boolean): Generator<UsedMetric> {
  for (const condition of [rule.where, rule.when, withClear ? rule.clear : null]) {
    for (const { comparison, text } of leavesOf(condition)) {
      for (const side of sidesOf(comparison)) {
        for (const metric of withinExpression(side))
          if (metric.kind === 'metric' || metric.kind === 'forecast') yield { metric, text }
      }
    }
  }
}

function measuresOf({ metric, actionType }: UsedMetric['metric']): readonly string[] {
  if (actionType !== null) return [`action:${actionType}`]
  const made = findMetric(metric)?.made
  if (made === undefined) return []
  if (made.kind === 'ratio') return [made.numerator, made.denominator]
  return [made.kind === 'sum' ? made.measure : made.field]
}

/** The columns that a measure is read from, and what is missing where there are not enough. */
function columnsOf(
  measure: string,
  columns: ReadonlySet<string>,
  result: string,
): { readonly read: readonly string[]; readonly missing: string | null } {
  if (measure === 'results') {
    if (columns.has('results')) return { read: ['results', result], missing: null }
    return { read: [result], missing: columns.has(result) ? null : result }
  }
  if (measure === 'gross_spend') return { read: ['spend'], missing: columns.has('spend') ? null : 'spend' }
  if (measure === 'frequency') {
    const both = columns.has('impressions') && columns.has('reach')
    return { read: ['frequency', 'impressions', 'reach'], missing: columns.has('frequency') || both ? null : 'frequency' }
  }
  return { read: [measure], missing: columns.has(measure) ? null : measure }
}
