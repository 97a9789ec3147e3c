/**
 * Rules on daily rows, moment by moment, for all entities at once: what backtests evaluate with. It gives the answers of
 * `rule/evaluate.ts`, which a property test holds it to, without traces and several hundred times as fast.
 */

import type { WindowedFacts } from '../facts/facts-of-dataset.js'
import type { FactEntity } from '../facts/facts.js'
import type { Rule } from '../rule/rule.js'
import { VERDICT } from '../simulation/verdict.js'
import type { SelectedPlaces, SelectionNode } from './aggregate.js'
import { FALSE, TRUE, UNKNOWN } from './column.js'
import { ConditionCompiler } from './compile-condition.js'
import { ExpressionCompiler, type ColumnScope } from './compile-expression.js'
import type { DayTables } from './day-table.js'
import { momentOf, oncePerMoment, type Node } from './moment.js'

export interface ColumnarOptions {
  /**
   * `listed`: all entities of the data, at every moment. `with rows`: an entity is there from the first day of its rows (or of
   * those under it) on, for before nobody knew of it.
   */
  readonly entities: 'listed' | 'with rows'
}

/** `VERDICT`s by the places of `entitiesOf`. They hold until the next moment is judged. */
export interface ColumnarVerdicts {
  readonly verdicts: Uint8Array
  /** What `clear` evaluates to, as `VERDICT.true`, `false` or `unknown`; null where the rule has none. */
  readonly clear: Uint8Array | null
}

const VERDICT_OF_TRUTH = Uint8Array.from([VERDICT.false, VERDICT.unknown, VERDICT.true])

export class ColumnarEvaluator {
  readonly #expressions: ExpressionCompiler
  readonly #rules: readonly Node<ColumnarVerdicts>[]

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

  /** The entities that a rule looks at, in the order of its verdicts. */
  entitiesOf(rule: number): readonly FactEntity[] {
    const { entities, listed } = this.#expressions.tables.universe.roll(this.rules[rule]!.scope)
    return entities.slice(0, listed)
  }

  /** @param facts of the same dataset and account as the tables, as of the moment that is judged */
  judge(facts: WindowedFacts): readonly ColumnarVerdicts[] {
    const moment = momentOf(facts, this.#expressions.windows)
    return this.#rules.map((rule) => rule(moment))
  }

  #rule(rule: Rule, id: string, conditions: ConditionCompiler): Node<ColumnarVerdicts> {
    const { universe } = this.#expressions.tables
    const { listed } = universe.roll(rule.scope)
    const firstDays = this.options.entities === 'with rows' ? universe.firstDays(rule.scope) : null
    const where = rule.where === null ? null : conditions.condition(rule.where, { scope: rule.scope, selection: null })
    const node = selectionNode(where, listed, firstDays)
    const of: ColumnScope = { scope: rule.scope, selection: { id, node } }
    const when = rule.when === null ? null : conditions.condition(rule.when, of)
    const clear = rule.clear === null ? null : conditions.condition(rule.clear, of)
    const verdicts = new Uint8Array(listed)
    const cleared = clear === null ? null : new Uint8Array(listed)
    return (moment) => {
      const [selected, met, clears] = [where?.(moment), when?.(moment), clear?.(moment)]
      for (let i = 0; i < listed; i++) {
        if (firstDays !== null && firstDays[i]! > moment.today) verdicts[i] = VERDICT.absent
        else if (selected !== undefined && selected[i] !== TRUE)
          verdicts[i] = selected[i] === FALSE ? VERDICT.leftOut : VERDICT.unknown
        else verdicts[i] = met === undefined ? VERDICT.true : VERDICT_OF_TRUTH[met[i]!]!
        if (cleared !== null) cleared[i] = VERDICT_OF_TRUTH[clears![i]!]!
      }
      return { verdicts, clear: cleared }
    }
  }
}

function selectionNode(where: Node<Uint8Array> | null, listed: number, firstDays: Int32Array | null): SelectionNode {
  return oncePerMoment((moment): SelectedPlaces => {
    const truths = where?.(moment)
    const [selected, doubtful]: [number[], number[]] = [[], []]
    for (let i = 0; i < listed; i++) {
      if (firstDays !== null && firstDays[i]! > moment.today) continue
      const truth = truths?.[i] ?? TRUE
      if (truth !== FALSE) (truth === UNKNOWN ? doubtful : selected).push(i)
    }
    return { selected, doubtful }
  })
}
