/**
 * Compiles expressions into functions, which are then called for each entity. Windows are collected while compiling, so that
 * their ranges are computed once for all entities.
 */

import { dateOfDayNumber, dayNumberOf, daysInMonth, weekdayOf } from '../../clock/day.js'
import { dayOf, HOUR, minuteOfDay } from '../../clock/zone.js'
import type { Estimate, FactEntity, Facts } from '../../facts/facts.js'
import { findAttribute } from '../../metric/attributes.js'
import { findMetric, type MetricFormula } from '../../metric/catalogue.js'
import { windowRange, type WindowRange } from '../../metric/window.js'
import { minorPerMajor } from '../../value/minor-units.js'
import { Unknown, type Value } from '../../value/value.js'
import type { Expression, Owner, Window } from '../syntax.js'
import { aggregateOver, membersInCampaign } from './aggregate.js'
import { add, divide, multiply, negate, subtract } from './arithmetic.js'
import { estimate, type EstimateExpression } from './estimate.js'
import { firstOf } from './first-of.js'
import { payloadValue } from './payload.js'
import type { Selection } from './selection.js'

/** What an expression is evaluated on. `ranges` are those of the collected windows, at the time of the facts. */
export interface EvaluationScope {
  readonly facts: Facts
  readonly entity: FactEntity
  readonly ranges: readonly WindowRange[]
  /** The entities that `where` selected; null if there is no selection, which makes functions over it unknown. */
  readonly selection: Selection | null
}

export type Evaluator = (scope: EvaluationScope) => Value

/** The windows of a set of expressions, without duplicates. */
export class WindowList {
  readonly #windows: Window[] = []
  readonly #indexes = new Map<string, number>()

  indexOf(window: Window): number {
    const key = JSON.stringify(window)
    const known = this.#indexes.get(key)
    if (known !== undefined) return known
    this.#indexes.set(key, this.#windows.length)
    return this.#windows.push(window) - 1
  }

  rangesAt(facts: Facts): readonly WindowRange[] {
    return this.#windows.map((window) => windowRange(window, facts.at, facts.account.timezone))
  }
}

export function compileExpression(expression: Expression, windows: WindowList): Evaluator {
  switch (expression.kind) {
    case 'number': {
      const { value } = expression
      return () => value
    }
    case 'money':
      return money(expression.value, expression.currency)
    case 'text': {
      const { value } = expression
      return () => value
    }
    case 'metric': {
      const index = windows.indexOf(expression.window)
      const formula = formulaOf(expression.metric, expression.actionType)
      if (formula === null) return constant(new Unknown(`there is no metric \`${expression.metric}\``))
      return ofOwner(expression.owner, ({ facts, ranges }, entity) => metricValue(formula, facts, entity, ranges[index]!))
    }
    case 'attribute':
      return attribute(expression.owner, expression.attribute)
    case 'payload': {
      const { path, unit } = expression
      return ({ facts }) => payloadValue(path, unit.kind, facts)
    }
    case 'forecast':
    case 'expected':
    case 'anomaly': {
      const read = compileEstimate(expression, windows)
      return (scope) => read(scope).value
    }
    case 'aggregate':
      return aggregate(expression, windows)
    case 'negate': {
      const operand = compileExpression(expression.operand, windows)
      return (scope) => negate(operand(scope))
    }
    case 'arithmetic': {
      const left = compileExpression(expression.left, windows)
      const right = compileExpression(expression.right, windows)
      const first = firstOf(expression.right)
      switch (expression.operator) {
        case '+':
          return (scope) => add(left(scope), right(scope))
        case '-':
          return (scope) => subtract(left(scope), right(scope))
        case '*':
          return (scope) => multiply(left(scope), right(scope))
        case '/':
          return (scope) => divide(left(scope), right(scope), first)
      }
    }
  }
}

const compiled = new WeakMap<Expression, { readonly evaluator: Evaluator; readonly windows: WindowList }>()

/** Returns an expression's value for one entity, for example for a message. Money is in minor units. */
export function evaluateExpression(
  expression: Expression,
  facts: Facts,
  entity: FactEntity,
  selection: Selection | null = null,
): Value {
  let prepared = compiled.get(expression)
  if (prepared === undefined) {
    const windows = new WindowList()
    prepared = { evaluator: compileExpression(expression, windows), windows }
    compiled.set(expression, prepared)
  }
  return prepared.evaluator({ facts, entity, ranges: prepared.windows.rangesAt(facts), selection })
}

const constant = (value: Value): Evaluator => {
  return () => value
}

/**
 * The loader rejects money in another currency. If the account's currency changed since the rules were loaded, the value is
 * unknown.
 */
function money(value: number, currency: string | null): Evaluator {
  const foreign = new Unknown(`the account’s currency is not ${currency ?? ''}`)
  return ({ facts }) => {
    const own = facts.account.currency
    return currency !== null && own !== null && currency !== own ? foreign : value * minorPerMajor(own ?? currency)
  }
}

const noOwner = (owner: Owner): Unknown =>
  new Unknown(owner === 'group' ? 'it is in no group, or in more than one' : `the data does not contain its ${owner}`)

