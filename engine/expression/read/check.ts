/**
 * Looks up the names of a comparison, checks its units, and returns it as typed data. Reports every fault, not only the first.
 */

import type { Fault } from '../../diagnostic/fault.js'
import type { Unit } from '../../value/unit.js'
import { unitInWords } from '../../value/units.js'
import type { Comparison, Expression } from '../syntax.js'
import { type Checked, isKind, settled } from './checked.js'
import { Checker } from './checker.js'
import { bareNumbers } from './percentage-meant.js'
import type { ComparisonTree, Tree, Word } from './syntax-tree.js'
import { asNumber, bend, retype } from './unit-mismatch.js'
import type { Vocabulary } from './vocabulary.js'

export function checkExpression(tree: Tree, vocabulary: Vocabulary): { expression: Expression; faults: readonly Fault[] } {
  const checker = new Checker(vocabulary)
  const { expression } = checker.expression(tree)
  return { expression, faults: checker.faults }
}

export function checkComparison(
  tree: ComparisonTree,
  vocabulary: Vocabulary,
): { comparison: Comparison; faults: readonly Fault[] } {
  const checker = new Checker(vocabulary)
  const comparison = check(tree, checker)
  return { comparison, faults: checker.faults }
}

function check(tree: ComparisonTree, checker: Checker): Comparison {
  switch (tree.kind) {
    case 'compare': {
      checker.compared = bareNumbers([tree.left, tree.right])
      const [left, right] = pairOf(tree, checker)
      if (left.unit !== null && right.unit !== null && tree.operator !== '=' && tree.operator !== '!=') {
        refuseOrder(left, checker)
      }
      if (isKind(left, 'yes-or-no') || isKind(right, 'yes-or-no')) refuseYesOrNo(tree, left, right, checker)
      return { kind: 'compare', operator: tree.operator, left: left.expression, right: right.expression }
    }
    case 'between': {
      checker.compared = bareNumbers([tree.low, tree.high])
      const [subject, low] = checker.pair(tree.subject, tree.low, '`between` compares')
      const high = checker.against(subject, tree.high, '`between` compares')
      refuseOrder(subject, checker)
      return { kind: 'between', subject: subject.expression, low: low.expression, high: high.expression }
    }
    case 'in': {
      checker.compared = bareNumbers(tree.items)
      let subject = checker.expression(tree.subject)
      if (isKind(subject, 'yes-or-no')) {
        checker.fault('unit-mismatch', 'a yes-or-no attribute is not compared', subject.expression.span, 'leave `in […]` out')
      }
      const items = tree.items.map((item) => {
        const checked = checker.against(subject, item, '`in` compares')
        subject = bend(subject, checked)
        return checked.expression
      })
      return { kind: 'in', subject: subject.expression, items }
    }
    case 'matches':
    case 'contains': {
      const subject = checker.expression(tree.subject)
      if (subject.unit !== null && subject.bends !== 'payload' && !isKind(subject, 'text') && !isKind(subject, 'choice')) {
        const message = `\`${tree.kind}\` needs text, and this is ${unitInWords(subject.unit)}`
        checker.fault('unit-mismatch', message, subject.expression.span)
      }
      const text = tree.input === null ? tree.text : textOfInput(tree.input, tree.kind, checker)
      return tree.kind === 'matches'
        ? { kind: 'matches', subject: subject.expression, pattern: text }
        : { kind: 'contains', subject: subject.expression, text }
    }
    case 'holds': {
      const alone = checker.expression(tree.subject, { alone: true })
      const subject = alone.bends === 'payload' ? settled(retype(alone.expression, { kind: 'yes-or-no' })) : alone
      // After a window that is not closed, the rest of the line, and so the comparison, was not read.
      const isUnread = tree.subject.kind === 'name' && tree.subject.window === 'broken'
      if (subject.unit !== null && !isKind(subject, 'yes-or-no') && !isUnread) {
        const { span } = subject.expression
        const hint = exampleComparison(subject.unit)
        checker.fault(
          'missing-comparison',
          `this is ${unitInWords(subject.unit)}, and a condition compares it with something`,
          span,
          hint,
        )
      }
      return { kind: 'holds', subject: subject.expression }
    }
  }
}

/** Returns the text that a use gave for the input of that name; empty while the blueprint itself is read. */
function textOfInput({ text, span }: Word, kind: 'matches' | 'contains', checker: Checker): string {
  const input = checker.vocabulary.inputs?.get(text)
  if (input?.unit.kind === 'text') return input.tree?.kind === 'text' ? input.tree.value : ''
  checker.fault('syntax', `\`${kind}\` needs text in quotes`, span, `did you mean \`"${text}"\`?`)
  return ''
}

/** If both sides are values of an event, `=` and `!=` compare them as text, the other operators as numbers. */
function pairOf(tree: ComparisonTree & { kind: 'compare' }, checker: Checker): readonly [Checked, Checked] {
  const [left, right] = checker.pair(tree.left, tree.right, `\`${tree.operator}\` compares`)
  if (left.bends !== 'payload' || right.bends !== 'payload') return [left, right]
  if (tree.operator === '=' || tree.operator === '!=') return [settled(left.expression), settled(right.expression)]
  return [asNumber(left), asNumber(right)]
}

function refuseOrder(subject: Checked, checker: Checker): void {
  if (!isKind(subject, 'text') && !isKind(subject, 'choice')) return
  const message = `${unitInWords(subject.unit!)} has no order`
  checker.fault('unit-mismatch', message, subject.expression.span, 'use `=`, `!=`, `in […]`, `matches` or `contains`')
}

function refuseYesOrNo(tree: ComparisonTree & { kind: 'compare' }, left: Checked, right: Checked, checker: Checker): void {
  const subject = isKind(left, 'yes-or-no') ? tree.left : tree.right
  if (left.unit === null && right.unit === null) return
  const name = subject.kind === 'name' ? subject.name.text : 'it'
  const span = { start: tree.left.span.start, end: tree.right.span.end }
  checker.fault('unit-mismatch', 'a yes-or-no attribute is not compared', span, `write \`${name}\` alone, or \`not: ${name}\``)
}

function exampleComparison(unit: Unit): string {
  switch (unit.kind) {
    case 'money':
      return 'for example `> 120 TRY`'
    case 'percentage':
      return 'for example `> 1.5%`'
    case 'duration':
      return 'for example `> 3d`'
    case 'text':
      return 'for example `matches "TR | *"`'
    case 'choice':
      return `for example \`= ${unit.choices[0] ?? '…'}\``
    case 'count':
    case 'number':
    case 'yes-or-no':
      return 'for example `> 5`'
  }
}
