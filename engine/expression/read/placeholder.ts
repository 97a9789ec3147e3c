import type { Unit } from '../../value/unit.js'
import type { Span } from '../syntax.js'
import type { Checked } from './checked.js'
import { MILLISECONDS } from './literal.js'

/** Returns a placeholder for an input without a value: it has the input's unit, and a value that is valid everywhere. */
export function placeholder(unit: Unit, span: Span): Checked {
  const bends = unit.kind === 'number' ? 'plain' : null
  switch (unit.kind) {
    case 'text':
    case 'choice':
      return { expression: { kind: 'text', value: '', span, unit }, unit, bends }
    case 'money':
      return { expression: { kind: 'money', value: 1, currency: null, span, unit }, unit, bends }
    default: {
      const value = unit.kind === 'duration' ? MILLISECONDS['h']! : unit.kind === 'percentage' ? 0.1 : 1
      return { expression: { kind: 'number', value, span, unit }, unit, bends }
    }
  }
}
