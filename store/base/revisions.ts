/** What entities and insights share: revisions, of which the current one has no `superseded_at`. */

/** What saving one sync's answer did to the revisions. */
export interface SaveCounts {
  /** Seen for the first time, or again after it was gone. */
  readonly added: number
  /** Known already, now different. */
  readonly revised: number
  readonly unchanged: number
  /** Was known and no longer answered. */
  readonly removed: number
  /** Learned before what is stored already, and so not stored. */
  readonly outdated: number
}

export interface Revision {
  readonly learned_at: number
}

/** What to write so that the current revisions say what a sync said. */
export interface RevisionPlan<T, C> {
  readonly insert: readonly T[]
  /** Current revisions that end now. */
  readonly supersede: readonly C[]
  readonly counts: SaveCounts
}

/** SQLite takes 32,766 parameters a statement; these many rows of at most 13 columns stay well below. */
const ROWS_PER_STATEMENT = 500

export function chunks<T>(items: readonly T[], size = ROWS_PER_STATEMENT): readonly (readonly T[])[] {
  const result: (readonly T[])[] = []
  for (let start = 0; start < items.length; start += size) result.push(items.slice(start, start + size))
  return result
}

/** Of several revisions with the same key the last one. */
export const lastOfEach = <T>(revisions: readonly T[], keyOf: (revision: T) => string): T[] => [
  ...new Map(revisions.map((revision) => [keyOf(revision), revision])).values(),
]

/**
 * Compares the answer of a sync with the current revisions.
 *
 * @param answered the answer's rows; of two with the same key the later counts
 * @param current the current revisions that the sync's answer covers
 * @param isGone whether a current revision that is not in the answer is over (a sync may cover only a part)
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
