/**
 * Compiles expressions to nodes that compute a whole column: one value per entity of a scope. What cannot be computed on columns
 * (hours, reach, forecasts, attributes of groups) is evaluated entity by entity by the live evaluator.
 */

import { compileExpression, WindowList } from '../../expression/evaluate/evaluate.js'
import { firstOf } from '../../expression/evaluate/first-of.js'
import type { Comparison, Expression, Window } from '../../expression/syntax.js'
import { findAttribute } from '../../metric/attributes.js'
import { findMetric, type MetricFormula } from '../../metric/catalogue.js'
import type { Scope } from '../../value/scope.js'
import type { UnitKind } from '../../value/unit.js'
import type { Value } from '../../value/value.js'
import { aggregateColumn, selectedFacts, type SelectionNode } from './aggregate.js'
import { AttributeTable } from './attribute-table.js'
import { addColumns, divideBy, multiplyColumns, negateColumn, type Operation, subtractColumns } from './column-arithmetic.js'
import { type Column, createColumn, fillColumn, setValue } from './column.js'
import type { DayTables } from './day-table.js'
import { type Limit, limitOf } from './limit-per-day.js'
import { type Node, onceForAll, oncePerMoment } from './moment.js'

/** The scope of a column, and the entities that `where` selects in it, for functions over the selection. */
export interface ColumnScope {
  readonly scope: Scope
  readonly selection: { readonly id: string; readonly node: SelectionNode } | null
}

export const isNumeric = (kind: UnitKind): boolean => kind !== 'text' && kind !== 'choice' && kind !== 'yes-or-no'

export class ExpressionCompiler {
  readonly windows = new WindowList()
  readonly #columns = new Map<string, Node<Column>>()
  readonly #attributes = new Map<string, AttributeTable>()

  constructor(readonly tables: DayTables) {}

  /** Returns a column of numbers. Equal expressions share one column. */
  numbers(expression: Expression, of: ColumnScope): Node<Column> {
    return this.#shared(keyOf(expression, of), () => this.#numbers(expression, of))
  }

  /**
   * Returns the expression as a limit, if it is the same number for all entities at every moment; else null. The node returns null if
   * its value is not a plain number.
   */
  limit(expression: Expression, of: ColumnScope): Node<Limit | null> | null {
    if (!isSettled(expression, of)) return null
    const [entity] = this.tables.universe.roll(of.scope).entities
    if (entity === undefined) return null
    const evaluate = compileExpression(expression, this.windows)
    return onceForAll(({ facts, ranges }) => {
      const value = evaluate({ facts, entity, ranges, selection: null })
      return typeof value === 'number' ? limitOf(value) : null
    })
  }

  /** Returns values of any type, and whether they are the same at every moment. */
  values(expression: Expression, of: ColumnScope): { readonly node: Node<readonly Value[]>; readonly isConstant: boolean } {
    const { universe } = this.tables
    if (expression.kind === 'attribute' && (expression.owner === 'self' || expression.owner === of.scope)) {
      const table = this.#attributeTable(expression.attribute, of.scope)
      if (table !== null) return { node: (moment) => table.at(moment), isConstant: table.isConstant }
    }
    const { entities } = universe.roll(of.scope)
    const evaluate = compileExpression(expression, this.windows)
    const values: Value[] = new Array<Value>(entities.length)
    const node = oncePerMoment((moment) => {
      const selection = selectedFacts(of, moment, entities)
      for (let i = 0; i < entities.length; i++)
        values[i] = evaluate({ facts: moment.facts, entity: entities[i]!, ranges: moment.ranges, selection })
      return values
    })
    return expression.kind === 'text' ? { node: onceForAll(node), isConstant: true } : { node, isConstant: false }
  }

