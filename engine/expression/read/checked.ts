import type { Unit, UnitKind } from '../../value/unit.js'
import type { Expression, Span } from '../syntax.js'

/**
 * An expression and its unit. `unit` is null if a fault was reported already, so that no further fault is reported for it. `bends`
 * says how the unit may still adapt to the other side of a comparison or operator:
 * - `bare`: a number without a unit (`5`) can become money, a count or a number.
 * - `plain`: a plain number among an account's values can become a count.
 * - `open`: a value of an account that is not known can be anything.
 * - `payload`: a value of an event becomes what it is compared with.
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
