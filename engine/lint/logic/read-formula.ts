/** Translates a rule's conditions into formulas. What it can't express becomes `open`, from which nothing is concluded. */

import type { Comparison, ComparisonOperator, Expression } from '../../expression/syntax.js'
import { findAttribute } from '../../metric/attributes.js'
import { findMetric } from '../../metric/catalogue.js'
import type { Condition } from '../../rule/rule.js'
import type { Scope } from '../../value/scope.js'
import { type AtomRole, AtomTable, type Domain, FREE, type Measure, NOT_NEGATIVE, ownerOf, windowKey } from './atom.js'
import { allOf, anyOf, type Formula, OPEN, TRUE } from './formula.js'
import { atomOf, constantOf, isConstant, type Linear, linearKey, plus, singleTerm, times } from './linear.js'
import { containsPattern, globPattern, literalPattern, type Pattern } from './text-pattern.js'

export interface FormulaContext {
  readonly scope: Scope
  /** The rule's id, part of the keys of quantities that rules don't share: aggregates over their selection, a hook's payload. */
  readonly rule: string
  /** The account's targets and values as numbers, money in the major unit; those not listed may be anything. */
  readonly values: Readonly<Record<string, number>>
  readonly atoms: AtomTable
}

const BUDGETS = ['daily_budget', 'lifetime_budget']
const STATES = ['status', 'effective_status', 'delivering', 'learning']
const HOURS: Domain = { ...FREE, low: 0, high: 23, integral: true, role: 'clock' }
const DAYS_LEFT: Domain = { ...FREE, low: 1, high: 31, integral: true, role: 'clock' }

export class FormulaReader {
  constructor(private readonly context: FormulaContext) {}

  /** Returns what must hold for the condition to be true if `wanted`, otherwise for it to be false. */
  condition(condition: Condition | null, wanted = true): Formula {
    if (condition === null) return wanted ? TRUE : OPEN
    switch (condition.kind) {
      case 'all':
      case 'any': {
        const parts = condition.conditions.map((inner) => this.condition(inner, wanted))
        return (condition.kind === 'all') === wanted ? allOf(...parts) : anyOf(...parts)
      }
      case 'not':
        return this.condition(condition.condition, !wanted)
      case 'leaf':
        return this.comparison(condition.comparison, wanted)
      default:
        return OPEN
    }
  }

  comparison(comparison: Comparison, wanted: boolean): Formula {
    switch (comparison.kind) {
      case 'compare':
        return this.#compare(comparison.operator, comparison.left, comparison.right, wanted)
      case 'between': {
        const parts = [
          this.#compare('>=', comparison.subject, comparison.low, wanted),
          this.#compare('<=', comparison.subject, comparison.high, wanted),
        ]
        return wanted ? allOf(...parts) : anyOf(...parts)
      }
      case 'in': {
        const { subject, items } = comparison
        const texts = items.map((item) => (item.kind === 'text' ? item.value : null))
        if (!texts.includes(null)) return this.#text(subject, (texts as string[]).map(literalPattern), wanted)
        const parts = items.map((item) => this.#compare('=', subject, item, wanted))
        return wanted ? anyOf(...parts) : allOf(...parts)
      }
      case 'matches':
        return this.#text(comparison.subject, [globPattern(comparison.pattern)], wanted)
      case 'contains':
        return this.#text(comparison.subject, [containsPattern(comparison.text)], wanted)
      case 'holds':
        return this.#holds(comparison.subject, wanted)
      default:
        return OPEN
    }
  }

  /** Returns null for what is not a number, or not a linear one. */
  linear(expression: Expression): Linear | null {
    switch (expression.kind) {
      case 'number':
      case 'money':
        return constantOf(expression.value)
      case 'text':
        return null
      case 'metric': {
        const { owner, metric, actionType, window } = expression
        return this.#metric(ownerOf(owner, this.context.scope), metric, actionType, windowKey(window))
      }
      case 'attribute': {
        const { attribute } = expression
        const value =
          isOfAccount(expression) && Object.hasOwn(this.context.values, attribute) ? this.context.values[attribute] : undefined
        return value === undefined ? this.#atom(this.#key(expression), domainOf(expression)) : constantOf(value)
      }
      case 'negate': {
        const operand = this.linear(expression.operand)
        return operand === null ? null : times(operand, -1)
      }
      case 'arithmetic': {
        const [left, right] = [this.linear(expression.left), this.linear(expression.right)]
        return left === null || right === null ? null : this.#arithmetic(expression.operator, left, right)
      }
      default:
        return this.#atom(this.#key(expression), FREE)
    }
  }

  #arithmetic(operator: '+' | '-' | '*' | '/', left: Linear, right: Linear): Linear | null {
    switch (operator) {
      case '+':
        return plus(left, right)
      case '-':
        return plus(left, right, -1)
      case '*': {
        if (isConstant(right)) return times(left, right.constant)
        if (isConstant(left)) return times(right, left.constant)
        const keys = [linearKey(left), linearKey(right)].sort()
        return this.#atom(`(${keys.join(')*(')})`, FREE)
      }
      case '/': {
        if (isConstant(right)) return right.constant === 0 ? null : times(left, 1 / right.constant)
        return this.#ratio(left, right)
      }
    }
  }

