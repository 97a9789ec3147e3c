import type { Fault } from '../../diagnostic/fault.js'
import { didYouMean } from '../../diagnostic/nearest.js'
import type { Unit } from '../../value/unit.js'
import { isNumeric, numericUnit, unitInWords, unitOf } from '../../value/units.js'
import type { Expression, Span } from '../syntax.js'
import { AmountChecks } from './check-amounts.js'
import { checkCall } from './check-call.js'
import { broken, type Checked, isKind, NUMBER, settled } from './checked.js'
import { hintForUnit, LONGEST_DURATION, ratioOf, unitNamed } from './literal.js'
import { NameLookup } from './names.js'
import { withWindow } from './own-metric.js'
import { placeholder } from './placeholder.js'
import type { NameTree, Tree } from './syntax-tree.js'
import { asNumber, bend, checkedInWords, hintForMismatch, hintForProduct, sameUnit } from './unit-mismatch.js'
import type { OwnMetric, Vocabulary } from './vocabulary.js'

/** Checks the tree of one line and collects its faults. */
export class Checker {
  readonly faults: Fault[] = []
  readonly names: NameLookup
  /** The bare numbers of the comparison, all of which a hint reads in the same way. */
  compared: readonly number[] = []
  private readonly amounts: AmountChecks

  constructor(readonly vocabulary: Vocabulary) {
    this.amounts = new AmountChecks(vocabulary, this.faults)
    this.names = new NameLookup(vocabulary, (fault) => this.faults.push(fault))
  }

  fault(code: string, message: string, span: Span, hint?: string): void {
    this.faults.push({ code, message, span, ...(hint === undefined ? {} : { hint }) })
  }

  /** @param options.alone whether the tree is a whole condition: an unknown name is then an error, not a value of the account */
  expression(tree: Tree, options: { alone?: boolean } = {}): Checked {
    switch (tree.kind) {
      case 'broken':
        return broken(tree.span)
      case 'text':
        return settled({ kind: 'text', value: tree.value, span: tree.span, unit: { kind: 'text' } })
      case 'percentage':
        return settled({ kind: 'number', value: ratioOf(tree.text), span: tree.span, unit: { kind: 'percentage' } })
      case 'number':
        return this.number(tree)
      case 'name':
        return this.name(tree, options.alone === true)
      case 'call':
        return checkCall(tree, this)
      case 'payload':
        return this.payload(tree)
      case 'negate': {
        const operand = asNumber(this.expression(tree.operand))
        if (operand.unit === null) return broken(tree.span)
        if (operand.bends !== 'open' && !isNumeric(operand.unit.kind)) {
          this.fault('unit-mismatch', `${unitInWords(operand.unit)} has no negative`, tree.span)
          return broken(tree.span)
        }
        const expression: Expression = { kind: 'negate', operand: operand.expression, span: tree.span, unit: operand.unit }
        return { ...operand, expression }
      }
      case 'arithmetic':
        return this.arithmetic(tree)
    }
  }

  /**
   * Checks both sides of a comparison and brings them to one unit, or reports a fault. A bare word is a choice if the other
   * side has choices.
   */
  pair(leftTree: Tree, rightTree: Tree, doing: string): readonly [Checked, Checked] {
    if (isBareWord(leftTree) && !this.names.isKnown(leftTree) && !this.isUnknownWord(rightTree)) {
      const right = this.expression(rightTree)
      return [this.against(right, leftTree, doing), right]
    }
    const first = this.expression(leftTree)
    // A yes-or-no attribute is not compared at all, so an unknown word on the other side would only be a second fault.
    if (isKind(first, 'yes-or-no') && this.isUnknownWord(rightTree)) return [first, broken(rightTree.span)]
    const second = this.against(first, rightTree, doing)
    if (first.unit === null || second.unit === null) return [first, second]
    return [bend(first, second), second]
  }

