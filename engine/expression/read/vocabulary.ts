/** The names that a line may use in addition to those of the catalogue. */

import type { Scope } from '../../value/scope.js'
import type { Unit, UnitKind } from '../../value/unit.js'
import type { Tree } from './syntax-tree.js'

export interface Vocabulary {
  /** The scope of the rule; null allows every owner. */
  readonly scope: Scope | null
  /**
   * The accounts for which the line must be valid. Null if they are not known: an unknown name may then be a value of an account, and
   * is unknown when it is evaluated.
   */
  readonly accounts: readonly AccountVocabulary[] | null
  /** Custom metrics, by name. */
  readonly metrics?: ReadonlyMap<string, OwnMetric>
  /** Inputs of the blueprint that the line is in, by name. */
  readonly inputs?: ReadonlyMap<string, BoundInput>
  /** False if the rule has no event and so no `payload`. */
  readonly payload?: boolean
  /** False in `where`: aggregates cover what `where` selects. */
  readonly aggregates?: boolean
}

/** A custom metric with its definition. The window is given at each use. */
export interface OwnMetric {
  readonly name: string
  readonly tree: Tree
  /** Whether the definition has a fault, which has been reported there. */
  readonly broken: boolean
}

/** An input of a blueprint. `tree` is the value given by the use; null while the blueprint itself is read. */
export interface BoundInput {
  readonly unit: Unit
  readonly tree: Tree | null
}

export interface AccountVocabulary {
  readonly name: string
  /** An ISO 4217 code; null if not known. */
  readonly currency: string | null
  /** `targets:` and `values:` by name; null if not known. */
  readonly values: Readonly<Record<string, UnitKind>> | null
  /** Its groups; null or absent if not known. */
  readonly groups?: readonly { readonly name: string; readonly hasBudget: boolean }[] | null
}

/** A vocabulary of only the catalogue, for text outside of rules. */
export const BARE_VOCABULARY: Vocabulary = { scope: null, accounts: null }
