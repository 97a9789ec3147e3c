/** What commands say beside their answer, on standard error: names of other people are made visible in it. */

import { printable, printableLines } from '../../engine/text/printable.js'

/** One line. */
export const note = (text: string): void => void process.stderr.write(`${printable(text)}\n`)

/** Why nothing came of it. */
export function fault(error: unknown): void {
  process.stderr.write(`tetik: ${printableLines(error instanceof Error ? error.message : String(error))}\n`)
}
