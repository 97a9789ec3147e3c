/** Compiles conditions to nodes that compute one truth value per entity of a scope, in Kleene's logic. */

import { judgeOf, MIRRORED } from '../../expression/evaluate/comparison.js'
import type { Comparison, ComparisonOperator, Expression } from '../../expression/syntax.js'
import { sidesOf } from '../../expression/walk.js'
import type { Condition } from '../../rule/rule.js'
import { Unknown, type Value } from '../../value/value.js'
import { compareColumns } from './column-comparison.js'
import { type ColumnScope, type ExpressionCompiler, isNumeric, keyOf } from './compile-expression.js'
import { compareWithLimit } from './limit-per-day.js'
import { type Node, onceForAll, oncePerMoment } from './moment.js'
import { andInto, createTruths, isAllFalse, negateInto, numberOfTruth, orInto, type Truths, UNKNOWN } from './truths.js'

export class ConditionCompiler {
  readonly #leaves = new Map<string, Node<Truths>>()

  constructor(private readonly expressions: ExpressionCompiler) {}

  condition(condition: Condition, of: ColumnScope): Node<Truths> {
    switch (condition.kind) {
      case 'leaf':
        return this.#leaf(condition.comparison, of)
      case 'not': {
        const inner = this.condition(condition.condition, of)
        const out = this.#truths(of)
        return oncePerMoment((moment) => {
          negateInto(out, inner(moment))
          return out
        })
      }
      case 'all':
      case 'any': {
        const inner = condition.conditions.map((each) => this.condition(each, of))
        return condition.kind === 'all' ? this.#all(inner, of) : this.#any(inner, of)
      }
    }
  }

  /** The list has at least one node: the loader refuses empty lists. Once all entities are false, the rest is not evaluated. */
  #all([first, ...others]: readonly Node<Truths>[], of: ColumnScope): Node<Truths> {
    const out = this.#truths(of)
    return oncePerMoment((moment) => {
      out.words.set(first!(moment).words)
      for (const node of others) {
        if (isAllFalse(out)) break
        andInto(out, node(moment))
      }
      return out
    })
  }

  /** The list has at least one node here too. */
  #any([first, ...others]: readonly Node<Truths>[], of: ColumnScope): Node<Truths> {
    const out = this.#truths(of)
    return oncePerMoment((moment) => {
      out.words.set(first!(moment).words)
      for (const node of others) orInto(out, node(moment))
      return out
    })
  }

  #leaf(comparison: Comparison, of: ColumnScope): Node<Truths> {
    const key = keyOf(comparison, of)
    let node = this.#leaves.get(key)
    if (node === undefined) this.#leaves.set(key, (node = this.#compile(comparison, of)))
    return node
  }

  #compile(comparison: Comparison, of: ColumnScope): Node<Truths> {
    if (!isNumeric(sidesOf(comparison)[0].unit.kind)) return this.#texts(comparison, of)
    switch (comparison.kind) {
      case 'compare':
        return this.#compare(comparison.operator, comparison.left, comparison.right, of)
      case 'between': {
        const { subject, low, high } = comparison
        const ends = [this.#compare('>=', subject, low, of), this.#compare('<=', subject, high, of)]
        return this.#all(ends, of)
      }
      case 'in': {
        const items = comparison.items.map((item) => this.#compare('=', comparison.subject, item, of))
        return this.#any(items, of)
      }
      case 'matches':
      case 'contains':
      case 'holds':
        return this.#texts(comparison, of)
    }
  }

  #compare(operator: ComparisonOperator, left: Expression, right: Expression, of: ColumnScope): Node<Truths> {
    const limit = this.expressions.limit(right, of)
    // `600 TRY < spend` is `spend > 600 TRY`.
    if (limit === null && this.expressions.limit(left, of) !== null) return this.#compare(MIRRORED[operator], right, left, of)
    const one = this.expressions.numbers(left, of)
    const other = this.expressions.numbers(right, of)
    const out = this.#truths(of)
    return oncePerMoment((moment) => {
      const fixed = limit?.(moment) ?? null
      if (fixed === null) compareColumns(operator, out, one(moment), other(moment))
      else compareWithLimit(operator, out, one(moment), fixed)
      return out
    })
  }

  /** Compares texts, choices and yes-or-no value by value; against fixed texts, each distinct value only once. */
  #texts(comparison: Comparison, of: ColumnScope): Node<Truths> {
    const judge = judgeOf(comparison)
    const [left, ...right] = sidesOf(comparison).map((side) => this.expressions.values(side, of))
    const out = this.#truths(of)
    const { bytes } = out
    const isFixed =
      right.every(({ isConstant }) => isConstant) &&
      sidesOf(comparison)
        .slice(1)
        .every(({ kind }) => kind === 'text')
    const known = new Map<Value, number>()
    const node: Node<Truths> = (moment) => {
      const lefts = left!.node(moment)
      const rights = right.map((side) => side.node(moment))
      for (let i = 0; i < bytes.length; i++) {
        const value = lefts[i]!
        if (value instanceof Unknown) {
          bytes[i] = UNKNOWN
          continue
        }
        let truth = isFixed ? known.get(value) : undefined
        if (truth === undefined) {
          truth = numberOfTruth(judge({ left: value, right: rights.map((side) => side[i]!) }))
          if (isFixed) known.set(value, truth)
        }
        bytes[i] = truth
      }
      return out
    }
    return isFixed && left!.isConstant ? onceForAll(node) : oncePerMoment(node)
  }

  #truths({ scope }: ColumnScope): Truths {
    return createTruths(this.expressions.tables.universe.roll(scope).entities.length)
  }
}
