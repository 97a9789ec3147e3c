/** Revisions, as entities and insights have them; the current revision has no `superseded_at`. */

/** The number of rows by what saving a sync's answer did to them. */
export interface SaveCounts {
  /** New, or returned after it was gone. */
  readonly added: number
  /** Known, but changed. */
  readonly revised: number
  readonly unchanged: number
  /** Known, but missing from the answer. */
  readonly removed: number
  /** Older than the stored revision, and therefore not stored. */
  readonly outdated: number
}

export interface Revision {
  readonly learned_at: number
}

/** What to write so that the current revisions match a sync's answer. */
export interface RevisionPlan<T, C> {
  readonly insert: readonly T[]
  /** Current revisions that end now. */
  readonly supersede: readonly C[]
  readonly counts: SaveCounts
}

/** SQLite accepts 32,766 parameters per statement; this many rows of at most 13 columns stay well below. */
const ROWS_PER_STATEMENT = 500

export function chunks<T>(items: readonly T[], size = ROWS_PER_STATEMENT): readonly (readonly T[])[] {
  const result: (readonly T[])[] = []
  for (let start = 0; start < items.length; start += size) result.push(items.slice(start, start + size))
  return result
}

/** Returns the last revision of each key. */
export const lastOfEach = <T>(revisions: readonly T[], keyOf: (revision: T) => string): T[] => [
  ...new Map(revisions.map((revision) => [keyOf(revision), revision])).values(),
]

/**
 * Compares the answer of a sync with the current revisions.
 *
 * @param answered the answer's rows; of two with the same key the later counts
 * @param current the current revisions that the sync's answer covers
 * @param isEqual whether the answer's row has the same values as the current revision
 */
export function planRevisions<T, C extends Revision>(
  answered: ReadonlyMap<string, T>,
  current: ReadonlyMap<string, C>,
  isEqual: (answered: T, current: C) => boolean,
  learnedAt: number,
): RevisionPlan<T, C> {
  const insert: T[] = []
  const supersede: C[] = []
  let [added, revised, unchanged, removed, outdated] = [0, 0, 0, 0, 0]
  for (const [key, row] of answered) {
    const known = current.get(key)
    if (known === undefined) {
      added++
      insert.push(row)
    } else if (isEqual(row, known)) {
      unchanged++
    } else if (known.learned_at >= learnedAt) {
      outdated++
    } else {
      revised++
      supersede.push(known)
      insert.push(row)
    }
  }
  for (const [key, known] of current) {
    if (answered.has(key)) continue
    if (known.learned_at >= learnedAt) {
      outdated++
    } else {
      removed++
      supersede.push(known)
    }
  }
  return { insert, supersede, counts: { added, revised, unchanged, removed, outdated } }
}