  /** Checks `tree` as the other side of `subject`; both must have the same unit. */
  against(subject: Checked, tree: Tree, doing: string): Checked {
    const wanted = subject.bends === 'open' || subject.bends === 'payload' ? null : subject.unit
    if (wanted?.kind === 'choice' && (isBareWord(tree) ? !this.names.isKnown(tree) : tree.kind === 'text')) {
      return this.choice(tree as Tree & { kind: 'name' | 'text' }, wanted)
    }
    if ((wanted?.kind === 'text' || subject.bends === 'payload') && isBareWord(tree) && !this.names.isKnown(tree)) {
      this.fault('unquoted-text', 'text must be in quotes', tree.span, `did you mean \`"${tree.name.text}"\`?`)
      return broken(tree.span)
    }
    // Compared with an unknown name, a word that resembles no other was probably one of its choices.
    if (subject.unit === null && isBareWord(tree) && !this.names.isKnown(tree) && !this.names.isSlip(tree.name.text)) {
      return broken(tree.span)
    }
    const checked = this.expression(tree)
    if (subject.unit === null || checked.unit === null || (subject.bends === 'payload' && checked.bends === 'payload'))
      return checked
    const bent = bend(checked, subject)
    this.amounts.settle(checked, bent)
    const subjectBent = bend(subject, bent)
    this.amounts.settle(subject, subjectBent)
    this.amounts.refuseTooPrecise(subjectBent.expression, bent.expression)
    this.amounts.refuseTooPrecise(bent.expression, subjectBent.expression)
    if (bent.bends === 'open' || subjectBent.bends === 'open' || sameUnit(bent.unit!, subjectBent.unit!)) return bent
    const { span } = checked.expression
    const message = `${doing} one kind of value, and these are ${checkedInWords(subject)} and ${checkedInWords(checked)}`
    const hint = hintForMismatch(subject, checked, this.compared) ?? hintForMismatch(checked, subject, this.compared)
    this.fault('unit-mismatch', message, span, hint)
    return broken(span)
  }

  /** Resolves a name: a custom metric, an input of the blueprint, or a name of the catalogue or the account. */
  private name(tree: NameTree, alone: boolean): Checked {
    const own = tree.actionType === null ? this.vocabulary.metrics?.get(tree.name.text) : undefined
    if (own !== undefined) return this.ownMetric(own, tree)
    const input = isBareWord(tree) ? this.vocabulary.inputs?.get(tree.name.text) : undefined
    if (input === undefined) return this.names.resolve(tree, alone)
    const checked = input.tree === null ? placeholder(input.unit, tree.span) : this.expression({ ...input.tree, span: tree.span })
    // A number given by a use counts as a plain number, although it is written without a unit.
    return checked.bends === 'bare' && input.unit.kind === 'number' ? { ...checked, bends: 'plain' } : checked
  }

  private ownMetric(own: OwnMetric, tree: NameTree): Checked {
    const { span } = tree
    if (tree.window === null) {
      const message = `\`${own.name}\` is summed over a window, and has none`
      this.fault('missing-window', message, span, `for example \`${own.name}[last_7d]\``)
    }
    if (tree.window === null || tree.window === 'broken' || own.broken || this.names.owner(tree) === null) return broken(span)
    return this.within(own, () => this.expression(withWindow(own.tree, tree, this.vocabulary)))
  }

  /** Faults in a definition that appear only at this use are reported with the name of the metric. */
  within(own: OwnMetric, check: () => Checked): Checked {
    const before = this.faults.length
    const checked = check()
    for (let index = before; index < this.faults.length; index++) {
      const fault = this.faults[index]!
      this.faults[index] = { ...fault, message: `in \`${own.name}\`, ${fault.message}` }
    }
    return checked
  }

  private payload({ path, span }: Tree & { kind: 'payload' }): Checked {
    if (this.vocabulary.payload === false) {
      this.fault(
        'no-payload',
        '`payload` contains an event’s data, but this rule has no `on:`',
        span,
        'name the event with `on: <hook name>`',
      )
      return broken(span)
    }
    return { expression: { kind: 'payload', path, span, unit: TEXT }, unit: TEXT, bends: 'payload' }
  }

