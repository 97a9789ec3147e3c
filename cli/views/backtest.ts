/** Output of `tetik backtest`. */

import pc from 'picocolors'

import type { BacktestFiring } from '../../engine/backtest/backtest.js'
import { formatInstant } from '../../engine/clock/written-time.js'
import { stepName } from '../../engine/rule/steps/steps.js'
import { printable } from '../../engine/text/printable.js'
import { toMajor } from '../../engine/value/minor-units.js'
import type { ComparedFirings } from '../data/compare-firings.js'
import type { BacktestReport, RuleSummary } from '../data/run-backtest.js'
import { barChart } from './bar-chart.js'
import { leafAsJson } from './leaf-as-json.js'
import { nameText, numberText, sideText } from './side-text.js'

/** Shown wherever spend and results after firings are shown. */
export const WHAT_AFTER_MEANS =
  'Spend after and results after are the actual numbers of the days after each entity’s first firing. What would have happened if the rule had acted is not known.'

/** Yields pieces, because a long backtest with many firings is a long text. */
export function* backtestAsJson(report: BacktestReport, compared: ComparedFirings | null): Generator<string> {
  const { from, to, partial, evaluations, unknown, currency, timezone, notes } = report
  const head = { from, to, partial, evaluations, unknown, currency, timezone, notes }
  yield `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "firings": [`
  yield* listOf(report.firings, timezone)
  yield `],\n  "summary": ${indented(report.summary.map((rule) => summaryAsJson(rule, currency)))}`
  if (compared !== null) {
    yield `,\n  "compare": {\n  "revision": ${JSON.stringify(compared.revision)},\n  "to": "${compared.to}",\n  "rules": ${indented(compared.rules)},\n  "added": [`
    yield* listOf(compared.added, timezone)
    yield `],\n  "removed": [`
    yield* listOf(compared.removed, timezone)
    yield `]\n  }`
  }
  yield '\n}\n'
}

function* listOf(firings: readonly BacktestFiring[], timezone: string): Generator<string> {
  for (const [index, firing] of firings.entries())
    yield `${index === 0 ? '\n    ' : ',\n    '}${JSON.stringify(firingAsJson(firing, timezone))}`
  if (firings.length > 0) yield '\n  '
}

const indented = (value: unknown): string => JSON.stringify(value, null, 2).replaceAll('\n', '\n  ')

const firingAsJson = ({ rule, entity, at, trace }: BacktestFiring, timezone: string) => ({
  rule: rule.id,
  version: rule.version,
  entity: { scope: entity.scope, id: entity.id, name: entity.name },
  at: formatInstant(at, timezone),
  steps: rule.then.map(stepName),
  trace: trace.map(leafAsJson),
})

const summaryAsJson = ({ rule, firings, entities, spendAfter, resultsAfter }: RuleSummary, currency: string | null) => ({
  rule: rule.id,
  firings,
  entities,
  spend_after: spendAfter === null ? null : toMajor(spendAfter, currency),
  results_after: resultsAfter,
})

/** Firings listed for people; the JSON and the HTML page have all of them. */
const LISTED = 20

export interface BacktestViewOptions {
  readonly colour: boolean
  /** Columns of the terminal. */
  readonly width: number
}

export function backtestForPeople(
  report: BacktestReport,
  compared: ComparedFirings | null,
  { colour, width }: BacktestViewOptions,
): string {
  const paint = pc.createColors(colour)
  const { from, to, days, evaluations, unknown, firings, summary, partial, timezone } = report
  const blocks = [
    `${paint.bold(`${from} to ${to}`)}: ${counted(days.length, 'day')}, evaluated at the end of each (${timezone}), ${counted(evaluations, 'evaluation')}, ${counted(unknown, 'unknown', 'unknown')}, ${counted(firings.length, 'firing')}`,
  ]
  if (partial) blocks.push(paint.yellow(`Partial result: stopped after ${to}; later days were not evaluated.`))
  if (firings.length > 0)
    blocks.push(
      `Firings\n${barChart(
        days.map((day) => ({ label: day.day, value: day.firings })),
        width,
      )}`,
    )
  blocks.push(table(summary, report.currency).join('\n'), paint.dim(WHAT_AFTER_MEANS))
  if (compared !== null) blocks.push(comparedForPeople(compared, paint))
  else if (firings.length > 0) blocks.push(listForPeople('Firings', firings, paint))
  return `${blocks.join('\n\n')}\n`
}

type Paint = ReturnType<typeof pc.createColors>

function table(summary: readonly RuleSummary[], currency: string | null): readonly string[] {
  const rows = [
    ['RULE', 'FIRINGS', 'ON', 'SPEND AFTER', 'RESULTS AFTER'],
    ...summary.map(({ rule, firings, entities, spendAfter, resultsAfter }) => [
      rule.id,
      String(firings),
      counted(entities, SCOPES[rule.scope] ?? rule.scope),
      spendAfter === null ? 'not known' : numberText(toMajor(spendAfter, currency), currency ?? 'money', true),
      resultsAfter === null ? 'not known' : numberText(resultsAfter, 'count'),
    ]),
  ]
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => [...row[column]!].length)))
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const space = ' '.repeat(widths[column]! - [...cell].length)
        return column === 0 ? cell + space : space + cell
      })
      .join('  ')
      .trimEnd(),
  )
}

const SCOPES: Readonly<Record<string, string>> = { adset: 'ad set' }

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${numberText(count, 'count')} ${count === 1 ? one : many}`
}

function listForPeople(title: string, firings: readonly BacktestFiring[], paint: Paint): string {
  const shown = firings.slice(-LISTED)
  const left = firings.length - shown.length
  const head = left === 0 ? title : `${title}, the last ${shown.length} of ${firings.length} (--json and --html have all)`
  return [head, ...shown.map((firing) => `  ${lineOf(firing, paint)}`)].join('\n')
}

function lineOf({ day, rule, entity, trace }: BacktestFiring, paint: Paint): string {
  const why = trace.filter(({ result, right }) => result === true && typeof right !== 'boolean').map(reasonOf)
  return `${paint.dim(day)}  ${paint.bold(rule.id)}  ${nameText(entity)}  ${paint.dim(why.join('; '))}`.trimEnd()
}

const reasonOf = (leaf: BacktestFiring['trace'][number]): string => `${printable(leaf.condition)} (${sideText(leaf.left, leaf)})`

function comparedForPeople(compared: ComparedFirings, paint: Paint): string {
  const { added, removed, rules } = compared
  const revision = printable(compared.revision)
  if (added.length === 0 && removed.length === 0) return `Compared with ${revision}: the same firings.`
  const changed = rules.filter(({ added, removed }) => added + removed > 0)
  const lines = changed.map(({ rule, before, after, added, removed }) => {
    return `  ${rule}: ${before ?? 'no such rule'} → ${after ?? 'no such rule'}  (${paint.green(`+${added}`)} ${paint.red(`−${removed}`)})`
  })
  const blocks = [`Compared with ${revision}\n${lines.join('\n')}`]
  if (added.length > 0) blocks.push(listForPeople('New firings', added, paint))
  if (removed.length > 0) blocks.push(listForPeople('Removed firings', removed, paint))
  return blocks.join('\n\n')
}
