/** The one-line expressions of rules as plain data, which can be stored, hashed and sent. */

import type { Unit } from '../value/unit.js'

/** The place of a part of an expression in its text, as offsets in UTF-16 units, end excluded. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** Whose value it is: that of the rule's entity (`self`) or of one above it (`account.spend[today]`). */
export type Owner = 'self' | 'ad' | 'adset' | 'campaign' | 'group' | 'account'

/**
 * The days or hours that a metric is summed over.
 *
 * `preset` is a `date_preset` of Insights with Insights' meaning; `days` is today and the `count - 1` days before;
 * `hours` is the last `count` complete hours. `offsetDays` moves both ends into the past.
 */
export type Window =
  | { readonly kind: 'preset'; readonly preset: DatePreset; readonly offsetDays: number }
  | { readonly kind: 'days'; readonly count: number; readonly offsetDays: number }
  | { readonly kind: 'hours'; readonly count: number; readonly offsetHours: number }

export type DatePreset =
  | 'today'
  | 'yesterday'
  | 'last_3d'
  | 'last_7d'
  | 'last_14d'
  | 'last_28d'
  | 'last_30d'
  | 'last_90d'
  | 'this_week_mon_today'
  | 'last_week_mon_sun'
  | 'this_month'
  | 'last_month'
  | 'maximum'

/** An expression with the unit that the unit check found. Money literals keep the number as written, in the major unit. */
export type Expression = ExpressionNode & { readonly span: Span; readonly unit: Unit }

type ExpressionNode =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'money'; readonly value: number; readonly currency: string | null }
  | { readonly kind: 'text'; readonly value: string }
  | {
      readonly kind: 'metric'
      readonly owner: Owner
      readonly metric: string
      readonly actionType: string | null
      readonly window: Window
    }
  | { readonly kind: 'attribute'; readonly owner: Owner; readonly attribute: string }
  | { readonly kind: 'negate'; readonly operand: Expression }
  | {
      readonly kind: 'arithmetic'
      readonly operator: '+' | '-' | '*' | '/'
      readonly left: Expression
      readonly right: Expression
    }
  /** A value of the event that triggered the rule: `payload.order.total` has the path `['order', 'total']`. */
  | { readonly kind: 'payload'; readonly path: readonly string[] }
  /** Over the entities that `where` selected, or only those in the same campaign. Only `count` has no operand. */
  | {
      readonly kind: 'aggregate'
      readonly function: AggregateFunction
      readonly operand: Expression | null
      readonly within: 'selection' | 'campaign'
    }
  | {
      readonly kind: 'forecast'
      readonly owner: Owner
      readonly metric: string
      readonly actionType: string | null
      readonly horizon: Horizon
    }
  /** The expected value of a metric over its window, or the distance from it in robust standard deviations. */
  | { readonly kind: 'expected' | 'anomaly'; readonly operand: MetricExpression }

export type MetricExpression = Extract<ExpressionNode, { kind: 'metric' }> & { readonly span: Span; readonly unit: Unit }

export type AggregateFunction = 'count' | 'sum' | 'mean' | 'rank' | 'percentile'

/** `month` is the whole current month, past and remaining days; `days` is the next `count` days, from tomorrow on. */
export type Horizon = { readonly kind: 'month' } | { readonly kind: 'days'; readonly count: number }

export type ComparisonOperator = '>' | '>=' | '<' | '<=' | '=' | '!='

/** A leaf of a condition: one line of the file. */
export type Comparison =
  | { readonly kind: 'compare'; readonly operator: ComparisonOperator; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'between'; readonly subject: Expression; readonly low: Expression; readonly high: Expression }
  | { readonly kind: 'in'; readonly subject: Expression; readonly items: readonly Expression[] }
  | { readonly kind: 'matches'; readonly subject: Expression; readonly pattern: string }
  | { readonly kind: 'contains'; readonly subject: Expression; readonly text: string }
  | { readonly kind: 'holds'; readonly subject: Expression }
