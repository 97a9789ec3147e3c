/** Formats the sides of a trace leaf for the terminal, in English, and the difference between them. */

import type { FactEntity } from '../../engine/facts/facts.js'
import type { SideElement, SideValue, TraceLeaf } from '../../engine/rule/decision.js'
import { printable } from '../../engine/text/printable.js'
import { minorDigits } from '../../engine/value/minor-units.js'

/** ✓ true, ✗ false, ? unknown. */
export const markOf = ({ result }: Pick<TraceLeaf, 'result'>): string => (result === null ? '?' : result ? '✓' : '✗')

/** Returns the difference of the left side from the right, relative to the right; absolute if the right is 0, '' if not numbers. */
export function distanceOf({ left, right, unit }: TraceLeaf): string {
  const from = typeof left === 'object' && left !== null && 'atLeast' in left ? left.atLeast : left
  if (typeof from !== 'number' || typeof right !== 'number') return ''
  const sign = from >= right ? '+' : '−'
  if (right === 0) return `${sign}${numberText(Math.abs(from - right), unit)}`
  return `${sign}${numberOf(1).format(Math.abs((from - right) / right) * 100)}%`
}

export function sideText(side: SideValue, leaf: Pick<TraceLeaf, 'unit' | 'unitKind'>): string {
  if (Array.isArray(side)) return (side as readonly SideElement[]).map((one) => sideText(one, leaf)).join(', ')
  const one = side as SideElement
  if (one === null) return 'unknown'
  if (typeof one === 'number') return numberText(one, leaf.unit, leaf.unitKind === 'money')
  if (typeof one === 'object') return `at least ${numberText(one.atLeast, leaf.unit, leaf.unitKind === 'money')}`
  return typeof one === 'boolean' ? (one ? 'yes' : 'no') : printable(one)
}

/** Returns an entity's name for the terminal, else its id. */
export const nameText = ({ name, id, key }: Pick<FactEntity, 'name' | 'id' | 'key'>): string => printable(name ?? id ?? key)

export function numberText(value: number, unit: string, isMoney = /^[A-Z]{3}$/.test(unit)): string {
  if (!isMoney) {
    const text = numberOf(4).format(value)
    return unit === '%' ? `${text}%` : unit === 'h' ? `${text} h` : text
  }
  if (unit === 'money') return numberOf(2, 2).format(value)
  const digits = minorDigits(unit)
  const format = { style: 'currency', currency: unit, minimumFractionDigits: digits, maximumFractionDigits: digits } as const
  return formatOf(`${unit} ${digits}`, format).format(value)
}

const numberOf = (most: number, least = 0): Intl.NumberFormat =>
  formatOf(`${least} ${most}`, { minimumFractionDigits: least, maximumFractionDigits: most })

const formats = new Map<string, Intl.NumberFormat>()

function formatOf(key: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  let format = formats.get(key)
  if (format === undefined) formats.set(key, (format = new Intl.NumberFormat('en-US', options)))
  return format
}
