/**
 * What this process has found to be wrong with the pages of a store's file: by a check, or since a query met it. It stays until
 * the process ends, for a file is put in its place while nothing has it open.
 */

export interface Damage {
  /** When it was first met, epoch milliseconds. */
  readonly at: number
  /** SQLite's words. */
  readonly detail: string
}

const known = new Map<string, Damage>()

/** The first note stays: it says since when. */
export function noteDamage(file: string, detail: string, at: number = Date.now()): void {
  if (!known.has(file)) known.set(file, { at, detail })
}

export const knownDamage = ({ file }: { readonly file: string }): Damage | null => known.get(file) ?? null

/** Whether SQLite met pages that are not in order, or a file that is no database. */
export function isDamage(error: unknown): error is Error {
  const code = error instanceof Error && 'code' in error ? error.code : null
  return typeof code === 'string' && (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT'))
}
