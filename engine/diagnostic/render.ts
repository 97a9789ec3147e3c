/** Renders diagnostics as compilers do: place and code, the line, a caret under the fault, and what to do. */

import type { Diagnostic } from './diagnostic.js'

export interface RenderOptions {
  /** Text of a file by the name in its diagnostics; undefined shows no line. */
  readonly textOf: (file: string) => string | undefined
  readonly colour: boolean
}

/** The most characters of a line that are shown. */
const WIDEST = 110

const PLAIN = (text: string): string => text
const escape = (code: number) => (text: string) => `\u001b[${code}m${text}\u001b[0m`
const COLOURS = { error: escape(31), warning: escape(33), bold: escape(1), faint: escape(2), hint: escape(36) }

/** Returns one diagnostic as text, without a final line end. */
export function renderDiagnostic(diagnostic: Diagnostic, { textOf, colour }: RenderOptions): string {
  const paint = (name: keyof typeof COLOURS) => (colour ? COLOURS[name] : PLAIN)
  const { severity, file, line, column, code } = diagnostic
  const place = paint('bold')(`${visible(file)}:${line}:${column}:`)
  const head = `${place} ${paint(severity)(`${severity}[${code}]`)}: ${visible(diagnostic.message)}`
  const text = textOf(file)?.split('\n', line)[line - 1]?.replace(/\r$/, '')
  const number = String(line)
  const gutter = (content: string) => paint('faint')(`${content.padStart(number.length + 1)} |`)
  const lines = [head]
  if (text !== undefined) {
    const { shown, before, under } = excerpt(
      code === 'literal-secret' ? hidden(text, diagnostic) : text,
      column - 1,
      diagnostic.length,
    )
    lines.push(`${gutter(number)} ${shown}`)
    lines.push(`${gutter('')} ${' '.repeat(before)}${paint(severity)('^'.repeat(under))}`)
  }
  if (diagnostic.hint !== undefined) {
    lines.push(`${paint('faint')(' '.repeat(number.length + 2) + '=')} ${paint('hint')('hint')}: ${visible(diagnostic.hint)}`)
  }
  for (const { file: other, line: at, column: from, message } of diagnostic.related ?? []) {
    const there = paint('bold')(`${visible(other)}:${at}:${from}`)
    lines.push(`${paint('faint')(' '.repeat(number.length + 2) + '=')} ${paint('hint')('see')} ${there}: ${visible(message)}`)
  }
  return lines.join('\n')
}

/** Returns all diagnostics as text, in the given order, separated by blank lines. */
export const renderDiagnostics = (diagnostics: readonly Diagnostic[], options: RenderOptions): string =>
  diagnostics.map((diagnostic) => renderDiagnostic(diagnostic, options)).join('\n\n')

/** "2 errors and 1 warning", or "no faults". */
export function countInWords(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length
  const warnings = diagnostics.length - errors
  const parts = [
    ...(errors > 0 ? [`${errors} ${errors === 1 ? 'error' : 'errors'}`] : []),
    ...(warnings > 0 ? [`${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`] : []),
  ]
  return parts.length === 0 ? 'no faults' : parts.join(' and ')
}

/** Masks a secret, so that it does not appear in a terminal or a build log. */
const hidden = (text: string, { column, length }: Diagnostic): string =>
  text.slice(0, column - 1) +
  '•'.repeat(Math.min(length, 8)) +
  ' '.repeat(Math.max(0, length - 8)) +
  text.slice(column - 1 + length)

/** Returns the part of a line around the fault, and the position and number of carets below it, in terminal columns. */
function excerpt(text: string, start: number, length: number): { shown: string; before: number; under: number } {
  let from = 0
  let to = text.length
  if (text.length > WIDEST) {
    from = Math.max(0, Math.min(start - 30, text.length - WIDEST))
    to = Math.min(text.length, from + WIDEST)
  }
  const lead = from > 0 ? '…' : ''
  const tail = to < text.length ? '…' : ''
  const marked = Math.min(to, start + length)
  const shown = lead + visible(text.slice(from, to)) + tail
  return {
    shown,
    before: lead.length + width(text.slice(from, start)),
    under: Math.max(1, width(text.slice(start, marked))),
  }
}

/** Replaces control characters, which could move a terminal's cursor, by dots, and tabs by two spaces. */
const visible = (text: string): string =>
  text.replace(/\t/g, '  ').replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, '\u00b7')

const WIDE = /\p{Extended_Pictographic}|\p{Script=Han}|\p{Script=Hangul}|\p{Script=Hiragana}|\p{Script=Katakana}|[\uff01-\uff60]/u

function width(text: string): number {
  let columns = 0
  for (const letter of visible(text)) columns += /\p{M}/u.test(letter) ? 0 : WIDE.test(letter) ? 2 : 1
  return columns
}
