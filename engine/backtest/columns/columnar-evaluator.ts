/**
 * The evaluator of backtests: evaluates rules on daily rows for all entities at once, moment by moment. Its results are those of
 * `rule/evaluate/evaluate.ts` (a property test compares them), without traces and several hundred times as fast.
 */

import type { WindowedFacts } from '../../facts/facts-of-dataset.js'
import type { FactEntity } from '../../facts/facts.js'
import type { Rule } from '../../rule/rule.js'
import type { Verdicts } from '../../simulation/verdict.js'
import type { Scope } from '../../value/scope.js'
import type { SelectedPlaces, SelectionNode } from './aggregate.js'
import { ConditionCompiler } from './compile-condition.js'
import { type ColumnScope, ExpressionCompiler } from './compile-expression.js'
import type { DayTables } from './day-table.js'
import { momentOf, type Node, oncePerMoment } from './moment.js'
import { createTruths, FALSE, isAllFalse, TRUE, type Truths, UNKNOWN } from './truths.js'
import { writeVerdicts } from './verdict-column.js'

export interface ColumnarOptions {
  /**
   * `listed`: all entities of the data exist at every moment. `with rows`: an entity exists from the first day of its rows (or of
   * rows under it) on, since it was not known before.
   */
  readonly entities: 'listed' | 'with rows'
  /** Rules whose `when` is also evaluated on entities that `where` excludes. */
  readonly asksWanted?: ReadonlySet<Rule>
}

/** `VERDICT`s in the order of `entitiesOf`. The arrays are reused at the next moment; `wanted` is null if it equals the verdicts. */
export type ColumnarVerdicts = Verdicts<Uint8Array>

export class ColumnarEvaluator {
  readonly #expressions: ExpressionCompiler
  readonly #rules: readonly Node<ColumnarVerdicts>[]
  readonly #presences = new Map<Scope, Node<Truths>>()
  readonly #listed = new Map<Scope, readonly FactEntity[]>()

  constructor(
    private readonly rules: readonly Rule[],
    tables: DayTables,
    private readonly options: ColumnarOptions = { entities: 'listed' },
  ) {
    this.#expressions = new ExpressionCompiler(tables)
    const conditions = new ConditionCompiler(this.#expressions)
    this.#rules = rules.map((rule, index) => this.#rule(rule, `rule ${index}`, conditions))
    tables.build()
  }

  /** Returns the entities of a rule's scope, in the order of its verdicts. */
  entitiesOf(rule: number): readonly FactEntity[] {
    const { scope } = this.rules[rule]!
    let found = this.#listed.get(scope)
    if (found === undefined) {
      const { entities, listed } = this.#expressions.tables.universe.roll(scope)
      this.#listed.set(scope, (found = entities.slice(0, listed)))
    }
    return found
  }

  /** @param facts of the same dataset and account as the tables, as of the moment to evaluate */
  judge(facts: WindowedFacts): readonly ColumnarVerdicts[] {
    const moment = momentOf(facts, this.#expressions.windows)
    return this.#rules.map((rule) => rule(moment))
  }

  #rule(rule: Rule, id: string, conditions: ConditionCompiler): Node<ColumnarVerdicts> {
    const { scope } = rule
    const { listed } = this.#expressions.tables.universe.roll(scope)
    const present = this.options.entities === 'with rows' ? this.#present(scope) : null
    const where = rule.where === null ? null : conditions.condition(rule.where, { scope, selection: null })
    const of: ColumnScope = { scope, selection: { id, node: selectionNode(where, listed, present) } }
    const when = rule.when === null ? null : conditions.condition(rule.when, of)
    const clear = rule.clear === null ? null : conditions.condition(rule.clear, of)
    const verdicts = createTruths(listed)
    const cleared = clear === null ? null : createTruths(listed)
    const wanted = where !== null && this.options.asksWanted?.has(rule) === true ? createTruths(listed) : null
    const found: ColumnarVerdicts = {
      verdicts: verdicts.bytes,
      clear: cleared?.bytes ?? null,
      wanted: wanted?.bytes ?? null,
    }
    return (moment) => {
      const selected = where?.(moment) ?? null
      // If no entity is selected, `when` is not needed.
      const met = when === null || (selected !== null && isAllFalse(selected)) ? null : when(moment)
      writeVerdicts(verdicts, { present: present?.(moment) ?? null, selected, met })
      if (wanted !== null) writeVerdicts(wanted, { present: null, selected: null, met: when?.(moment) ?? null })
      if (cleared !== null) writeVerdicts(cleared, { present: null, selected: null, met: clear!(moment) })
      return found
    }
  }

  /** Returns which entities exist at a moment. */
  #present(scope: Scope): Node<Truths> {
    let node = this.#presences.get(scope)
    if (node === undefined) {
      const firstDays = this.#expressions.tables.universe.firstDays(scope)
      const out = createTruths(firstDays.length)
      node = oncePerMoment(({ today }) => {
        for (let i = 0; i < firstDays.length; i++) out.bytes[i] = firstDays[i]! > today ? FALSE : TRUE
        return out
      })
      this.#presences.set(scope, node)
    }
    return node
  }
}

function selectionNode(where: Node<Truths> | null, listed: number, present: Node<Truths> | null): SelectionNode {
  return oncePerMoment((moment): SelectedPlaces => {
    const truths = where?.(moment).bytes
    const there = present?.(moment).bytes
    const [selected, doubtful]: [number[], number[]] = [[], []]
    for (let i = 0; i < listed; i++) {
      if (there?.[i] === FALSE) continue
      const truth = truths?.[i] ?? TRUE
      if (truth !== FALSE) (truth === UNKNOWN ? doubtful : selected).push(i)
    }
    return { selected, doubtful }
  })
}
