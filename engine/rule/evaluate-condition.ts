/**
 * A condition, prepared once and judged for many entities. Our own evaluator works out both sides of every leaf;
 * json-rules-engine then evaluates the tree over them. It knows true and not true only, so `not` is moved down to the leaves
 * beforehand (where "not" is true if the comparison is false, and not if it is unknown), and Kleene's logic over the same
 * leaves tells false from unknown.
 */

import { Engine, Fact, type TopLevelCondition } from 'json-rules-engine'

import { compileEstimate, compileExpression, WindowList, type EvaluationScope, type Evaluator } from '../expression/evaluate.js'
import { judgeOf, type Sides } from '../expression/evaluate-comparison.js'
import type { Comparison, Expression } from '../expression/syntax.js'
import type { Unit } from '../expression/unit.js'
import { allOf, anyOf, not } from '../expression/truth.js'
import type { Truth } from '../expression/value.js'
import { sidesOf, withinExpression } from '../expression/walk.js'
import type { Estimate, Facts } from '../facts/facts.js'
import type { WindowRange } from '../metric/window.js'
import type { Condition } from './rule.js'

export interface PreparedLeaf {
  readonly path: string
  readonly text: string
  readonly comparison: Comparison
  /** The left side: its unit is the leaf's. */
  readonly subject: Expression
  /** Metrics of the leaf as written, each with its window's place in the condition's list. */
  readonly windows: readonly { readonly source: string; readonly index: number }[]
  /** Forecasts and the like on either side, each once more, for the trace. */
  readonly estimates: readonly PreparedEstimate[]
  readonly left: Evaluator
  readonly right: readonly Evaluator[]
  readonly judge: (sides: Sides) => Truth
}

export interface PreparedEstimate {
  readonly source: string
  readonly unit: Unit
  /** The metric's own, of a band and the like. */
  readonly metricUnit: Unit
  readonly read: (scope: EvaluationScope) => Estimate
}

export interface JudgedLeaf extends Sides {
  readonly leaf: PreparedLeaf
  readonly truth: Truth
  /** In the order of the leaf's own. */
  readonly estimates: readonly Estimate[]
}

export interface Judgement {
  readonly truth: Truth
  /** All leaves, in the order of the file. */
  readonly leaves: readonly JudgedLeaf[]
}

type NormalForm =
  | { readonly fact: string; readonly operator: string; readonly value: number }
  | { readonly all: NormalForm[] }
  | { readonly any: NormalForm[] }

type Tree =
  | { readonly kind: 'all' | 'any'; readonly trees: readonly Tree[] }
  | { readonly kind: 'not'; readonly tree: Tree }
  | { readonly kind: 'leaf'; readonly index: number }

/** Names that json-rules-engine knows the two operators by: whether the leaf of that index is true, or false. */
const IS_TRUE = 'is true'
const IS_FALSE = 'is false'
/** The one fact that it is given: the sides of all leaves. */
const LEAVES = 'leaves'
/** A condition of a few leaves never comes near; one of dozens must not keep a combination for every entity. */
const REMEMBERED_ANSWERS = 2_000

export class PreparedCondition {
  readonly leaves: readonly PreparedLeaf[]
  readonly #windows = new WindowList()
  readonly #tree: Tree
  readonly #conditions: TopLevelCondition
  // An engine that runs can't be asked a second time until it is done, so those that rest wait here.
  readonly #idle: Engine[] = []
  // What json-rules-engine answered. The tree sees nothing but which leaves are true, false and unknown, and a thousand
  // entities share a few dozen combinations of these, so that each is asked once.
  readonly #answers = new Map<string, boolean>()