  /** Takes coefficients out of the quotient: `2 * spend / results` becomes twice `spend / results`, which is `cpa`. */
  #ratio(left: Linear, right: Linear): Linear {
    const [above, below] = [singleTerm(left), singleTerm(right)]
    const isNotNegative = (term: typeof above) => term !== null && term[1] > 0 && this.context.atoms.domain(term[0]).low === 0
    const domain = isNotNegative(above) && isNotNegative(below) ? NOT_NEGATIVE : FREE
    const key = (term: typeof above, linear: Linear) => (term === null ? linearKey(linear) : term[0])
    const coefficient = (above?.[1] ?? 1) / (below?.[1] ?? 1)
    const measure = this.#measurePer(above?.[0], below?.[0])
    return times(
      this.#atom(`(${key(above, left)})/(${key(below, right)})`, { ...domain, role: 'metric', ...(measure && { measure }) }),
      coefficient,
    )
  }

  /** A sum over a target or budget is still a measure: `spend[3d] / target_cpa` is an amount of spend. */
  #measurePer(above: string | undefined, below: string | undefined): Measure | null {
    if (above === undefined || below === undefined) return null
    const { measure } = this.context.atoms.domain(above)
    const isFixed = ['target', 'budget', 'other'].includes(this.context.atoms.domain(below).role)
    return measure === undefined || !isFixed ? null : { ...measure, per: below }
  }

  #metric(owner: Scope, metric: string, actionType: string | null, window: string): Linear {
    const formula = actionType === null ? findMetric(metric)?.made : undefined
    const measure = (name: string): Linear =>
      this.#atom(`${owner}.${name}[${window}]`, {
        ...(name === 'revenue' ? FREE : NOT_NEGATIVE),
        role: 'metric',
        measure: { owner, name, window },
      })
    if (formula?.kind !== 'ratio') return measure(actionType === null ? metric : `action:${actionType}`)
    return times(this.#ratio(measure(formula.numerator), measure(formula.denominator)), formula.scale)
  }

  #compare(operator: ComparisonOperator, left: Expression, right: Expression, wanted: boolean): Formula {
    const effective = wanted ? operator : OPPOSITE[operator]
    if (left.kind === 'text' || right.kind === 'text') {
      const [subject, text] = left.kind === 'text' ? [right, left] : [left, right]
      if (text.kind !== 'text' || (effective !== '=' && effective !== '!=')) return OPEN
      return this.#text(subject, [literalPattern(text.value)], effective === '=')
    }
    if (isText(left) || isText(right)) return OPEN
    const [one, other] = [this.linear(left), this.linear(right)]
    if (one === null || other === null) return OPEN
    const difference = plus(one, other, -1)
    const above = (strict: boolean): Formula => ({ kind: 'linear', sum: difference, strict })
    const below = (strict: boolean): Formula => ({ kind: 'linear', sum: times(difference, -1), strict })
    switch (effective) {
      case '>':
      case '>=':
        return above(effective === '>')
      case '<':
      case '<=':
        return below(effective === '<')
      case '=':
        return allOf(above(false), below(false))
      case '!=':
        return anyOf(above(true), below(true))
    }
  }

  #text(subject: Expression, patterns: readonly Pattern[], wanted: boolean): Formula {
    if (subject.kind !== 'attribute') return OPEN
    const key = this.#atomKey(this.#key(subject), domainOf(subject))
    return { kind: 'text', key, patterns, wanted }
  }

  #holds(subject: Expression, wanted: boolean): Formula {
    const key = this.#atomKey(this.#key(subject), domainOf(subject))
    const flag: Formula = { kind: 'flag', key, wanted }
    if (subject.kind !== 'attribute' || subject.attribute !== 'delivering' || !wanted) return flag
    // An entity that delivers is active.
    const owner = ownerOf(subject.owner, this.context.scope)
    const isActive = (attribute: string): Formula => {
      const key = this.#atomKey(`${owner}.${attribute}`, { ...FREE, role: 'state' })
      return { kind: 'text', key, patterns: [literalPattern('ACTIVE')], wanted: true }
    }
    return owner === 'account' || owner === 'group' ? flag : allOf(flag, isActive('status'), isActive('effective_status'))
  }

  #atom(key: string, domain: Domain): Linear {
    return atomOf(this.#atomKey(key, domain))
  }

  #atomKey(key: string, domain: Domain): string {
    return this.context.atoms.note(key, domain)
  }

  #key(expression: Expression): string {
    if (expression.kind === 'attribute') {
      if (isOfAccount(expression)) return `account.${expression.attribute}`
      if (findAttribute(expression.attribute)?.of === 'clock') return expression.attribute
      return `${ownerOf(expression.owner, this.context.scope)}.${expression.attribute}`
    }
    return `${this.context.rule}: ${JSON.stringify(expression, (name, value: unknown) => (name === 'span' || name === 'unit' ? undefined : value))}`
  }
}

