/** Reports a number that a comma within brackets splits in two: `[1.250,00 TRY]` is read as `1.250` and `00 TRY`. */

import { spanOfNode } from './node-text.js'
import { reportIn, type YamlFile, type YamlNode } from './yaml-file.js'

/** Whether this is part of a number that a comma within brackets split: `00 TRY` of `1.250,00 TRY`. */
export function isPartOfNumber(text: string): boolean {
  return /^\d[\d.]*\s*([A-Za-z]{3}|%|[₺$€])?$/.test(text)
}

/** Reports the whole number and nothing more about its parts. Returns false if the text is not part of a number. */
export function reportNumber(file: YamlFile, node: YamlNode, text: string): boolean {
  const { start, end } = spanOfNode(node)
  const before = /[-+]?\d[\d.]*,$/.exec(file.source.text.slice(Math.max(0, start - 40), start))?.[0]
  if (before === undefined || !isPartOfNumber(text)) return false
  const span = { start: start - before.length, end }
  const whole = `${before}${text}`
  const digits = /^\d+/.exec(text)![0]
  const [integer, fraction] = before.includes('.')
    ? [before.replace(/[.,]/g, ''), `.${digits}`]
    : text.includes('.') || digits.length === 3
      ? [before.slice(0, -1), digits]
      : [before.slice(0, -1), `.${digits}`]
  const meant = `${integer}${fraction}${text.slice(digits.length)}`
  const other = !text.includes('.') && digits.length === 3 && !before.includes('.')
  const or = other ? ` or \`${Number(`${integer}.${digits}`)}${text.slice(digits.length)}\`` : ''
  const message = `a comma separates values in brackets: \`${whole}\` is read as two values`
  reportIn(file, { code: 'ambiguous-amount', message, span, hint: `write \`${meant}\`${or}, without the comma` })
  file.reportedSpans.push(span)
  return true
}