  private arithmetic(tree: Tree & { kind: 'arithmetic' }): Checked {
    const { operator, span } = tree
    let left = asNumber(this.expression(tree.left))
    let right = asNumber(this.expression(tree.right))
    if (left.unit === null || right.unit === null) return broken(span)
    const make = (unit: Unit, bends: Checked['bends']): Checked => ({
      expression: { kind: 'arithmetic', operator, left: left.expression, right: right.expression, span, unit },
      unit,
      bends,
    })
    if (left.bends === 'open' || right.bends === 'open') return make(NUMBER, 'open')
    if (left.bends === 'bare' && right.bends === 'bare') return make(NUMBER, 'bare')

    // A bare number next to money is money, also as a dividend: `1000 / cpa[last_7d]` is money over money.
    const together = operator === '+' || operator === '-'
    const before = [left, right] as const
    if (together || (operator === '/' && left.bends === 'bare')) left = bend(left, right)
    if (together) right = bend(right, left)
    this.amounts.settle(before[0], left)
    this.amounts.settle(before[1], right)
    if (together) {
      this.amounts.refuseTooPrecise(left.expression, right.expression)
      this.amounts.refuseTooPrecise(right.expression, left.expression)
    }
    const unit = isShareOfNumber(operator, left, right) ? 'number' : unitOf(operator, left.unit!.kind, right.unit!.kind)
    if (unit !== null) return make(numericUnit(unit), null)

    const [first, second] = [unitInWords(before[0].unit!), unitInWords(before[1].unit!)]
    const hint = together
      ? (hintForMismatch(left, right, null) ?? hintForMismatch(right, left, null))
      : hintForProduct(operator, left, right)
    this.fault('unit-mismatch', `\`${operator}\` does not mix ${first} and ${second}`, span, hint)
    return broken(span)
  }

  private number(tree: Tree & { kind: 'number' }): Checked {
    const { span, value } = tree
    if (tree.unit === null) {
      const expression: Expression = { kind: 'number', value, span, unit: NUMBER }
      this.amounts.remember(expression, tree.text)
      return { expression, unit: NUMBER, bends: 'bare' }
    }
    const unit = unitNamed(tree.unit.text)
    if (unit?.kind === 'currency' && tree.unit.span.start === span.start && tree.unit.span.end < span.end) {
      const hint = hintForUnit(tree.text, tree.unit.text)
      this.fault('unknown-unit', 'a currency is written after its number', tree.unit.span, hint)
      return broken(span)
    }
    if (unit === null) {
      this.fault('unknown-unit', `\`${tree.unit.text}\` is not a unit`, tree.unit.span, hintForUnit(tree.text, tree.unit.text))
      return broken(span)
    }
    if (unit.kind === 'duration') {
      const milliseconds = Math.round(value * unit.milliseconds)
      if (milliseconds > LONGEST_DURATION) this.fault('bad-number', 'the duration is longer than ten years', span)
      return settled({ kind: 'number', value: milliseconds, span, unit: { kind: 'duration' } })
    }
    this.amounts.refuseTwoReadings(tree.text, ` ${unit.currency}`, span)
    this.amounts.ownCurrency(unit.currency, tree.unit.span, value)
    return settled({ kind: 'money', value, currency: unit.currency, span, unit: { kind: 'money' } })
  }

  private isUnknownWord(tree: Tree): boolean {
    return isBareWord(tree) && !this.names.isKnown(tree)
  }

  private choice(tree: Tree & { kind: 'name' | 'text' }, unit: Unit & { kind: 'choice' }): Checked {
    const text = tree.kind === 'name' ? tree.name.text : tree.value
    if (!unit.choices.includes(text)) {
      const hint = didYouMean(text, unit.choices) ?? `one of ${unit.choices.map((choice) => `\`${choice}\``).join(', ')}`
      this.fault('unknown-choice', `\`${unit.name}\` is never \`${text}\``, tree.span, hint)
      return broken(tree.span)
    }
    return settled({ kind: 'text', value: text, span: tree.span, unit })
  }
}

/** `target_roas * 80%` is a number, but `1.5 * ctr[last_7d]` is a percentage. */
const isShareOfNumber = (operator: string, left: Checked, right: Checked): boolean =>
  operator === '*' &&
  [
    [left, right],
    [right, left],
  ].some(
    ([number, share]) =>
      isKind(number!, 'number') &&
      number!.bends !== 'bare' &&
      isKind(share!, 'percentage') &&
      share!.expression.kind === 'number',
  )

const TEXT: Unit = { kind: 'text' }

const isBareWord = (tree: Tree): tree is NameTree =>
  tree.kind === 'name' && tree.owner === null && tree.window === null && tree.actionType === null
