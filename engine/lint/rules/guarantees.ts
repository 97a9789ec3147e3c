/** The context of each leaf in a condition, and what a condition guarantees when it holds. */

import type { Condition } from '../../rule/rule.js'

export type Leaf = Condition & { readonly kind: 'leaf' }

/** A condition that must be true, or false where it is not `wanted`. */
export interface Demand {
  readonly condition: Condition
  readonly wanted: boolean
}

/** A leaf, and the conditions that hold whenever it matters: the other parts of every `all` around it. */
export interface PlacedLeaf {
  readonly leaf: Leaf
  /** False within an odd number of `not`. */
  readonly wanted: boolean
  readonly alongside: readonly Demand[]
}

/** Returns every leaf of a condition, in the order written. */
export function placedLeaves(condition: Condition | null, alongside: readonly Demand[] = [], wanted = true): PlacedLeaf[] {
  if (condition === null) return []
  switch (condition.kind) {
    case 'leaf':
      return [{ leaf: condition, wanted, alongside }]
    case 'not':
      return placedLeaves(condition.condition, alongside, !wanted)
    case 'all':
    case 'any':
      return condition.conditions.flatMap((inner) => {
        if ((condition.kind === 'all') !== wanted) return placedLeaves(inner, alongside, wanted)
        const others = condition.conditions.filter((other) => other !== inner).map((other) => ({ condition: other, wanted }))
        return placedLeaves(inner, [...alongside, ...others], wanted)
      })
  }
}

/**
 * Whether the demand implies a leaf for which `isSo` is true: one in every branch of an `any`, or in at least one part of an
 * `all`.
 */
export function guarantees({ condition, wanted }: Demand, isSo: (leaf: Leaf, wanted: boolean) => boolean): boolean {
  switch (condition.kind) {
    case 'leaf':
      return isSo(condition, wanted)
    case 'not':
      return guarantees({ condition: condition.condition, wanted: !wanted }, isSo)
    case 'all':
    case 'any': {
      const inner = condition.conditions.map((each) => ({ condition: each, wanted }))
      if ((condition.kind === 'all') === wanted) return inner.some((each) => guarantees(each, isSo))
      return inner.length > 0 && inner.every((each) => guarantees(each, isSo))
    }
  }
}
