/** A `where` that selects nothing in the account. */

import { judgeOf } from '../../expression/evaluate/comparison.js'
import { evaluateExpression } from '../../expression/evaluate/evaluate.js'
import { allOf, anyOf, not } from '../../expression/evaluate/truth.js'
import { sidesOf, withinExpression } from '../../expression/walk.js'
import type { FactEntity, Facts } from '../../facts/facts.js'
import { findAttribute } from '../../metric/attributes.js'
import type { Condition, Rule } from '../../rule/rule.js'
import type { Truth } from '../../value/value.js'
import type { Finding } from '../rules/finding.js'

export interface SelectionData {
  /** The account's entities and numbers, as of the latest known moment. */
  readonly facts: Facts
  /**
   * Whether attributes and metrics that change (a status, spend) are evaluated too. If not, only lasting attributes (names,
   * labels, objectives) are: that nothing is paused right now says little about a rule.
   */
  readonly asOfNow: boolean
}

/** Attributes that rarely change while campaigns run. */
const LASTING = ['id', 'name', 'labels', 'objective', 'budget_level']

/** @param data the data of each account that the rule covers */
export function selectionFindings(rule: Rule, data: readonly SelectionData[]): Finding[] {
  const { where, scope } = rule
  if (where === null || data.length === 0) return []
  let looked = 0
  for (const { facts, asOfNow } of data) {
    for (const entity of facts.entities(scope)) {
      looked += 1
      if (truthOf(where, facts, entity, asOfNow) !== false) return []
    }
  }
  if (looked === 0) return []
  const [one, many] = WORDS[scope]
  return [
    {
      code: 'selects-nothing',
      at: { rule, path: 'where' },
      message: `\`where\` selects none of the ${looked === 1 ? `1 ${one}` : `${looked} ${many}`} in the data`,
      hint: 'are the names written as in Ads Manager, capitals and spaces included?',
    },
  ]
}

const WORDS: Readonly<Record<Rule['scope'], readonly [one: string, many: string]>> = {
  account: ['account', 'accounts'],
  group: ['group', 'groups'],
  campaign: ['campaign', 'campaigns'],
  adset: ['ad set', 'ad sets'],
  ad: ['ad', 'ads'],
}

function truthOf(condition: Condition, facts: Facts, entity: FactEntity, asOfNow: boolean): Truth {
  switch (condition.kind) {
    case 'all':
      return allOf(condition.conditions.map((inner) => truthOf(inner, facts, entity, asOfNow)))
    case 'any':
      return anyOf(condition.conditions.map((inner) => truthOf(inner, facts, entity, asOfNow)))
    case 'not':
      return not(truthOf(condition.condition, facts, entity, asOfNow))
    case 'leaf': {
      const [left, ...right] = sidesOf(condition.comparison)
      const isUsable = [left, ...right].every((side) => [...withinExpression(side)].every((part) => counts(part, asOfNow)))
      if (!isUsable) return null
      const value = (side: typeof left) => evaluateExpression(side, facts, entity)
      return judgeOf(condition.comparison)({ left: value(left), right: right.map(value) })
    }
  }
}

function counts(part: Parameters<typeof evaluateExpression>[0], asOfNow: boolean): boolean {
  switch (part.kind) {
    case 'attribute': {
      const of = findAttribute(part.attribute)?.of
      return of !== 'clock' && (asOfNow || of !== 'entity' || LASTING.includes(part.attribute))
    }
    case 'metric':
      return asOfNow
    case 'number':
    case 'money':
    case 'text':
    case 'negate':
    case 'arithmetic':
      return true
    default:
      return false
  }
}
