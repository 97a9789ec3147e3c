/**
 * A reference evaluator, written from the documentation: plain, slow and exact. It shares only the types of the syntax tree with the
 * engine, so that both are unlikely to have the same mistake.
 */

import type { Comparison, Expression } from '../../../../engine/expression/syntax.js'
import type { Condition, Rule } from '../../../../engine/rule/rule.js'
import type { PlainEntity, PlainRow, PlainValue } from '../world.js'
import { localDay, localHour, monthLength, weekday } from './calendar.js'
import { Fraction } from './fraction.js'
import { daysOf, goalOf, isKnown, type Moment, rowsEndingIn, rowsWithin, type Who } from './sums.js'

/** A symbol, so that it differs from every text in the data. */
const UNKNOWN: unique symbol = Symbol('unknown')

type Truth = boolean | 'unknown'
type Answer = Fraction | { readonly atLeast: Fraction } | string | boolean | typeof UNKNOWN

const zero = Fraction.from(0)

export interface ReferenceDecision {
  readonly key: string
  readonly outcome: 'fire' | 'hold' | 'unknown'
  /** Whether `where` is true, rather than unknown. */
  readonly selected: boolean
  readonly clear: Truth
}

/** Returns a decision for each entity for which `where` is true or unknown. */
export function decide(rule: Rule, moment: Moment): readonly ReferenceDecision[] {
  const everyone = entitiesOf(rule.scope, moment)
  const whether = everyone.map((who) => (rule.where === null ? true : truthOf(rule.where, { moment, who, chosen: null })))
  const chosen: Chosen = {
    surely: everyone.filter((_, index) => whether[index] === true),
    maybe: everyone.filter((_, index) => whether[index] === 'unknown'),
  }
  return everyone.flatMap((who, index): ReferenceDecision[] => {
    if (whether[index] === false) return []
    const about = { moment, who, chosen }
    const when = whether[index] === 'unknown' ? 'unknown' : rule.when === null ? true : truthOf(rule.when, about)
    const clear = rule.clear === null ? 'unknown' : truthOf(rule.clear, about)
    return [
      {
        key: who.key,
        outcome: when === 'unknown' ? 'unknown' : when ? 'fire' : 'hold',
        selected: whether[index] === true,
        clear,
      },
    ]
  })
}

/** Returns the value of an expression for one entity as a double, null if unknown. Functions over a selection are not supported. */
export function numberFor(expression: Expression, who: Who, moment: Moment): number | { readonly atLeast: number } | null {
  const value = valueOf(expression, { moment, who, chosen: null })
  if (value instanceof Fraction) return toDouble(value)
  return typeof value === 'object' ? { atLeast: toDouble(value.atLeast) } : null
}

/** Exact to twelve decimals, which is enough for numbers of this size. */
const toDouble = ({ over, under }: Fraction): number => Number((over * 10n ** 12n) / under) / 1e12

interface Chosen {
  readonly surely: readonly Who[]
  readonly maybe: readonly Who[]
}

interface About {
  readonly moment: Moment
  readonly who: Who
  readonly chosen: Chosen | null
}

function entitiesOf(scope: string, { world }: Moment): readonly Who[] {
  return scope === 'account' ? [{ scope, key: 'moda' }] : world.entities.filter((entity) => entity.scope === scope)
}

function truthOf(condition: Condition, about: About): Truth {
  if (condition.kind === 'leaf') return compare(condition.comparison, about)
  if (condition.kind === 'not') {
    const inner = truthOf(condition.condition, about)
    return inner === 'unknown' ? 'unknown' : !inner
  }
  const inner = condition.conditions.map((each) => truthOf(each, about))
  const settles = condition.kind === 'any'
  if (inner.includes(settles)) return settles
  return inner.includes('unknown') ? 'unknown' : !settles
}

function compare(comparison: Comparison, about: About): Truth {
  const of = (expression: Expression): Answer => valueOf(expression, about)
  const both = (one: Truth, other: Truth): Truth =>
    one === false || other === false ? false : one === 'unknown' || other === 'unknown' ? 'unknown' : true
  switch (comparison.kind) {
    case 'compare':
      return holds(of(comparison.left), comparison.operator, of(comparison.right))
    case 'between':
      return both(
        holds(of(comparison.subject), '>=', of(comparison.low)),
        holds(of(comparison.subject), '<=', of(comparison.high)),
      )
    case 'in': {
      const found = comparison.items.map((item) => holds(of(comparison.subject), '=', of(item)))
      return found.includes(true) ? true : found.includes('unknown') ? 'unknown' : false
    }
    case 'holds': {
      const value = of(comparison.subject)
      return typeof value === 'boolean' ? value : 'unknown'
    }
    case 'matches': {
      const value = of(comparison.subject)
      return typeof value !== 'string' ? 'unknown' : fits([...value], [...comparison.pattern])
    }
    case 'contains': {
      const value = of(comparison.subject)
      return typeof value !== 'string' ? 'unknown' : value.includes(comparison.text)
    }
  }
}

