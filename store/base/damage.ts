/**
 * Damaged pages of a store's file that this process found, by a check or in a query. The note stays until the process ends, because
 * the file can only be replaced while no process has it open.
 */

export interface Damage {
  /** When it was first noticed, epoch milliseconds. */
  readonly at: number
  /** SQLite's message. */
  readonly detail: string
}

const known = new Map<string, Damage>()

/** Notes damage. The first note stays, because it shows since when the file is damaged. */
export function noteDamage(file: string, detail: string, at: number = Date.now()): void {
  if (!known.has(file)) known.set(file, { at, detail })
}

export const knownDamage = ({ file }: { readonly file: string }): Damage | null => known.get(file) ?? null

/** Whether SQLite found damaged pages, or a file that is not a database. */
export function isDamage(error: unknown): error is Error {
  const code = error instanceof Error && 'code' in error ? error.code : null
  return typeof code === 'string' && (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT'))
}
