/** The names that a line may use beyond those of the catalogue, and whose they are. */

import type { Scope } from '../../value/scope.js'
import type { Unit, UnitKind } from '../../value/unit.js'
import type { Tree } from './syntax-tree.js'

export interface Vocabulary {
  /** What the rule looks at; null allows every owner. */
  readonly scope: Scope | null
  /**
   * The accounts that the line must hold for. Null where nothing says which: an unknown name may then be a value of an
   * account's, and is unknown when it is evaluated.
   */
  readonly accounts: readonly AccountVocabulary[] | null
  /** Metrics of one's own, by name. */
  readonly metrics?: ReadonlyMap<string, OwnMetric>
  /** Inputs of the blueprint that the line is in, by name. */
  readonly inputs?: ReadonlyMap<string, BoundInput>
  /** False where no event comes with a `payload`. */
  readonly payload?: boolean
  /** False in `where`, which cannot ask for what it selects itself. */
  readonly aggregates?: boolean
}

/** A metric of one's own, as its definition was read. Its window is given where it is used. */
export interface OwnMetric {
  readonly name: string
  readonly tree: Tree
  /** Whether its definition has a fault, which was reported there. */
  readonly broken: boolean
}

/** An input stands for what a use gave it; null while the blueprint is read for itself. */
export interface BoundInput {
  readonly unit: Unit
  readonly tree: Tree | null
}

export interface AccountVocabulary {
  readonly name: string
  /** ISO 4217, or null where nothing says it. */
  readonly currency: string | null
  /** `targets:` and `values:` by name; null where they are not known. */
  readonly values: Readonly<Record<string, UnitKind>> | null
  /** Its groups; null or absent where they are not known. */
  readonly groups?: readonly { readonly name: string; readonly hasBudget: boolean }[] | null
}

/** Only the catalogue is known: for text outside of any rule. */
export const BARE_VOCABULARY: Vocabulary = { scope: null, accounts: null }