/** Matches globs: `*` is any characters, `?` one; case-sensitive. */
function fits(text: readonly string[], pattern: readonly string[]): boolean {
  const [first, ...rest] = pattern
  if (first === undefined) return text.length === 0
  if (first === '*') return fits(text, rest) || (text.length > 0 && fits(text.slice(1), pattern))
  return text.length > 0 && (first === '?' || first === text[0]) && fits(text.slice(1), rest)
}

/** Compares. With "at least b", the result is known only if it is the same for every number from b on. */
function holds(left: Answer, operator: string, right: Answer): Truth {
  if (left === UNKNOWN || right === UNKNOWN) return 'unknown'
  if (left instanceof Fraction && right instanceof Fraction) return asSign(operator, left.comparedWith(right))
  if (typeof left !== 'object' || typeof right !== 'object') {
    if (typeof left !== typeof right) return 'unknown'
    return (left === right) === (operator === '=')
  }
  if (!(left instanceof Fraction) && !(right instanceof Fraction)) return 'unknown'
  const bound = left instanceof Fraction ? (right as { atLeast: Fraction }).atLeast : left.atLeast
  const fixed = left instanceof Fraction ? left : (right as Fraction)
  const mirrored =
    left instanceof Fraction
      ? (({ '>': '<', '<': '>', '>=': '<=', '<=': '>=' } as Record<string, string>)[operator] ?? operator)
      : operator
  // The bound itself, the other number, and a number far beyond both.
  const far = bound.plus(fixed).plus(Fraction.from(1)).plus(bound.times(bound)).plus(fixed.times(fixed))
  const possible = [bound, fixed, far].filter((number) => number.comparedWith(bound) >= 0)
  const answers = new Set(possible.map((number) => asSign(mirrored, number.comparedWith(fixed))))
  return answers.size === 1 ? [...answers][0]! : 'unknown'
}

function asSign(operator: string, sign: number): boolean {
  switch (operator) {
    case '>':
      return sign > 0
    case '>=':
      return sign >= 0
    case '<':
      return sign < 0
    case '<=':
      return sign <= 0
    case '=':
      return sign === 0
    default:
      return sign !== 0
  }
}

function valueOf(expression: Expression, about: About): Answer {
  switch (expression.kind) {
    case 'number':
      return Fraction.from(expression.value)
    case 'money':
      return Fraction.from(expression.value).times(Fraction.from(100))
    case 'text':
      return expression.value
    case 'metric': {
      const who = ownerOf(expression.owner, about)
      return who === null ? UNKNOWN : metric(expression.metric, who, expression, about.moment)
    }
    case 'attribute':
      return attribute(expression.attribute, expression.owner, about)
    case 'negate':
      return calculate('-', zero, valueOf(expression.operand, about), false)
    case 'arithmetic': {
      const { left, right, operator } = expression
      return calculate(operator, valueOf(left, about), valueOf(right, about), counts(right))
    }
    case 'aggregate':
      return overChosen(expression, about)
    default:
      throw new Error(`the reference has no ${expression.kind}`)
  }
}

/** Whether it is a count or a sum of counts, so that a zero may still become positive. */
function counts(expression: Expression): boolean {
  if (expression.unit.kind !== 'count') return false
  if (expression.kind === 'metric') return true
  if (expression.kind === 'aggregate') return expression.function === 'sum' && counts(expression.operand!)
  return expression.kind === 'arithmetic' && expression.operator === '+' && counts(expression.left) && counts(expression.right)
}

