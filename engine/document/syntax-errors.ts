/** Reports the syntax errors of the YAML parser in words that do not presume knowledge of YAML's grammar. */

import type { YAMLError } from 'yaml'

import type { Fault } from '../diagnostic/fault.js'
import type { SourceFile } from '../diagnostic/source.js'

/** Reports the first error only, since later ones mostly follow from it. Returns the offset after which everything is a guess. */
export function reportErrors(source: SourceFile, errors: readonly YAMLError[], slip: Fault | null): number | null {
  const [first] = [...errors].sort((one, other) => one.pos[0] - other.pos[0])
  if (first === undefined) return null
  const [start, end] = first.pos
  if (slip === null) {
    source.report({ ...inWords(first), span: { start, end: Math.max(end, start + 1) } })
    return start
  }
  source.report(slip)
  return Math.min(start, source.startOfLine(slip.span.start))
}

/** Words an error of the parser for which no known mistake was found, without the terms of YAML's grammar. */
function inWords(error: YAMLError): { code: string; message: string; hint?: string } {
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return { code: 'yaml-tab', message: 'YAML does not allow tabs as indentation', hint: 'use spaces' }
    case 'MULTIPLE_DOCS':
      return {
        code: 'several-documents',
        message: 'the file contains several YAML documents',
        hint: 'a file contains one document: remove `---`',
      }
    case 'BLOCK_AS_IMPLICIT_KEY':
      return {
        code: 'yaml-syntax',
        message: 'YAML does not allow a second `: ` on a line',
        hint: 'put text that contains `: ` in quotes',
      }
    case 'BAD_DQ_ESCAPE': {
      const escape = /\\.?/.exec(error.message)?.[0] ?? '\\'
      const message = `\`${escape}\` is not a valid escape in double quotes`
      return { code: 'yaml-syntax', message, hint: `write \`\\${escape}\`, or put the text in single quotes` }
    }
    case 'MISSING_CHAR':
      return { code: 'yaml-syntax', message: 'a quote or a bracket is not closed before here', hint: 'close it where it ends' }
    case 'BAD_INDENT':
      return {
        code: 'yaml-syntax',
        message: 'this line is indented differently from the lines that it belongs with',
        hint: 'indent it by the same number of spaces',
      }
    case 'RESOURCE_EXHAUSTION':
      return { code: 'too-deep', message: 'the text is nested too deeply' }
    default:
      return {
        code: 'yaml-syntax',
        message: 'YAML cannot read this: something is missing or superfluous, here or just before',
        hint: 'look for a colon, a dash, a bracket or a quote; text with `: `, ` #` or brackets in it needs quotes',
      }
  }
}
