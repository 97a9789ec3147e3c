/** `tetik check` as GitHub workflow commands: each fault becomes an annotation at its line of the pull request. */

import type { Diagnostic } from '../../engine/diagnostic/diagnostic.js'
import { printable, printableLines } from '../../engine/text/printable.js'
import type { RepositoryPath } from '../base/repository-path.js'
import type { CheckView } from './check.js'

/** Errors first, because GitHub shows ten of each kind and leaves the rest in the log. */
export const checkForGitHub =
  (pathOf: RepositoryPath): CheckView =>
  ({ diagnostics }) => {
    const errors = diagnostics.filter(({ severity }) => severity === 'error')
    const warnings = diagnostics.filter(({ severity }) => severity !== 'error')
    return [...errors, ...warnings].map((diagnostic) => `${annotation(diagnostic, pathOf)}\n`).join('')
  }

function annotation(diagnostic: Diagnostic, pathOf: RepositoryPath): string {
  const { severity, file, line, column, length, code, message, hint, related = [] } = diagnostic
  const properties = { file: pathOf(file), line, endLine: line, col: column, endColumn: column + length, title: code }
  const written = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(printableLines(String(value)))}`)
  const others = related.map((place) => `${pathOf(place.file)}:${place.line}: ${place.message}`)
  const text = [message, ...(hint === undefined ? [] : [`hint: ${hint}`]), ...others].map(printable).join('\n')
  return `::${severity} ${written.join(',')}::${escapeData(text)}`
}

/** Escapes as the runner's toolkit does; without it, a line break would end the command and start another. */
const escapeData = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
