/**
 * The Graph versions that tetik knows, and when each ends for the Marketing API. Source: Meta's Marketing API changelog and
 * versions table, as of 2026-11-23. Meta ends a version about a year after its release and announces the date months before; null
 * if not announced yet.
 */

export interface GraphVersion {
  readonly name: string
  /** ISO days. */
  readonly since: string
  /** The first day on which the Marketing API no longer accepts it. */
  readonly ends: string | null
}

export const GRAPH_VERSIONS: readonly GraphVersion[] = [
  { name: 'v27.0', since: '2026-11-04', ends: null },
  { name: 'v26.0', since: '2026-07-29', ends: null },
  { name: 'v25.0', since: '2026-02-18', ends: '2027-02-23' },
  { name: 'v24.0', since: '2025-10-08', ends: '2026-11-10' },
]

export const DEFAULT_VERSION = 'v27.0'

/** The date of the table: a version that had ended by then is not offered. */
const AS_OF = '2026-11-23'

/** The versions that can be chosen, the newest first. */
export const OFFERED_VERSIONS: readonly string[] = GRAPH_VERSIONS.filter(({ ends }) => ends === null || ends > AS_OF).map(
  ({ name }) => name,
)

/** Returns `27` for `v27.0`. */
export const majorOf = (version: string): number => Number(/^v(\d+)\./.exec(version)?.[1] ?? Number.NaN)
