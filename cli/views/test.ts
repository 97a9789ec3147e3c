/** Output of `tetik test`. */

import pc from 'picocolors'

import type { Diagnostic } from '../../engine/diagnostic/diagnostic.js'
import { countInWords, renderDiagnostics } from '../../engine/diagnostic/render.js'
import { sortDiagnostics } from '../../engine/diagnostic/source.js'
import type { TraceLeaf } from '../../engine/rule/decision.js'
import type { LeafCoverage } from '../../engine/rule-test/coverage.js'
import type { ShownDecision, TestFailure } from '../../engine/rule-test/run.js'
import { printable, printableData } from '../../engine/text/printable.js'
import type { TestRun, TimedResult } from '../data/run-tests.js'
import { distanceOf, markOf, sideText } from './side-text.js'

export interface TestCounts {
  readonly passed: number
  readonly failed: number
  /** Files whose tests could not run. */
  readonly broken: number
}

export function countsOf({ files }: TestRun): TestCounts {
  const results = files.flatMap((file) => file.results)
  const failed = results.filter(({ failures }) => failures.length > 0).length
  const broken = files.filter(({ diagnostics }) => diagnostics.some(({ severity }) => severity === 'error')).length
  return { passed: results.length - failed, failed, broken }
}

const diagnosticsOf = ({ files }: TestRun): readonly Diagnostic[] =>
  sortDiagnostics(files.flatMap(({ diagnostics }) => diagnostics))

export function testsAsJson(run: TestRun, options: { readonly coverage: boolean }): string {
  const { passed, failed, broken } = countsOf(run)
  const files = run.files.map(({ file, results }) => ({
    file,
    tests: results.map(({ test, failures, seconds }) => ({
      name: test.name,
      line: test.line,
      passed: failures.length === 0,
      seconds,
      failures: failures.map((failure) => ({
        ...failure,
        trace: failure.trace.map((leaf) => ({ ...placeOf(run, leaf, failure), ...leaf })),
      })),
    })),
  }))
  const shown = {
    ok: failed === 0 && broken === 0,
    tests: passed + failed,
    passed,
    failed,
    files,
    diagnostics: diagnosticsOf(run),
    ...(options.coverage ? { coverage: run.coverage } : {}),
  }
  return `${JSON.stringify(shown, null, 2)}\n`
}

export function testsForPeople(run: TestRun, options: { readonly colour: boolean; readonly coverage: boolean }): string {
  const paint = pc.createColors(options.colour)
  const diagnostics = diagnosticsOf(run)
  const parts: string[] = []
  if (diagnostics.length > 0)
    parts.push(renderDiagnostics(diagnostics, { textOf: (file) => run.texts.get(file), colour: options.colour }))
  for (const { results } of run.files)
    for (const result of results) if (result.failures.length > 0) parts.push(failedTest(run, result, paint))
  if (options.coverage && run.coverage.length > 0) parts.push(coverageForPeople(run.coverage, paint))
  parts.push(summary(run, diagnostics, paint))
  return `${parts.join('\n\n')}\n`
}

type Paint = ReturnType<typeof pc.createColors>

function failedTest(run: TestRun, { test, failures }: TimedResult, paint: Paint): string {
  const head = `${paint.red('FAIL')} ${paint.bold(printable(`${test.file}:${test.line}`))} ${printable(test.name)}`
  return [head, ...failures.map((failure) => indent(failureText(run, test.file, failure, paint)))].join('\n\n')
}

/** Returns the same lines without colours, for the JUnit report. */
export const failureAsText = (run: TestRun, file: string, failure: TestFailure): string =>
  failureText(run, file, failure, pc.createColors(false)).join('\n')

function failureText(run: TestRun, file: string, failure: TestFailure, paint: Paint): string[] {
  const { line, column, rule, entity, at, note, trace } = { ...failure, note: failure.note && printable(failure.note) }
  const what = entity.scope === 'account' ? '' : ` on ${entity.scope} “${printable(entity.name)}”`
  return [
    `${paint.dim(printable(`${file}:${line}:${column}`))} ${printable(rule)}${what} at ${at}   ${paint.red('- expected')} ${paint.green('+ got')}`,
    ...differenceOf(failure, paint),
    ...(note === null ? [] : [`  ${note}`]),
    ...traceTable(trace.map((leaf) => ({ leaf, place: placeOf(run, leaf, failure) }))).map((text) => `  ${text}`),
  ]
}

