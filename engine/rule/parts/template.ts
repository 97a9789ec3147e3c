/** Reads texts with expressions in braces: `{adset.name} paused: CPA {cpa[last_3d]}`. A literal brace is written twice. */

import { type Fault, isError, type Reading } from '../../diagnostic/fault.js'
import { parseExpression } from '../../expression/read/parse.js'
import type { Vocabulary } from '../../expression/read/vocabulary.js'
import type { Template, TemplatePart } from '../rule.js'

/**
 * WhatsApp's limit for the body of a text, in characters. Outside its 24-hour window, the template is shorter and cut when sent.
 */
const LONGEST_MESSAGE = 4096

export function parseTemplate(text: string, vocabulary: Vocabulary): Reading<Template> {
  const faults: Fault[] = []
  const fault = (code: string, message: string, start: number, end: number, hint: string) =>
    faults.push({ code, message, span: { start, end }, hint })
  if (text.trim() === '') fault('empty', 'the message is empty', 0, text.length, 'for example `{adset.name} paused`')
  if (text.length > LONGEST_MESSAGE) {
    fault('too-long', `the message has ${text.length} characters`, 0, text.length, `WhatsApp accepts ${LONGEST_MESSAGE}`)
    return { value: null, faults }
  }

  const parts: TemplatePart[] = []
  let literal = ''
  let at = 0
  while (at < text.length) {
    const letter = text[at]!
    if ((letter === '{' || letter === '}') && text[at + 1] === letter) {
      literal += letter
      at += 2
      continue
    }
    if (letter === '}') fault('syntax', 'a closing brace has no opening one', at, at + 1, 'write `}}` for a brace')
    if (letter !== '{') {
      literal += letter
      at += 1
      continue
    }
    const close = closingBrace(text, at + 1)
    if (close === null) {
      fault('syntax', 'the brace is not closed', at, text.length, 'write `}` after the expression, or `{{` for a brace')
      break
    }
    const source = text.slice(at + 1, close)
    const read = parseExpression(source, vocabulary)
    faults.push(
      ...read.faults.map(({ span, ...rest }) => ({ ...rest, span: { start: span.start + at + 1, end: span.end + at + 1 } })),
    )
    if (literal !== '') parts.push({ kind: 'text', text: literal })
    literal = ''
    if (read.value !== null) parts.push({ kind: 'expression', expression: read.value, source: source.trim() })
    at = close + 1
  }
  if (literal !== '') parts.push({ kind: 'text', text: literal })
  return { value: faults.some(isError) ? null : parts, faults }
}

/** Finds the brace that ends the expression, ignoring those in quotes. */
function closingBrace(text: string, from: number): number | null {
  let quote: string | null = null
  for (let at = from; at < text.length; at++) {
    const letter = text[at]!
    if (quote !== null) {
      if (letter === '\\') at++
      else if (letter === quote) quote = null
    } else if (letter === '"' || letter === "'") quote = letter
    else if (letter === '}') return at
  }
  return text.indexOf('}', from) >= 0 ? text.indexOf('}', from) : null
}