/** Calculates. "At least" is kept when multiplied or divided by a positive number, or when a known number is added or subtracted; else the result is unknown. */
function calculate(operator: string, left: Answer, right: Answer, overCount: boolean): Answer {
  if (typeof left !== 'object' || typeof right !== 'object') return UNKNOWN
  if (left instanceof Fraction && right instanceof Fraction) {
    if (operator === '+') return left.plus(right)
    if (operator === '-') return left.minus(right)
    if (operator === '*') return left.times(right)
    if (right.sign !== 0) return left.by(right)
    return overCount && left.sign > 0 ? { atLeast: left } : UNKNOWN
  }
  if (left instanceof Fraction) {
    const { atLeast } = right as { atLeast: Fraction }
    if (operator === '+') return { atLeast: atLeast.plus(left) }
    return operator === '*' && left.sign > 0 ? { atLeast: atLeast.times(left) } : UNKNOWN
  }
  if (!(right instanceof Fraction)) return UNKNOWN
  if (operator === '+') return { atLeast: left.atLeast.plus(right) }
  if (operator === '-') return { atLeast: left.atLeast.minus(right) }
  if (right.sign <= 0) return UNKNOWN
  return { atLeast: operator === '*' ? left.atLeast.times(right) : left.atLeast.by(right) }
}

function ownerOf(owner: string, { moment, who }: About): Who | null {
  if (owner === 'self' || owner === who.scope) return who
  if (owner === 'account') return { scope: 'account', key: 'moda' }
  const own = moment.world.entities.find(({ scope, key }) => scope === who.scope && key === who.key)
  const key = owner === 'campaign' ? own?.campaign : owner === 'adset' ? own?.adset : null
  return moment.world.entities.find((entity) => entity.scope === owner && entity.key === key) ?? null
}

type MetricOf = Expression & { kind: 'metric' }

const RATIOS: Readonly<Record<string, readonly [string, string, boolean]>> = {
  cpa: ['spend', 'results', true],
  cpc: ['spend', 'clicks', true],
  cpm: ['spend', 'impressions', true],
  ctr: ['clicks', 'impressions', true],
  roas: ['revenue', 'spend', false],
}

function metric(name: string, who: Who, of: MetricOf, moment: Moment): Answer {
  const ratio = RATIOS[name]
  if (ratio === undefined) return total(name, who, of, moment)
  const [over, under, overCount] = ratio
  const value = calculate('/', total(over, who, of, moment), total(under, who, of, moment), overCount)
  return name === 'cpm' ? calculate('*', value, Fraction.from(1000), false) : value
}

function total(measure: string, who: Who, { window }: MetricOf, moment: Moment): Answer {
  const { world } = moment
  const days = daysOf(window, moment)
  if (days === null || !isKnown(days, moment)) return UNKNOWN
  const has = (name: string): boolean => world.measures === null || world.measures.includes(name)
  if (measure === 'gross_spend') {
    const { gross } = world.account
    if (gross === null) return UNKNOWN
    const factor = Fraction.from(1 + gross.fees).times(Fraction.from(1 + gross.tax))
    return calculate('*', total('spend', who, { window } as MetricOf, moment), factor, false)
  }
  if (measure === 'reach') {
    // Reach is read from Meta for each window, and these accounts have read none.
    if (world.syncs !== null) return UNKNOWN
    // Reach does not add up, since people count once: it is only known for a single row.
    const rows = rowsEndingIn(who, days, moment)
    if (rows.length > 1 || !has('reach')) return UNKNOWN
    if (world.measures === null && !world.rows.some((row) => 'reach' in row.measures)) return UNKNOWN
  }
  const counted = measure === 'results' ? countedAsResults(who, days, moment) : measure
  if (counted === null || !has(counted)) return UNKNOWN
  const rows = rowsWithin(who, days, moment)
  if (rows === null || rows.some((row) => row.measures[counted] === null)) return UNKNOWN
  return rows.reduce((sum, row) => sum.plus(Fraction.from(row.measures[counted] ?? 0)), zero)
}

/** Returns the measure that counts as results, null if entities have different goals. Entities without rows in the window do not matter. */
function countedAsResults(who: Who, days: readonly [string, string], moment: Moment): string | null {
  const { world } = moment
  const goals = (rows: readonly PlainRow[]): readonly string[] => [...new Set(rows.map((row) => goalOf(row, world)))]
  const within = goals(rowsEndingIn(who, days, moment))
  if (within.length > 0) return within.length > 1 ? null : within[0]!
  const ever = goals(rowsEndingIn(who, ['0001-01-01', '9999-12-31'], moment))
  return ever.length === 1 ? ever[0]! : world.account.result
}

