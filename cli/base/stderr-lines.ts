/** What commands print to standard error. Control characters in names, which are other people's text, are made visible. */

import { printable, printableLines } from '../../engine/text/printable.js'

/** Prints one line. */
export const note = (text: string): void => void process.stderr.write(`${printable(text)}\n`)

/** Prints why the command failed. */
export function fault(error: unknown): void {
  process.stderr.write(`tetik: ${printableLines(error instanceof Error ? error.message : String(error))}\n`)
}
