/** Finds rows of one entity with overlapping periods: adding them up would count some days twice. */

import type { CsvRecord } from './csv.js'

export interface Stretch {
  readonly since: string
  readonly until: string
  readonly record: CsvRecord
}

/** @param entities for each entity the distinct periods of its rows; rows with equal periods may be added up */
export function* overlapsIn(
  entities: ReadonlyMap<string, ReadonlyMap<string, Stretch>>,
): Generator<{ readonly code: string; readonly message: string; readonly hint: string; readonly record: CsvRecord }> {
  for (const stretches of entities.values()) {
    const sorted = [...stretches.values()].sort((a, b) =>
      a.since < b.since ? -1 : a.since > b.since ? 1 : a.until < b.until ? -1 : 1,
    )
    let widest: Stretch | null = null
    for (const stretch of sorted) {
      if (widest !== null && stretch.since <= widest.until) {
        const message = `this row covers ${inWords(stretch)}, and another row of the same entity ${inWords(widest)}: some days would count twice`
        yield { code: 'overlap', message, hint: 'export with only one time breakdown', record: stretch.record }
        break
      }
      if (widest === null || stretch.until > widest.until) widest = stretch
    }
  }
}

const inWords = ({ since, until }: Stretch): string => (since === until ? since : `${since} to ${until}`)