function attribute(name: string, owner: string, about: About): Answer {
  const { world, at } = about.moment
  const today = localDay(at, world.zone)
  switch (name) {
    case 'hour':
      return Fraction.from(localHour(at, world.zone))
    case 'weekday':
      return ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'][weekday(today)]!
    case 'days_left':
      return Fraction.from(monthLength(today) - Number(today.slice(8)) + 1)
    case 'target_cpa':
      return world.account.targetCpa === null ? UNKNOWN : Fraction.from(world.account.targetCpa)
  }
  const who = ownerOf(owner, about)
  if (who?.scope === 'account' && name === 'name') return who.key
  const own = world.entities.find(({ scope, key }) => scope === who?.scope && key === who.key)
  if (own === undefined) return UNKNOWN
  if (name === 'name') return own.name ?? UNKNOWN
  if (name === 'age') return own.createdAt === null ? UNKNOWN : Fraction.from(Math.max(0, at - own.createdAt))
  return asAnswer(valueOn(own, name, today))
}

/** Returns the latest value known on the day. */
function valueOn(own: PlainEntity, name: string, today: string): PlainValue | undefined {
  const given = own.attributes[name]
  if (given === undefined || typeof given !== 'object') return given
  return given
    .filter(({ day }) => day <= today)
    .reduce<{ day: string; value: PlainValue } | undefined>(
      (latest, one) => (latest === undefined || one.day >= latest.day ? one : latest),
      undefined,
    )?.value
}

const asAnswer = (value: PlainValue | undefined): Answer =>
  value === undefined ? UNKNOWN : typeof value === 'number' ? Fraction.from(value) : value

/** Evaluates a function over the selection. An entity for which `where` is unknown makes the result unknown if it could change it. */
function overChosen(expression: Expression & { kind: 'aggregate' }, about: About): Answer {
  const { who, chosen } = about
  if (chosen === null) return UNKNOWN
  const campaign = (one: Who): string | null => ownerOf('campaign', { ...about, who: one })?.key ?? null
  if (expression.within === 'campaign' && campaign(who) === null) return UNKNOWN
  const among = (some: readonly Who[]): readonly Who[] =>
    expression.within === 'campaign' ? some.filter((one) => campaign(one) === campaign(who)) : some
  const valuesOf = (some: readonly Who[]): readonly Answer[] =>
    some.map((one) => (expression.operand === null ? zero : valueOf(expression.operand, { ...about, who: one })))
  const [surely, maybe] = [valuesOf(among(chosen.surely)), valuesOf(among(chosen.maybe))]
  const isZero = (value: Answer): boolean => value instanceof Fraction && value.sign === 0
  const sum = (): Answer =>
    maybe.every(isZero) ? surely.reduce((all, one) => calculate('+', all, one, false), zero as Answer) : UNKNOWN
  switch (expression.function) {
    case 'count':
      return maybe.length > 0 ? UNKNOWN : Fraction.from(surely.length)
    case 'sum':
      return sum()
    case 'mean':
      return maybe.length > 0 || surely.length === 0 ? UNKNOWN : calculate('/', sum(), Fraction.from(surely.length), false)
    case 'rank':
      return rank(valueOf(expression.operand!, about), surely, maybe)
    case 'percentile':
      return maybe.length > 0 ? UNKNOWN : percentile(valueOf(expression.operand!, about), surely)
  }
}

/** Returns 1 plus the number of higher values. `surely` includes the entity's own value. */
function rank(own: Answer, surely: readonly Answer[], maybe: readonly Answer[]): Answer {
  if (typeof own !== 'object') return UNKNOWN
  const above = (other: Answer): Truth => holds(other, '>', own)
  if (maybe.some((other) => above(other) !== false)) return UNKNOWN
  const found = withoutOwn(surely, own).map(above)
  return found.includes('unknown') ? UNKNOWN : known(found)
}

/** Returns the share of the other values that are lower. */
function percentile(own: Answer, surely: readonly Answer[]): Answer {
  if (typeof own !== 'object' || surely.length < 2) return UNKNOWN
  const found = withoutOwn(surely, own).map((other) => holds(other, '<', own))
  if (found.includes('unknown')) return UNKNOWN
  return Fraction.of(BigInt(found.filter((below) => below === true).length), BigInt(surely.length - 1))
}

const known = (above: readonly Truth[]): Answer => Fraction.from(1 + above.filter((one) => one === true).length)

/** Removes one value equal to the entity's own, since an entity is not compared with itself. */
function withoutOwn(values: readonly Answer[], own: Answer): readonly Answer[] {
  const index = values.findIndex((value) => same(value, own))
  return index < 0 ? values : values.filter((_, place) => place !== index)
}

const same = (one: Answer, other: Answer): boolean => {
  if (typeof one !== 'object' || typeof other !== 'object') return one === other
  const numbers = [one, other].map((value) => (value instanceof Fraction ? value : value.atLeast))
  return one instanceof Fraction === other instanceof Fraction && numbers[0]!.comparedWith(numbers[1]!) === 0
}
