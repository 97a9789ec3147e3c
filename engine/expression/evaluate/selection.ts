/** The entities that a rule's `where` selected at one moment: those that `count()`, `sum(x)` and the other aggregates cover. */

import type { FactEntity } from '../../facts/facts.js'

export interface Selection {
  readonly selected: readonly FactEntity[]
  /** Entities for which `where` is unknown. */
  readonly doubtful: readonly FactEntity[]
}
