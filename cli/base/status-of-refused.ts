/** Exit status and messages if every series of a file was refused, for `forecast` and `anomalies` alike. */

import { printable } from '../../engine/text/printable.js'

/**
 * Returns 1 if all series are merely too short, so that there is nothing to compute yet; 2 if the file has to be fixed, or something
 * failed.
 */
export const statusOfRefused = (skipped: readonly { readonly code: string }[]): 1 | 2 =>
  skipped.every(({ code }) => code === 'too-short') ? 1 : 2

/** Returns a line for each refused series, for standard error when `--json` has no points to print. */
export const refusedInWords = (skipped: readonly { readonly series: string | null; readonly reason: string }[]): string =>
  skipped.map(({ series, reason }) => `${printable(`${series ?? 'The series'}: ${reason}`)}\n`).join('')