  constructor(condition: Condition) {
    const leaves: PreparedLeaf[] = []
    this.#tree = treeOf(condition, this.#windows, leaves)
    this.leaves = leaves
    const conditions = normalForm(this.#tree, false)
    this.#conditions = 'fact' in conditions ? { all: [conditions] } : conditions
  }

  /** What the windows cover at the facts' moment: worked out once, for all entities that are judged at it. */
  rangesAt(facts: Facts): readonly WindowRange[] {
    return this.#windows.rangesAt(facts)
  }

  /** @param scope bears the ranges of `rangesAt`, for the same facts */
  async judge(scope: EvaluationScope): Promise<Judgement> {
    const leaves = this.leaves.map((leaf): JudgedLeaf => {
      const sides = { left: leaf.left(scope), right: leaf.right.map((side) => side(scope)) }
      const estimates = leaf.estimates.map(({ read }) => read(scope))
      return { leaf, left: sides.left, right: sides.right, truth: leaf.judge(sides), estimates }
    })
    const truth = kleene(this.#tree, leaves)
    const combination = combinationOf(leaves)
    if ((this.#answers.get(combination) ?? (await this.#isTrue(leaves, combination))) !== (truth === true))
      throw new Error(`json-rules-engine and Kleene's logic disagree on "${this.leaves.map(({ text }) => text).join('", "')}"`)
    return { truth, leaves }
  }

  async #isTrue(leaves: readonly JudgedLeaf[], combination: string): Promise<boolean> {
    const engine = this.#idle.pop() ?? engineOf(this.#conditions)
    // Without its cache a fact is not hashed, which for plain values takes longer than all the rest.
    const { results } = await engine.run({ [LEAVES]: new Fact(LEAVES, leaves, { cache: false }) })
    this.#idle.push(engine)
    const isTrue = results.length === 1
    if (this.#answers.size >= REMEMBERED_ANSWERS) this.#answers.clear()
    this.#answers.set(combination, isTrue)
    return isTrue
  }
}

/** `tf?`: the first leaf is true, the second false, the third unknown. */
function combinationOf(leaves: readonly JudgedLeaf[]): string {
  let combination = ''
  for (const { truth } of leaves) combination += truth === null ? '?' : truth ? 't' : 'f'
  return combination
}

function engineOf(conditions: TopLevelCondition): Engine {
  const engine = new Engine([{ conditions, event: { type: 'true' } }])
  const judge = (leaves: readonly JudgedLeaf[], index: number): Truth => leaves[index]!.leaf.judge(leaves[index]!)
  engine.addOperator(IS_TRUE, (leaves: readonly JudgedLeaf[], index: number) => judge(leaves, index) === true)
  engine.addOperator(IS_FALSE, (leaves: readonly JudgedLeaf[], index: number) => judge(leaves, index) === false)
  return engine
}

/** json-rules-engine's condition for a tree, or for its opposite, with every `not` at a leaf. */
function normalForm(tree: Tree, opposite: boolean): NormalForm {
  switch (tree.kind) {
    case 'leaf':
      return { fact: LEAVES, operator: opposite ? IS_FALSE : IS_TRUE, value: tree.index }
    case 'not':
      return normalForm(tree.tree, !opposite)
    case 'all':
    case 'any': {
      const inner = tree.trees.map((each) => normalForm(each, opposite))
      return (tree.kind === 'all') !== opposite ? { all: inner } : { any: inner }
    }
  }
}

function kleene(tree: Tree, leaves: readonly JudgedLeaf[]): Truth {
  switch (tree.kind) {
    case 'leaf':
      return leaves[tree.index]!.truth
    case 'not':
      return not(kleene(tree.tree, leaves))
    case 'all':
      return allOf(tree.trees.map((each) => kleene(each, leaves)))
    case 'any':
      return anyOf(tree.trees.map((each) => kleene(each, leaves)))
  }
}

function treeOf(condition: Condition, windows: WindowList, leaves: PreparedLeaf[]): Tree {
  switch (condition.kind) {
    case 'all':
    case 'any': {
      // The loader refuses an empty list; json-rules-engine would take an empty `any` for true.
      if (condition.conditions.length === 0) throw new RangeError(`the list at ${condition.path} is empty`)
      return { kind: condition.kind, trees: condition.conditions.map((inner) => treeOf(inner, windows, leaves)) }
    }
    case 'not':
      return { kind: 'not', tree: treeOf(condition.condition, windows, leaves) }
    case 'leaf':
      return { kind: 'leaf', index: leaves.push(leafOf(condition, windows)) - 1 }
  }
}

function leafOf({ path, text, comparison }: Condition & { kind: 'leaf' }, windows: WindowList): PreparedLeaf {
  const [subject, ...others] = sidesOf(comparison)
  return {
    path,
    text,
    comparison,
    subject,
    windows: [subject, ...others].flatMap((side) => windowsOf(side, text, windows)),
    estimates: [subject, ...others].flatMap((side) => estimatesOf(side, text, windows)),
    left: compileExpression(subject, windows),
    right: others.map((side) => compileExpression(side, windows)),
    judge: judgeOf(comparison),
  }
}

function estimatesOf(side: Expression, text: string, windows: WindowList): readonly PreparedEstimate[] {
  return [...withinExpression(side)].flatMap((expression) => {
    if (expression.kind !== 'forecast' && expression.kind !== 'expected' && expression.kind !== 'anomaly') return []
    const { span, unit } = expression
    const metricUnit = expression.kind === 'forecast' ? unit : expression.operand.unit
    return [{ source: text.slice(span.start, span.end), unit, metricUnit, read: compileEstimate(expression, windows) }]
  })
}

/** A metric of one's own is made of several, which stand at one place with one window. */
function windowsOf(side: Expression, text: string, windows: WindowList): readonly { source: string; index: number }[] {
  const found = new Map<string, { source: string; index: number }>()
  for (const expression of withinExpression(side)) {
    if (expression.kind !== 'metric') continue
    const { span, window } = expression
    const index = windows.indexOf(window)
    found.set(`${span.start} ${span.end} ${index}`, { source: text.slice(span.start, span.end), index })
  }
  return [...found.values()]
}