function ofOwner(owner: Owner, read: (scope: EvaluationScope, entity: FactEntity) => Value): Evaluator {
  if (owner === 'self') return (scope) => read(scope, scope.entity)
  const missing = noOwner(owner)
  return (scope) => {
    const entity = scope.facts.owner(scope.entity, owner)
    return entity === null ? missing : read(scope, entity)
  }
}

/** Compiles an expression into a function that returns the model's value with the details for the trace. */
export function compileEstimate(expression: EstimateExpression, windows: WindowList): (scope: EvaluationScope) => Estimate {
  const { owner } = expression.kind === 'forecast' ? expression : expression.operand
  const index = expression.kind === 'forecast' ? null : windows.indexOf(expression.operand.window)
  const missing: Estimate = { value: noOwner(owner), detail: null }
  return ({ facts, entity, ranges }) => {
    const own = owner === 'self' ? entity : facts.owner(entity, owner)
    return own === null ? missing : estimate(expression, facts, own, index === null ? null : ranges[index]!)
  }
}

const NO_SELECTION = new Unknown('it is not known which entities `where` selected')
const NO_CAMPAIGN = new Unknown('the data does not contain its campaign')
const WHOLE = ''

/** What is the same for all members is computed for the first of them and cached for each selection. */
function aggregate(expression: Expression & { kind: 'aggregate' }, windows: WindowList): Evaluator {
  const operand = expression.operand === null ? constant(0) : compileExpression(expression.operand, windows)
  const kept = new WeakMap<
    Selection,
    { readonly members: ReadonlyMap<string, Selection>; readonly answers: Map<string, (own: Value) => Value> }
  >()
  return (scope) => {
    const { selection, facts, entity } = scope
    if (selection === null) return NO_SELECTION
    const inCampaign = expression.within === 'campaign'
    let known = kept.get(selection)
    if (known === undefined) {
      const members = inCampaign ? membersInCampaign(selection, facts) : new Map([[WHOLE, selection]])
      kept.set(selection, (known = { members, answers: new Map() }))
    }
    const key = inCampaign ? facts.owner(entity, 'campaign')?.key : WHOLE
    const members = key === undefined ? undefined : known.members.get(key)
    if (key === undefined || members === undefined) return NO_CAMPAIGN
    let answer = known.answers.get(key)
    if (answer === undefined) {
      const valuesOf = (entities: readonly FactEntity[]) => entities.map((each) => operand({ ...scope, entity: each }))
      const values = { selected: valuesOf(members.selected), doubtful: valuesOf(members.doubtful) }
      known.answers.set(key, (answer = aggregateOver(expression.function, values)))
    }
    return answer(operand(scope))
  }
}

function formulaOf(metric: string, actionType: string | null): MetricFormula | null {
  if (actionType !== null) return { kind: 'sum', measure: `action:${actionType}` }
  return findMetric(metric)?.made ?? null
}

/** Returns a metric of one entity over a window; money in minor units. */
export function metricValue(formula: MetricFormula, facts: Facts, entity: FactEntity, range: WindowRange): Value {
  switch (formula.kind) {
    case 'sum':
      return totalOver(facts, entity, formula.measure, range)
    case 'asked':
      return totalOver(facts, entity, formula.field, range)
    case 'ratio': {
      const numerator = totalOver(facts, entity, formula.numerator, range)
      const denominator = totalOver(facts, entity, formula.denominator, range)
      const ratio = divide(numerator, denominator, formula.overCount ? 1 : null)
      return formula.scale === 1 ? ratio : multiply(ratio, formula.scale)
    }
  }
}

/** Returns the entity's total of a measure over a window. */
export function totalOver(facts: Facts, entity: FactEntity, measure: string, range: WindowRange): Value {
  switch (range.kind) {
    case 'days':
      return facts.total(entity, measure, range.days)
    case 'hours':
      return facts.hourlyTotal(entity, measure, range.hours)
    case 'maximum':
      return facts.lifetimeTotal(entity, measure)
  }
}

function attribute(owner: Owner, name: string): Evaluator {
  const definition = findAttribute(name)
  if (definition?.of === 'clock') return ({ facts }) => clockAttribute(name, facts)
  if (owner === 'group' && name === 'name') return groupName
  if (definition?.of === 'entity' || owner === 'group')
    return ofOwner(owner, ({ facts }, entity) => facts.attribute(entity, name))
  const missing = new Unknown(`the account has no \`${name}\``)
  return ({ facts }) => (Object.hasOwn(facts.account.values, name) ? (facts.account.values[name] ?? missing) : missing)
}

const NO_ONE_GROUP = noOwner('group')

/** A campaign without a group has the group name "", a known value, so that `group.name != "…"` is true for it. */
function groupName({ facts, entity }: EvaluationScope): Value {
  const group = facts.owner(entity, 'group')
  if (group !== null) return facts.attribute(group, 'name')
  return facts.isInNoGroup?.(entity) === true ? '' : NO_ONE_GROUP
}

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']

function clockAttribute(name: string, { at, account: { timezone } }: Facts): Value {
  const today = dayNumberOf(dayOf(at, timezone))
  if (name === 'hour') return Math.floor((minuteOfDay(at, timezone) * 60_000) / HOUR)
  if (name === 'weekday') return WEEKDAYS[weekdayOf(today)]!
  const { year, month, day } = dateOfDayNumber(today)
  return daysInMonth(year, month) - day + 1
}
