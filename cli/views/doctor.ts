/** Output of `tetik doctor`: a line for each finding, with the advice below. */

import pc from 'picocolors'

import { printableData } from '../../engine/text/printable.js'
import type { Finding } from '../../service/doctor/finding.js'

const MARKS = { ok: pc.green('✓'), warn: pc.yellow('!'), fail: pc.red('✗') }

/** `account moda-tr` fits. */
const WIDTH = 15

export function findingLine({ status, ...finding }: Finding): string {
  const { check, detail, advice } = printableData(finding)
  const line = `${MARKS[status]} ${check.padEnd(WIDTH)} ${detail}`
  return advice === null ? line : `${line}\n  ${' '.repeat(WIDTH)} ${pc.dim('→')} ${advice}`
}

export function summaryLine(findings: readonly Finding[]): string {
  const count = (status: Finding['status']): number => findings.filter((finding) => finding.status === status).length
  const [failed, warned] = [count('fail'), count('warn')]
  if (failed === 0 && warned === 0) return 'All is well.'
  return `${failed} ${failed === 1 ? 'error' : 'errors'}, ${warned} ${warned === 1 ? 'warning' : 'warnings'}.`
}