  #shared(key: string, make: () => Node<Column>): Node<Column> {
    let node = this.#columns.get(key)
    if (node === undefined) this.#columns.set(key, (node = make()))
    return node
  }

  #numbers(expression: Expression, of: ColumnScope): Node<Column> {
    switch (expression.kind) {
      case 'number':
      case 'money':
        return this.#same(expression, of, onceForAll)
      case 'metric': {
        const { owner, window } = expression
        const formula = formulaOf(expression.metric, expression.actionType)
        const scope = owner === 'self' ? of.scope : owner
        const node = formula === null ? null : this.#metric(formula, window, scope)
        if (node === null) return this.#oneByOne(expression, of)
        return scope === of.scope ? node : this.#ofOwner(node, of.scope, scope)
      }
      case 'attribute':
        return this.#attribute(expression, of)
      case 'negate':
        if (isSettled(expression, of)) return this.#same(expression, of, onceForAll)
        return this.#operation([expression.operand], of, (out, operand) => negateColumn(out, operand))
      case 'arithmetic':
        if (isSettled(expression, of)) return this.#same(expression, of, onceForAll)
        return this.#operation([expression.left, expression.right], of, operationOf(expression))
      case 'aggregate': {
        const { selection } = of
        if (selection === null) return this.#oneByOne(expression, of)
        const operand = expression.operand === null ? null : this.numbers(expression.operand, of)
        return aggregateColumn(expression, this.tables.universe, of.scope, selection.node, operand)
      }
      case 'payload':
        return this.#same(expression, of, oncePerMoment)
      case 'text':
      case 'forecast':
      case 'expected':
      case 'anomaly':
        return this.#oneByOne(expression, of)
    }
  }

  /** Returns null if the metric does not add up over days. */
  #metric(formula: MetricFormula, window: Window, scope: Scope): Node<Column> | null {
    switch (formula.kind) {
      case 'asked':
        return null
      case 'sum':
        return formula.measure === 'gross_spend' ? this.#grossSpend(window, scope) : this.#sum(formula.measure, window, scope)
      case 'ratio': {
        const numerator = this.#sum(formula.numerator, window, scope)
        const denominator = this.#sum(formula.denominator, window, scope)
        if (numerator === null || denominator === null) return null
        const out = this.#column(scope)
        const divide = divideBy(formula.overCount ? 1 : null, formula.scale)
        return oncePerMoment((moment) => {
          divide(out, numerator(moment), denominator(moment))
          return out
        })
      }
    }
  }

  #grossSpend(window: Window, scope: Scope): Node<Column> | null {
    const spend = this.#sum('spend', window, scope)
    if (spend === null) return null
    const out = this.#column(scope)
    return oncePerMoment((moment) => {
      const { gross } = moment.facts.account
      const { values } = spend(moment)
      if (!gross) out.values.fill(NaN)
      else for (let i = 0; i < values.length; i++) out.values[i] = values[i]! * (1 + gross.fees) * (1 + gross.tax)
      return out
    })
  }

  #sum(measure: string, window: Window, scope: Scope): Node<Column> | null {
    if (window.kind === 'hours') return null
    const table = this.tables.table(scope, measure)
    if (table === null) return null
    const index = this.windows.indexOf(window)
    return this.#shared(`sum ${measure} ${index} ${scope}`, () => {
      const out = this.#column(scope)
      return oncePerMoment(({ facts, ranges }) => {
        const range = ranges[index]!
        const days = range.kind === 'days' ? range.days : facts.knownDays()
        if (days === null || facts.whyUnknown(days) !== null) {
          out.values.fill(NaN)
          out.someAtLeast = false
        } else table.sum(out, facts, days)
        return out
      })
    })
  }

  #attribute(expression: Expression & { kind: 'attribute' }, of: ColumnScope): Node<Column> {
    if (isShared(expression, of)) return this.#same(expression, of, isSettled(expression, of) ? onceForAll : oncePerMoment)
    const scope = expression.owner === 'self' ? of.scope : expression.owner
    const table = this.#attributeTable(expression.attribute, scope)
    if (table === null) return this.#oneByOne(expression, of)
    const out = this.#column(scope)
    const node: Node<Column> = (moment) => {
      for (const [index, value] of table.at(moment).entries()) setValue(out, index, value)
      return out
    }
    const once = table.isConstant ? onceForAll(node) : oncePerMoment(node)
    return scope === of.scope ? once : this.#ofOwner(once, of.scope, scope)
  }

  #attributeTable(attribute: string, scope: Scope): AttributeTable | null {
    if (scope === 'account' || scope === 'group' || findAttribute(attribute)?.of !== 'entity') return null
    const key = `${scope} ${attribute}`
    let table = this.#attributes.get(key)
    if (table === undefined) {
      const { universe } = this.tables
      this.#attributes.set(key, (table = new AttributeTable(attribute, universe, universe.roll(scope))))
    }
    return table
  }

  /** An expression with the same value for every entity, evaluated for the first one only. */
  #same(expression: Expression, of: ColumnScope, how: (work: Node<Column>) => Node<Column>): Node<Column> {
    const { entities } = this.tables.universe.roll(of.scope)
    const evaluate = compileExpression(expression, this.windows)
    const out = this.#column(of.scope)
    return how(({ facts, ranges }) => {
      if (entities.length > 0) fillColumn(out, evaluate({ facts, entity: entities[0]!, ranges, selection: null }))
      return out
    })
  }

  #oneByOne(expression: Expression, of: ColumnScope): Node<Column> {
    const { node } = this.values(expression, of)
    const out = this.#column(of.scope)
    return oncePerMoment((moment) => {
      for (const [index, value] of node(moment).entries()) setValue(out, index, value)
      return out
    })
  }

  #operation(operands: readonly Expression[], of: ColumnScope, operation: Operation): Node<Column> {
    const [left, right] = operands.map((operand) => this.numbers(operand, of))
    const out = this.#column(of.scope)
    return oncePerMoment((moment) => {
      const first = left!(moment)
      operation(out, first, right === undefined ? first : right(moment))
      return out
    })
  }

  #ofOwner(node: Node<Column>, scope: Scope, owner: Scope): Node<Column> {
    const places = this.tables.universe.owners(scope, owner)
    const out = this.#column(scope)
    return oncePerMoment((moment) => {
      const from = node(moment)
      out.someAtLeast = from.someAtLeast
      for (let i = 0; i < places.length; i++) {
        const place = places[i]!
        out.values[i] = place < 0 ? NaN : from.values[place]!
        if (from.someAtLeast) out.atLeast[i] = place < 0 ? 0 : from.atLeast[place]!
      }
      return out
    })
  }

  #column(scope: Scope): Column {
    return createColumn(this.tables.universe.roll(scope).entities.length)
  }
}

