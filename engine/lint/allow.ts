/**
 * Reads `# tetik-allow <code>: <reason>` comments: each accepts a warning that somebody has reviewed.
 *
 * At the end of a line the comment applies to that line; on a line of its own, to the next line that is not empty and not a
 * comment. On the first line of a rule it applies to the whole rule. Several codes are separated by commas.
 */

import { CST, Lexer } from 'yaml'

import { didYouMean } from '../diagnostic/nearest.js'
import { SourceFile } from '../diagnostic/source.js'
import type { RuleText } from '../rule/read/load.js'
import { isLintCode, type LintCode, LINTS, NEVER_ALLOWED } from './rules/catalogue.js'

export interface Allowance {
  readonly file: string
  readonly code: LintCode
  readonly reason: string
  /** The line that it applies to, from 1. */
  readonly line: number
  /** Offsets of the code in the text. */
  readonly span: { readonly start: number; readonly end: number }
}

const WORD = 'tetik-allow'
const FORM = /^#+\s*tetik-allow\b[ \t]*([^:]*?)[ \t]*(?::[ \t]*(.*))?$/
const EXAMPLE = 'for example `# tetik-allow flapping: the two run on different days`'

/** Returns the allowances of a file. Comments that can't be read are reported to `source`. */
export function readAllowances({ path, text }: RuleText, source: SourceFile): Allowance[] {
  if (!text.includes(WORD)) return []
  const allowances: Allowance[] = []
  for (const { start, comment } of commentsOf(text)) {
    if (!/^#+\s*tetik-allow\b/.test(comment)) continue
    const report = (message: string, span: { start: number; end: number }, hint: string) =>
      source.report({ code: 'bad-allow', message, span, hint, severity: 'warning' })
    const whole = { start, end: start + comment.trimEnd().length }
    const [, codes = '', reason = ''] = FORM.exec(comment.trimEnd()) ?? []
    if (codes === '') {
      report('this does not name the warning that it allows', whole, EXAMPLE)
      continue
    }
    if (!/\p{L}{2}/u.test(reason)) {
      report('this gives no reason, so it allows nothing', whole, EXAMPLE)
      continue
    }
    const line = coveredLine(source, start)
    let at = start + comment.indexOf(codes)
    for (const written of codes.split(',')) {
      const code = written.trim()
      const from = at + written.indexOf(code)
      const span = { start: from, end: from + Math.max(1, code.length) }
      at += written.length + 1
      if (!isLintCode(code)) {
        report(
          `there is no warning \`${code}\``,
          span,
          didYouMean(
            code,
            LINTS.map((lint) => lint.code),
          ) ?? 'the codes are in docs/lint',
        )
      } else if (NEVER_ALLOWED.includes(code)) {
        report(`\`${code}\` can’t be allowed`, span, 'correct it, or remove it')
      } else allowances.push({ file: path, code, reason: reason.trim(), line, span })
    }
  }
  return allowances
}

/** Returns the comment's own line if something precedes it there, otherwise the next line that is not empty and not a comment. */
function coveredLine(source: SourceFile, offset: number): number {
  const { line, column } = source.place(offset)
  if (
    source
      .line(line)
      .slice(0, column - 1)
      .trim() !== ''
  )
    return line
  const last = source.place(source.text.length).line
  for (let next = line + 1; next <= last; next++) {
    const text = source.line(next).trim()
    if (text !== '' && !text.startsWith('#')) return next
  }
  return line
}

/** Yields the YAML comments of a text: a `#` inside a scalar does not begin one. */
function* commentsOf(text: string): Generator<{ start: number; comment: string }> {
  let offset = 0
  let isScalarNext = false
  for (const lexeme of new Lexer().lex(text)) {
    if (isScalarNext) {
      isScalarNext = false
    } else {
      const type = CST.tokenType(lexeme)
      if (type === 'comment') yield { start: offset, comment: lexeme }
      isScalarNext = type === 'scalar'
      // Control tokens of the lexer, which take up no characters of the text.
      if (type === 'doc-mode' || type === 'flow-error-end' || type === 'scalar') continue
    }
    offset += lexeme.length
  }
}
