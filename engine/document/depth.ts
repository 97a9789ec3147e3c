/**
 * Refuses text that is too large or nested too deeply before it is composed: the YAML composer works by recursion, and deep
 * enough text ends the process where no `catch` helps. The lexer, which is not recursive, shows how deep the text is.
 */

import { Lexer } from 'yaml'

import type { Fault } from '../diagnostic/fault.js'

/** In characters. A rule of ten lines has about 400, so this is enough for thousands of rules. */
const LARGEST_TEXT = 1_000_000
/** A rule of ten lines has about 100. Composing takes one to ten microseconds for each token. */
const MOST_TOKENS = 200_000
const DEEPEST_FLOW = 64
const DEEPEST_COLUMN = 200
const MOST_INDICATORS_OF_A_LINE = 64

/** Returns the fault if the text must not be composed, otherwise null. */
export function depthFault(text: string): Fault | null {
  if (text.length > LARGEST_TEXT) {
    const message = `the file has ${text.length} characters; at most ${LARGEST_TEXT} are allowed`
    return { code: 'too-large', message, span: { start: 0, end: 1 } }
  }
  let offset = 0
  let flow = 0
  let indicators = 0
  let lineStart = true
  let tokens = 0
  for (const lexeme of new Lexer().lex(text)) {
    if (++tokens > MOST_TOKENS) {
      return {
        code: 'too-large',
        message: 'the file contains too many YAML elements',
        span: { start: offset, end: offset + 1 },
        hint: 'split it into several files',
      }
    }
    // The lexer marks a document's start, a scalar and the end with control characters, which are not part of the text.
    const isMark = lexeme === '\u0002' || lexeme === '\u0018' || lexeme === '\u001f'
    if (lexeme === '[' || lexeme === '{') flow++
    else if (lexeme === ']' || lexeme === '}') flow = Math.max(0, flow - 1)
    else if (lexeme === '\n' || lexeme === '\r\n') {
      indicators = 0
      lineStart = true
      offset += lexeme.length
      continue
    } else if (flow === 0 && (lexeme === '-' || lexeme === '?' || lexeme === ':')) indicators++
    const tooIndented = lineStart && flow === 0 && /^ +$/.test(lexeme) && lexeme.length > DEEPEST_COLUMN
    if (flow > DEEPEST_FLOW || indicators > MOST_INDICATORS_OF_A_LINE || tooIndented) {
      return { code: 'too-deep', message: 'the text is nested too deeply', span: { start: offset, end: offset + 1 } }
    }
    if (!isMark) {
      offset += lexeme.length
      lineStart = false
    }
  }
  return null
}
