/** The names that a line may use beyond those of the catalogue, and whose they are. */

import type { Scope } from '../rule/rule.js'
import type { UnitKind } from './unit.js'

export interface Vocabulary {
  /** What the rule looks at; null allows every owner. */
  readonly scope: Scope | null
  /**
   * The accounts that the line must hold for. Null where nothing says which: an unknown name may then be a value of an
   * account's, and is unknown when it is evaluated.
   */
  readonly accounts: readonly AccountVocabulary[] | null
}

export interface AccountVocabulary {
  readonly name: string
  /** ISO 4217, or null where nothing says it. */
  readonly currency: string | null
  /** `targets:` and `values:` by name; null where they are not known. */
  readonly values: Readonly<Record<string, UnitKind>> | null
}

/** Nothing is known but the catalogue: for text that stands apart from any rule. */
export const BARE_VOCABULARY: Vocabulary = { scope: null, accounts: null }
