/** The entities that a rule's `where` selected at one moment, over which `count()`, `sum(x)` and the like go. */

import type { FactEntity } from '../../facts/facts.js'

export interface Selection {
  readonly selected: readonly FactEntity[]
  /** Those of which it is unknown whether `where` selects them. */
  readonly doubtful: readonly FactEntity[]
}
