/** Which columns of a file the rules need, and which of them it lacks. */

import type { Diagnostic } from '../diagnostic/diagnostic.js'
import type { Expression } from '../expression/syntax.js'
import { sidesOf, withinExpression } from '../expression/walk.js'
import { findMetric } from '../metric/catalogue.js'
import type { Rule } from '../rule/rule.js'
import { leavesOf } from '../rule/walk.js'

export interface Needs {
  /** Measures to read from the file. */
  readonly measures: ReadonlySet<string>
  /** Errors for metrics without a column. */
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Returns the columns that `where` and `when` of the rules need.
 *
 * @param resultOf returns the measure that counts the results of a rule, if the file has no column of results
 * @param withClear whether the columns for `clear` are needed, too
 * @param empty names of empty columns by measure; they count as missing
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
      // Forecasts also need spend and impressions, to recognise days without delivery.
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
          message: `the rule \`${rule.id}\` needs the column \`${missing}\` for \`${text}\`, but ${file} does not have it`,
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
    return `\`${blank}\` is empty in every row, which need not mean zero: export it without a breakdown, or with a column for the result`
  return missing === measure
    ? 'add the column to the export'
    : `\`${missing}\` counts as results; choose another metric with --result`
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

/** Returns the columns that a measure is read from, and the missing one, if any. */
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
