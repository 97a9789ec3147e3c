import type { Unit } from '../../value/unit.js'
import type { Span } from '../syntax.js'
import type { Checked } from './checked.js'
import { MILLISECONDS } from './literal.js'

/** Stands for an input whose value is not given: of its unit, and nothing that any place refuses. */
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
