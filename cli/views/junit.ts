/** Output of `tetik test --junit`: JUnit XML for build servers. */

import { isError } from '../../engine/diagnostic/fault.js'
import { renderDiagnostic } from '../../engine/diagnostic/render.js'
import type { ShownDecision } from '../../engine/rule-test/run.js'
import type { TestedFile, TestRun, TimedResult } from '../data/run-tests.js'
import { failureAsText } from './test.js'

/** Returns the whole document, ending with a line break. */
export function testsAsJunit(run: TestRun): string {
  const suites = run.files.map((file) => suite(run, file))
  const totals = attributes({
    name: 'tetik test',
    tests: sum(suites.map(({ tests }) => tests)),
    failures: sum(suites.map(({ failures }) => failures)),
    errors: sum(suites.map(({ errors }) => errors)),
    time: sum(suites.map(({ seconds }) => seconds)).toFixed(3),
  })
  const body = suites.map(({ xml }) => xml).join('\n')
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${totals}>\n${body}\n</testsuites>\n`
}

function suite(run: TestRun, { file, results, diagnostics }: TestedFile) {
  const errors = diagnostics.filter(isError)
  const cases = results.map((result) => testCase(run, file, result))
  if (errors.length > 0) {
    const text = errors
      .map((error) => renderDiagnostic(error, { textOf: (name) => run.texts.get(name), colour: false }))
      .join('\n\n')
    const message = attributes({ message: errors[0]!.message, type: errors[0]!.code })
    cases.push(
      `    <testcase${attributes({ name: 'the file is valid', classname: file })}><error${message}>${escaped(text)}</error></testcase>`,
    )
  }
  const counts = {
    tests: cases.length,
    failures: results.filter(({ failures }) => failures.length > 0).length,
    errors: errors.length > 0 ? 1 : 0,
  }
  const seconds = sum(results.map((result) => result.seconds))
  const head = attributes({ name: file, ...counts, skipped: 0, time: seconds.toFixed(3) })
  return { ...counts, seconds, xml: [`  <testsuite${head}>`, ...cases, '  </testsuite>'].join('\n') }
}

function testCase(run: TestRun, file: string, { test, failures, seconds }: TimedResult): string {
  const head = attributes({ name: test.name, classname: file, file, line: test.line, time: seconds.toFixed(3) })
  if (failures.length === 0) return `    <testcase${head}/>`
  // One element for all failures: some readers show only the first failure of a case.
  const message = failures.map(({ rule, entity, at, kind, expected, got }) => {
    const wanted = kind === 'unexpected' ? 'no firing' : inWords(expected)
    return `${rule} on ${entity.name} at ${at}: expected ${wanted}, got ${inWords(got)}`
  })
  const text = failures.map((failure) => failureAsText(run, file, failure)).join('\n\n')
  const failure = `<failure${attributes({ message: message.join('; '), type: failures[0]!.kind })}>${escaped(text)}</failure>`
  return `    <testcase${head}>\n      ${failure}\n    </testcase>`
}

const inWords = ({ outcome, because }: ShownDecision): string => (because ? `${outcome} (${because})` : outcome)

const attributes = (values: Readonly<Record<string, string | number>>): string =>
  Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join('')

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** XML 1.0 allows no control characters except tab and line breaks, no unpaired surrogates, and neither U+FFFE nor U+FFFF. */
const escaped = (text: string): string =>
  text
    .replace(
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
      '\ufffd',
    )
    .replace(/[&<>"]/g, (letter) => ENTITIES[letter]!)

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