/** Equal lines are shown once, different lines twice. */
function differenceOf({ kind, expected, got }: TestFailure, paint: Paint): string[] {
  if (kind === 'unexpected')
    return [paint.red('- no firing: no expectation names it'), ...linesOf(got).map((line) => paint.green(`+ ${line}`))]
  const [wanted, came] = [linesOf(expected), linesOf(got)]
  const missing = new Set(wanted.filter((line) => !came.includes(line)))
  const lines = wanted.map((line) => (missing.has(line) ? paint.red(`- ${line}`) : `  ${line}`))
  return [...lines, ...came.filter((line) => !wanted.includes(line)).map((line) => paint.green(`+ ${line}`))]
}

function linesOf(shown: ShownDecision): string[] {
  const { outcome, because, steps, message } = { ...printableData({ ...shown, message: undefined }), message: shown.message }
  const texts = message === undefined ? [] : typeof message === 'string' ? [message] : message
  return [
    `outcome: ${outcome}`,
    ...(because === undefined || because === null ? [] : [`because: ${because}`]),
    ...(steps === undefined ? [] : [`steps: [${steps.join(', ')}]`]),
    ...(message === undefined
      ? []
      : texts.length === 0
        ? ['message: none']
        : texts.map((text) => `message: ${printable(JSON.stringify(text))}`)),
  ]
}

interface LeafPlace {
  readonly file: string
  readonly line: number
}

function placeOf(run: TestRun, { path }: TraceLeaf, { rule }: TestFailure): LeafPlace {
  for (const { results } of run.files)
    for (const { test } of results) {
      const own = test.rules.find(({ id }) => id === rule)
      if (own === undefined) continue
      const { file, line } = run.places.placeOf(own, path)
      return { file, line }
    }
  return { file: '', line: 0 }
}

function traceTable(leaves: readonly { readonly leaf: TraceLeaf; readonly place: LeafPlace }[]): string[] {
  const rows = leaves.map(({ leaf, place }) => [
    `${place.file}:${place.line}`,
    markOf(leaf),
    printable(leaf.condition),
    sideText(leaf.left, leaf),
    sideText(leaf.right, leaf),
    printable(leaf.because ?? distanceOf(leaf)),
    [...new Set(leaf.windows.map(({ since, until }) => (since === until ? since : `${since} to ${until}`)))].join(', '),
  ])
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => [...row[column]!].length)))
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  )
}

const indent = (lines: readonly string[]): string => lines.map((line) => `  ${line}`).join('\n')

function coverageForPeople(coverage: readonly LeafCoverage[], paint: Paint): string {
  const missing = coverage
    .map((leaf) => ({ leaf, never: (['true', 'false', 'unknown'] as const).filter((word) => leaf[word] === 0) }))
    .filter(({ never }) => never.length > 0)
  const seen = coverage.length * 3 - missing.reduce((sum, { never }) => sum + never.length, 0)
  const head = `${paint.bold('Conditions')}: ${seen} of ${coverage.length * 3} outcomes of ${coverage.length} lines occurred`
  const rows = missing.map(({ leaf, never }) => [
    `${leaf.file}:${leaf.line}`,
    leaf.rule,
    leaf.path,
    printable(leaf.condition),
    `never ${never.join(', never ')}`,
  ])
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => [...row[column]!].length)))
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  )
  return [head, ...lines.map((line) => `  ${line}`)].join('\n')
}

function summary(run: TestRun, diagnostics: readonly Diagnostic[], paint: Paint): string {
  const { passed, failed, broken } = countsOf(run)
  const inFiles = `in ${run.files.length} ${run.files.length === 1 ? 'file' : 'files'}`
  const counts = [failed > 0 ? paint.red(`${failed} failed`) : '', passed > 0 ? paint.green(`${passed} passed`) : ''].filter(
    Boolean,
  )
  const tests = passed + failed
  const ran = tests === 0 ? 'no test ran' : `${tests} ${tests === 1 ? 'test' : 'tests'} ${inFiles}: ${counts.join(', ')}`
  if (broken === 0) return ran
  return `${ran}; ${paint.red(`${broken} ${broken === 1 ? 'file' : 'files'} could not run`)} (${countInWords(diagnostics)})`
}
