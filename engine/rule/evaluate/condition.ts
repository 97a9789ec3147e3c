/**
 * A condition that is prepared once and evaluated for many entities. Our own evaluator computes both sides of every leaf, then
 * json-rules-engine evaluates the tree of leaves. It distinguishes only true from not true, so `not` is first moved down to the
 * leaves (where it is true if the comparison is false, but not if it is unknown). Kleene's logic on the same leaves
 * distinguishes false from unknown.
 */

import { Engine, Fact, type TopLevelCondition } from 'json-rules-engine'

import { type EvaluationScope, WindowList } from '../../expression/evaluate/evaluate.js'
import type { Estimate, FactEntity, Facts } from '../../facts/facts.js'
import type { WindowRange } from '../../metric/window.js'
import type { Truth, Value } from '../../value/value.js'
import type { Condition } from '../rule.js'
import { kleene, type LeafTree, treeOf } from './leaf-tree.js'
import type { JudgedLeaf, PreparedLeaf } from './prepared-leaf.js'

export interface Judgement {
  readonly truth: Truth
  /** All leaves in the order of the file. */
  readonly leaves: readonly JudgedLeaf[]
}

type NormalForm =
  | { readonly fact: string; readonly operator: string; readonly value: number }
  | { readonly all: NormalForm[] }
  | { readonly any: NormalForm[] }

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
  readonly #tree: LeafTree
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
function normalForm(tree: LeafTree, opposite: boolean): NormalForm {
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

const NO_ESTIMATES: readonly Estimate[] = []

/** A placeholder for sides that depend on no entity. */
const NOBODY: FactEntity = { scope: 'account', key: '', id: null, name: null }
