/** The exit status where every series of a file was refused: the same for whatever was asked of it. */

import { printable } from '../../engine/text/printable.js'

/**
 * 1 where all are merely too short, for then the answer is no: there is nothing to go on yet. 2 where there is something to mend in
 * the file, or something broke.
 */
export const statusOfRefused = (skipped: readonly { readonly code: string }[]): 1 | 2 =>
  skipped.every(({ code }) => code === 'too-short') ? 1 : 2

/** What standard error says where `--json` has nothing but reasons to give: a line for each series. */
export const refusedInWords = (skipped: readonly { readonly series: string | null; readonly reason: string }[]): string =>
  skipped.map(({ series, reason }) => `${printable(`${series ?? 'The series'}: ${reason}`)}\n`).join('')
