/**
 * A condition that is prepared once and evaluated for many entities. Our own evaluator computes both sides of every leaf, then
 * json-rules-engine evaluates the tree of leaves. It distinguishes only true from not true, so `not` is first moved down to the
 * leaves (where it is true if the comparison is false, but not if it is unknown). Kleene's logic on the same leaves
 * distinguishes false from unknown.
 */

import { Engine, Fact, type TopLevelCondition } from 'json-rules-engine'

import { judgeOf, type Sides } from '../../expression/evaluate/comparison.js'
import {
  compileEstimate,
  compileExpression,
  type EvaluationScope,
  type Evaluator,
  WindowList,
} from '../../expression/evaluate/evaluate.js'
import { not } from '../../expression/evaluate/truth.js'
import type { Comparison, Expression } from '../../expression/syntax.js'
import { sidesOf, withinExpression } from '../../expression/walk.js'
import type { Estimate, FactEntity, Facts } from '../../facts/facts.js'
import { findAttribute } from '../../metric/attributes.js'
import type { WindowRange } from '../../metric/window.js'
import type { Unit } from '../../value/unit.js'
import type { Truth, Value } from '../../value/value.js'
import type { Condition } from '../rule.js'
import { countedMetric, type CountedMetric } from './trace-notes.js'

export interface PreparedLeaf {
  readonly path: string
  readonly text: string
  readonly comparison: Comparison
  /** The left side: its unit is the leaf's. */
  readonly subject: Expression
  /** The leaf's metrics as written, each with the index of its window in the condition's list. */
  readonly windows: readonly { readonly source: string; readonly index: number }[]
  /** Forecasts, expected values and anomalies on either side, which the trace shows separately. */
  readonly estimates: readonly PreparedEstimate[]
  /** Metrics on either side that count conversions, for the trace's notes. */
  readonly counted: readonly CountedMetric[]
  readonly left: Evaluator
  readonly right: readonly Evaluator[]
  /** Whether the right side is the same for all entities of one evaluation. */
  readonly rightIsFixed: boolean
  readonly judge: (sides: Sides) => Truth
}

export interface PreparedEstimate {
  readonly source: string
  readonly unit: Unit
  /** The unit of the metric, which bands and other details have. */
  readonly metricUnit: Unit
  readonly read: (scope: EvaluationScope) => Estimate
}

export interface JudgedLeaf extends Sides {
  readonly leaf: PreparedLeaf
  readonly truth: Truth
  /** In the order of `leaf.estimates`. */
  readonly estimates: readonly Estimate[]
}

export interface Judgement {
  readonly truth: Truth
  /** All leaves in the order of the file. */
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

/** The names of the two json-rules-engine operators: whether the leaf with that index is true, or false. */
const IS_TRUE = 'is true'
const IS_FALSE = 'is false'
/** The name of its only fact: the sides of all leaves. */
const LEAVES = 'leaves'
/** A condition of a few leaves never reaches this; one of dozens must not store a combination for every entity. */
const REMEMBERED_ANSWERS = 2_000

export class PreparedCondition {
  readonly leaves: readonly PreparedLeaf[]
  readonly #windows = new WindowList()
  readonly #tree: Tree
  readonly #conditions: TopLevelCondition
  // A running engine cannot be used a second time until it is done, so idle ones are kept here.
  readonly #idle: Engine[] = []
  // json-rules-engine's answers. The tree depends only on which leaves are true, false or unknown, and a thousand entities share
  // a few dozen combinations of these, so each combination is evaluated once.
  readonly #answers = new Map<string, boolean>()