/**
 * Whether the attribute is one of the account's targets or values, the same in all its rules; a group has a budget of its own.
 */
const isOfAccount = ({ owner, attribute }: Expression & { readonly kind: 'attribute' }): boolean => {
  const of = findAttribute(attribute)?.of
  return owner !== 'group' && of !== 'entity' && of !== 'clock'
}

const OPPOSITE: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  '>': '<=',
  '>=': '<',
  '<': '>=',
  '<=': '>',
  '=': '!=',
  '!=': '=',
}

const isText = ({ unit }: Expression): boolean => unit.kind === 'text' || unit.kind === 'choice' || unit.kind === 'yes-or-no'

function domainOf(expression: Expression): Domain {
  if (expression.kind !== 'attribute') return FREE
  const { attribute } = expression
  const definition = findAttribute(attribute)
  if (attribute === 'hour') return HOURS
  if (attribute === 'days_left') return DAYS_LEFT
  if (attribute === 'weekday' && definition?.unit.kind === 'choice')
    return { ...FREE, choices: definition.unit.choices, role: 'clock' }
  if (BUDGETS.includes(attribute)) return { ...NOT_NEGATIVE, role: 'budget' }
  if (STATES.includes(attribute)) return { ...FREE, role: 'state' }
  if (definition?.of === 'account') return { ...NOT_NEGATIVE, role: 'target' }
  if (definition?.unit.kind === 'duration') return { ...NOT_NEGATIVE, role: 'clock' }
  return { ...FREE, role: 'other' satisfies AtomRole }
}
