/** Output of `tetik check`. */

import type { Diagnostic } from '../../engine/diagnostic/diagnostic.js'
import { countInWords, renderDiagnostics } from '../../engine/diagnostic/render.js'
import type { CheckResult } from '../data/check-result.js'

export type CheckFormat = 'human' | 'json' | 'github' | 'sarif'

export interface CheckView {
  /** Ends with an end of line. */
  (result: CheckResult): string
}

export const checkAsJson: CheckView = ({ ok, files, rules, launches = [], diagnostics, allowed }) => {
  const listed = rules.map(({ id, file, line, version, account, scope, mode }) => ({
    id,
    file,
    line,
    version,
    account,
    scope,
    mode,
  }))
  const specs = launches.map(({ key, file, line, version, account, publish }) => ({ key, file, line, version, account, publish }))
  return `${JSON.stringify({ ok, files, rules: listed, launches: specs, diagnostics, allowed }, null, 2)}\n`
}

export const checkForPeople =
  (options: { textOf: (file: string) => string | undefined; colour: boolean }): CheckView =>
  ({ files, rules, launches = [], diagnostics, allowed }) => {
    const shown = diagnostics.length === 0 ? '' : `${renderDiagnostics(diagnostics, options)}\n\n`
    return `${shown}${summary({ rules: rules.length, launches: launches.length, files: files.length }, diagnostics)}${allowance(allowed.length)}\n`
  }

interface Counts {
  readonly rules: number
  readonly launches: number
  readonly files: number
}

/** "3 rules in 2 files, no faults"; with errors, the valid rules are not counted. */
function summary({ rules, launches, files }: Counts, diagnostics: readonly Diagnostic[]): string {
  const inFiles = `in ${files} ${files === 1 ? 'file' : 'files'}`
  if (diagnostics.some(({ severity }) => severity === 'error')) return `${countInWords(diagnostics)} ${inFiles}`
  const found = [`${rules} ${rules === 1 ? 'rule' : 'rules'}`]
  if (launches > 0) found.push(`${launches} ${launches === 1 ? 'launch' : 'launches'}`)
  return `${found.join(' and ')} ${inFiles}, ${countInWords(diagnostics)}`
}

const allowance = (allowed: number): string => (allowed === 0 ? '' : ` (${allowed} allowed)`)