/** Whether an attribute belongs to the account or the clock, not to the entity. */
const isShared = ({ attribute, owner }: Expression & { kind: 'attribute' }, { scope }: ColumnScope): boolean =>
  findAttribute(attribute)?.of !== 'entity' && owner !== 'group' && scope !== 'group'

/** Whether the value is the same for all entities at all moments. */
function isSettled(expression: Expression, of: ColumnScope): boolean {
  switch (expression.kind) {
    case 'number':
    case 'money':
      return true
    case 'attribute':
      return isShared(expression, of) && findAttribute(expression.attribute)?.of !== 'clock'
    case 'negate':
      return isSettled(expression.operand, of)
    case 'arithmetic':
      return isSettled(expression.left, of) && isSettled(expression.right, of)
    default:
      return false
  }
}

function operationOf({ operator, right }: Expression & { kind: 'arithmetic' }): Operation {
  switch (operator) {
    case '+':
      return addColumns
    case '-':
      return subtractColumns
    case '*':
      return multiplyColumns
    case '/':
      return divideBy(firstOf(right))
  }
}

function formulaOf(metric: string, actionType: string | null): MetricFormula | null {
  if (actionType !== null) return { kind: 'sum', measure: `action:${actionType}` }
  return findMetric(metric)?.made ?? null
}

/** Expressions with the same key have the same values. A function over a selection includes the rule, since the selection is the rule's. */
export function keyOf(written: Expression | Comparison, { scope, selection }: ColumnScope): string {
  let asksSelection = false
  const text = JSON.stringify(written, (key, value: unknown) => {
    if (key === 'kind' && value === 'aggregate') asksSelection = true
    return key === 'span' ? undefined : value
  })
  return `${scope} ${asksSelection ? (selection?.id ?? '') : ''} ${text}`
}
