/** The tree of `all`, `any` and `not` over a condition's leaves, and its truth by Kleene's logic. */

import type { WindowList } from '../../expression/evaluate/evaluate.js'
import { not } from '../../expression/evaluate/truth.js'
import type { Truth } from '../../value/value.js'
import type { Condition } from '../rule.js'
import { type JudgedLeaf, leafOf, type PreparedLeaf } from './prepared-leaf.js'

export type LeafTree =
  | { readonly kind: 'all' | 'any'; readonly trees: readonly LeafTree[] }
  | { readonly kind: 'not'; readonly tree: LeafTree }
  | { readonly kind: 'leaf'; readonly index: number }

/** Returns the tree of a condition and appends its leaves to `leaves`. */
export function treeOf(condition: Condition, windows: WindowList, leaves: PreparedLeaf[]): LeafTree {
  switch (condition.kind) {
    case 'all':
    case 'any': {
      // The loader rejects empty lists; json-rules-engine would evaluate an empty `any` as true.
      if (condition.conditions.length === 0) throw new RangeError(`the list at ${condition.path} is empty`)
      return { kind: condition.kind, trees: condition.conditions.map((inner) => treeOf(inner, windows, leaves)) }
    }
    case 'not':
      return { kind: 'not', tree: treeOf(condition.condition, windows, leaves) }
    case 'leaf':
      return { kind: 'leaf', index: leaves.push(leafOf(condition, windows)) - 1 }
  }
}

/** Like `allOf` and `anyOf` of truth.ts, without allocating a list of truths for every entity. */
export function kleene(tree: LeafTree, leaves: readonly JudgedLeaf[]): Truth {
  switch (tree.kind) {
    case 'leaf':
      return leaves[tree.index]!.truth
    case 'not':
      return not(kleene(tree.tree, leaves))
    case 'all':
    case 'any': {
      const settling = tree.kind === 'any'
      let result: Truth = !settling
      for (const each of tree.trees) {
        const truth = kleene(each, leaves)
        if (truth === settling) return settling
        if (truth === null) result = null
      }
      return result
    }
  }
}
