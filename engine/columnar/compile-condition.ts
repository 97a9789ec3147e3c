/** Conditions become steps that work out one truth for each entity of a scope, by Kleene's logic. */

import { judgeOf } from '../expression/evaluate-comparison.js'
import type { Comparison, Expression } from '../expression/syntax.js'
import { Unknown, type Value } from '../expression/value.js'
import { sidesOf } from '../expression/walk.js'
import type { Condition } from '../rule/rule.js'
import { numberOfTruth, TRUE, UNKNOWN } from './column.js'
import { andInto, compareColumns, orInto } from './column-comparison.js'
import { isNumeric, type ColumnScope, type ExpressionCompiler } from './compile-expression.js'
import { onceForAll, oncePerMoment, type Node } from './moment.js'

export class ConditionCompiler {
  readonly #leaves = new Map<string, Node<Uint8Array>>()

  constructor(private readonly expressions: ExpressionCompiler) {}

  condition(condition: Condition, of: ColumnScope): Node<Uint8Array> {
    switch (condition.kind) {
      case 'leaf':
        return this.#leaf(condition.comparison, of)
      case 'not': {
        const inner = this.condition(condition.condition, of)
        const out = this.#truths(of)
        return oncePerMoment((moment) => {
          const truths = inner(moment)
          for (let i = 0; i < out.length; i++) out[i] = TRUE - truths[i]!
          return out
        })
      }
      case 'all':
      case 'any': {
        const inner = condition.conditions.map((each) => this.condition(each, of))
        const join = condition.kind === 'all' ? andInto : orInto
        return this.#joined(inner, of, join)
      }
    }
  }

  /** Of one at least: the loader refuses an empty list. */
  #joined(
    nodes: readonly Node<Uint8Array>[],
    of: ColumnScope,
    join: (out: Uint8Array, other: Uint8Array) => void,
  ): Node<Uint8Array> {
    const [first, ...others] = nodes
    const out = this.#truths(of)
    return oncePerMoment((moment) => {
      out.set(first!(moment))
      for (const node of others) join(out, node(moment))
      return out
    })
  }

  #leaf(comparison: Comparison, of: ColumnScope): Node<Uint8Array> {
    const text = JSON.stringify(comparison, (key, value: unknown) => (key === 'span' ? undefined : value))
    const key = `${of.scope} ${of.selection?.id ?? ''} ${text}`
    let node = this.#leaves.get(key)
    if (node === undefined) this.#leaves.set(key, (node = this.#compile(comparison, of)))
    return node
  }

  #compile(comparison: Comparison, of: ColumnScope): Node<Uint8Array> {
    if (!isNumeric(sidesOf(comparison)[0].unit.kind)) return this.#texts(comparison, of)
    switch (comparison.kind) {
      case 'compare':
        return this.#compare(comparison.operator, comparison.left, comparison.right, of)
      case 'between': {
        const { subject, low, high } = comparison
        const ends = [this.#compare('>=', subject, low, of), this.#compare('<=', subject, high, of)]
        return this.#joined(ends, of, andInto)
      }
      case 'in': {
        const items = comparison.items.map((item) => this.#compare('=', comparison.subject, item, of))
        return this.#joined(items, of, orInto)
      }
      case 'matches':
      case 'contains':
      case 'holds':
        return this.#texts(comparison, of)
    }
  }

  #compare(
    operator: '>' | '>=' | '<' | '<=' | '=' | '!=',
    left: Expression,
    right: Expression,
    of: ColumnScope,
  ): Node<Uint8Array> {
    const [one, other] = [this.expressions.numbers(left, of), this.expressions.numbers(right, of)]
    const out = this.#truths(of)
    return oncePerMoment((moment) => {
      compareColumns(operator, out, one(moment), other(moment))
      return out
    })
  }

  /** Texts, choices and yes-or-no: judged value by value, and beside fixed texts each value once. */
  #texts(comparison: Comparison, of: ColumnScope): Node<Uint8Array> {
    const judge = judgeOf(comparison)
    const [left, ...right] = sidesOf(comparison).map((side) => this.expressions.values(side, of))
    const out = this.#truths(of)
    const isFixed =
      right.every(({ isConstant }) => isConstant) &&
      sidesOf(comparison)
        .slice(1)
        .every(({ kind }) => kind === 'text')
    const known = new Map<Value, number>()
    const node: Node<Uint8Array> = (moment) => {
      const lefts = left!.node(moment)
      const rights = right.map((side) => side.node(moment))
      for (let i = 0; i < out.length; i++) {
        const value = lefts[i]!
        if (value instanceof Unknown) {
          out[i] = UNKNOWN
          continue
        }
        let truth = isFixed ? known.get(value) : undefined
        if (truth === undefined) {
          truth = numberOfTruth(judge({ left: value, right: rights.map((side) => side[i]!) }))
          if (isFixed) known.set(value, truth)
        }
        out[i] = truth
      }
      return out
    }
    return isFixed && left!.isConstant ? onceForAll(node) : oncePerMoment(node)
  }

  #truths({ scope }: ColumnScope): Uint8Array {
    return new Uint8Array(this.expressions.tables.universe.roll(scope).entities.length)
  }
}