  constructor(condition: Condition) {
    const leaves: PreparedLeaf[] = []
    this.#tree = treeOf(condition, this.#windows, leaves)
    this.leaves = leaves
    const conditions = normalForm(this.#tree, false)
    this.#conditions = 'fact' in conditions ? { all: [conditions] } : conditions
  }

  /** Returns what the windows cover at the facts' time: computed once, for all entities that are evaluated then. */
  rangesAt(facts: Facts): readonly WindowRange[] {
    return this.#windows.rangesAt(facts)
  }

  /**
   * Returns both sides of every leaf, and the truth by Kleene's logic. The judgement is valid only after `confirm`, which
   * compares it with json-rules-engine.
   *
   * @param scope has the ranges that `rangesAt` returned for the same facts
   * @param fixed right sides that `fixedSides` returned for the same facts
   */
  judge(scope: EvaluationScope, fixed?: readonly (readonly Value[] | null)[]): Judgement {
    const leaves: JudgedLeaf[] = []
    for (let index = 0; index < this.leaves.length; index++) {
      const leaf = this.leaves[index]!
      const left = leaf.left(scope)
      const right = fixed?.[index] ?? leaf.right.map((side) => side(scope))
      const estimates = leaf.estimates.length === 0 ? NO_ESTIMATES : leaf.estimates.map(({ read }) => read(scope))
      leaves.push({ leaf, left, right, truth: leaf.judge({ left, right }), estimates })
    }
    return { truth: kleene(this.#tree, leaves), leaves }
  }

  /** Returns each leaf's right side if it is the same for all entities, else null. */
  fixedSides(facts: Facts, ranges: readonly WindowRange[]): readonly (readonly Value[] | null)[] {
    const scope: EvaluationScope = { facts, entity: NOBODY, ranges, selection: null }
    return this.leaves.map((leaf) => (leaf.rightIsFixed ? leaf.right.map((side) => side(scope)) : null))
  }

  /**
   * Compares a judgement with json-rules-engine. Returns null if they already agreed on leaves with these truths, else a promise
   * to wait for.
   *
   * @throws Error (rejects) if they disagree
   */
  confirm({ truth, leaves }: Judgement): Promise<void> | null {
    const combination = combinationOf(leaves)
    const answer = this.#answers.get(combination)
    if (answer === (truth === true)) return null
    return this.#ask(leaves, combination).then((isTrue) => {
      if (isTrue === (truth === true)) return
      throw new Error(`json-rules-engine and Kleene's logic disagree on "${this.leaves.map(({ text }) => text).join('", "')}"`)
    })
  }

  async #ask(leaves: readonly JudgedLeaf[], combination: string): Promise<boolean> {
    const engine = this.#idle.pop() ?? engineOf(this.#conditions)
    // Without the cache the fact is not hashed, which would take longer than everything else.
    const { results } = await engine.run({ [LEAVES]: new Fact(LEAVES, leaves, { cache: false }) })
    this.#idle.push(engine)
    const isTrue = results.length === 1
    if (this.#answers.size >= REMEMBERED_ANSWERS) this.#answers.clear()
    this.#answers.set(combination, isTrue)
    return isTrue
  }
}

/** Returns the leaves' truths as a text; `tf?` means that the first is true, the second false, the third unknown. */
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

/** Returns json-rules-engine's condition for a tree, or for its negation, with every `not` moved to the leaves. */
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

/** Like `allOf` and `anyOf` of truth.ts, without allocating a list of truths for every entity. */
function kleene(tree: Tree, leaves: readonly JudgedLeaf[]): Truth {
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

function treeOf(condition: Condition, windows: WindowList, leaves: PreparedLeaf[]): Tree {
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

function leafOf({ path, text, comparison }: Condition & { kind: 'leaf' }, windows: WindowList): PreparedLeaf {
  const [subject, ...others] = sidesOf(comparison)
  return {
    path,
    text,
    comparison,
    subject,
    windows: [subject, ...others].flatMap((side) => windowsOf(side, text, windows)),
    estimates: [subject, ...others].flatMap((side) => estimatesOf(side, text, windows)),
    counted: [subject, ...others].flatMap((side) =>
      [...withinExpression(side)].flatMap((inner) => countedMetric(inner, ({ window }) => windows.indexOf(window)) ?? []),
    ),
    left: compileExpression(subject, windows),
    right: others.map((side) => compileExpression(side, windows)),
    rightIsFixed: others.every(isFixed),
    judge: judgeOf(comparison),
  }
}

const NO_ESTIMATES: readonly Estimate[] = []

/** A placeholder for sides that depend on no entity. */
const NOBODY: FactEntity = { scope: 'account', key: '', id: null, name: null }

/** Whether an expression is the same for all entities: numbers, texts, and values of the account or the clock. */
function isFixed(expression: Expression): boolean {
  switch (expression.kind) {
    case 'number':
    case 'money':
    case 'text':
    case 'payload':
      return true
    case 'attribute':
      return (
        (expression.owner === 'self' || expression.owner === 'account') && findAttribute(expression.attribute)?.of !== 'entity'
      )
    case 'negate':
      return isFixed(expression.operand)
    case 'arithmetic':
      return isFixed(expression.left) && isFixed(expression.right)
    default:
      return false
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

/** Custom metrics consist of several metrics, which share one place in the text and one window. */
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
