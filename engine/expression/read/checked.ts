import type { Unit, UnitKind } from '../../value/unit.js'
import type { Expression, Span } from '../syntax.js'

/**
 * An expression with what is known of its unit; `unit` is null if a fault has been reported already, so that nothing more is
 * said of it. `bends` says how the unit may still change for its neighbour's sake: a bare number (`5`) takes any of a few, a
 * plain number among an account's values may count something, a value of an account that is not known may be anything, and
 * a value of an event is what it is compared with.
 */
export interface Checked {
  readonly expression: Expression
  readonly unit: Unit | null
  readonly bends: 'bare' | 'plain' | 'open' | 'payload' | null
}

export const isKind = (checked: Checked, kind: UnitKind): boolean =>
  checked.unit?.kind === kind && checked.bends !== 'open' && checked.bends !== 'payload'

export const NUMBER: Unit = { kind: 'number' }

export const settled = (expression: Expression): Checked => ({ expression, unit: expression.unit, bends: null })

export const broken = (span: Span): Checked => ({
  expression: { kind: 'number', value: 0, span, unit: NUMBER },
  unit: null,
  bends: null,
})
