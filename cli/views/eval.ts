/** What `tetik eval` shows. */

import pc from 'picocolors'

import type { Evaluation, Outcome, SideElement, SideValue, TraceLeaf } from '../../engine/rule/decision.js'
import type { Rule, Step, StepName } from '../../engine/rule/rule.js'
import { minorDigits } from '../../engine/metric/currency.js'
import type { EvaluatedData } from '../evaluate-data.js'

type Evaluated = NonNullable<EvaluatedData['evaluated']>

export function evalAsJson({ at, rules }: Evaluated): string {
  const decisions = rules.flatMap(({ rule, decisions }) =>
    decisions.map(({ version, entity, outcome, trace }) => ({
      rule: rule.id,
      version,
      entity: { scope: entity.scope, id: entity.id, name: entity.name },
      outcome,
      trace: trace.map(({ condition, result, left, right, unit, path, windows, because }) => ({
        condition,
        result,
        left,
        right,
        unit,
        path,
        windows,
        ...(because === undefined ? {} : { because }),
      })),
      steps: outcome === 'fire' ? rule.then.map(stepName) : [],
    })),
  )
  return `${JSON.stringify({ at, decisions }, null, 2)}\n`
}

const stepName = ({ kind }: Step): StepName => (kind === 'wait-until' ? 'wait' : kind)

const ORDER: readonly Outcome[] = ['fire', 'unknown', 'hold']

export function evalForPeople(evaluated: Evaluated, { colour }: { readonly colour: boolean }): string {
  const paint = pc.createColors(colour)
  const all = evaluated.rules.flatMap(({ decisions }) => decisions)
  const blocks = evaluated.rules.map(({ rule, decisions }) => {
    const sorted = ORDER.flatMap((outcome) => decisions.filter((decision) => decision.outcome === outcome))
    const lines = sorted.flatMap(linesOf)
    const head = [paint.bold(rule.id), ...(rule.description === '' ? [] : [rule.description])].join('  ')
    const body =
      lines.length === 0 ? ['  `where` selects nothing in this file.'] : table(lines).map((line) => `  ${painted(line, paint)}`)
    return [head, ...notApplied(rule).map((line) => paint.dim(`  ${line}`)), '', ...body].join('\n')
  })
  const counts = ORDER.map((outcome) => `${all.filter((decision) => decision.outcome === outcome).length} ${outcome}`).join(', ')
  return `${[`At ${evaluated.at}`, ...blocks, `${all.length} ${all.length === 1 ? 'decision' : 'decisions'}: ${counts}`].join('\n\n')}\n`
}

/** What a rule has besides its conditions: shown, for `eval` does not apply it. */
function notApplied(rule: Rule): string[] {
  const parts = [
    rule.holdFor > 0 ? `for ${duration(rule.holdFor)}` : null,
    rule.clear === null ? null : 'clear',
    rule.cooldown > 0 ? `cooldown ${duration(rule.cooldown)}` : null,
    rule.limit === null ? null : `limit ${rule.limit.count} per ${rule.limit.per}`,
    rule.priority === 0 ? null : `priority ${rule.priority}`,
  ].filter((part) => part !== null)
  return parts.length === 0 ? [] : [`not applied here: ${parts.join(', ')}`]
}

function duration(milliseconds: number): string {
  const minutes = milliseconds / 60_000
  if (minutes % 1440 === 0) return `${minutes / 1440}d`
  return minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`
}

type Line = readonly [
  outcome: string,
  entity: string,
  mark: string,
  condition: string,
  left: string,
  right: string,
  distance: string,
]

const HEADINGS: Line = ['OUTCOME', 'ENTITY', '', 'CONDITION', 'LEFT', 'RIGHT', 'DISTANCE']

function linesOf({ outcome, entity, trace }: Evaluation): Line[] {
  const name = entity.name ?? entity.id ?? entity.key
  if (trace.length === 0) return [[outcome, name, '', '', '', '', '']]
  return trace.map((leaf, index): Line => {
    const first = index === 0
    const mark = leaf.result === null ? '?' : leaf.result ? '✓' : '✗'
    return [
      first ? outcome : '',
      first ? name : '',
      mark,
      leaf.condition,
      sideText(leaf.left, leaf),
      sideText(leaf.right, leaf),
      leaf.because ?? distanceOf(leaf),
    ]
  })
}

/** How far the left side is from the right one, as a share of the right one. */
function distanceOf({ left, right, unit }: TraceLeaf): string {
  const from = typeof left === 'object' && left !== null && 'atLeast' in left ? left.atLeast : left
  if (typeof from !== 'number' || typeof right !== 'number') return ''
  const sign = from >= right ? '+' : '−'
  if (right === 0) return `${sign}${numberText(Math.abs(from - right), unit)}`
  return `${sign}${numberOf(1).format(Math.abs((from - right) / right) * 100)} %`
}

function sideText(side: SideValue, leaf: TraceLeaf): string {
  if (Array.isArray(side)) return (side as readonly SideElement[]).map((one) => sideText(one, leaf)).join(', ')
  const one = side as SideElement
  if (one === null) return 'unknown'
  if (typeof one === 'number') return numberText(one, leaf.unit, leaf.unitKind === 'money')
  if (typeof one === 'object') return `at least ${numberText(one.atLeast, leaf.unit, leaf.unitKind === 'money')}`
  return typeof one === 'boolean' ? (one ? 'yes' : 'no') : one
}

function numberText(value: number, unit: string, isMoney = /^[A-Z]{3}$/.test(unit)): string {
  if (!isMoney) {
    const text = numberOf(4).format(value)
    return unit === '%' ? `${text} %` : unit === 'h' ? `${text} h` : text
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

function table(lines: readonly Line[]): string[] {
  const rows = [HEADINGS, ...lines]
  const widths = HEADINGS.map((_, column) => rows.reduce((widest, row) => Math.max(widest, width(row[column]!)), 0))
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const space = ' '.repeat(widths[column]! - width(cell))
        // Numbers stand under one another.
        return column === 4 || column === 5 ? space + cell : cell + space
      })
      .join('  ')
      .trimEnd(),
  )
}

const width = (text: string): number => [...text].length

const painted = (line: string, paint: ReturnType<typeof pc.createColors>): string => {
  if (line.startsWith('OUTCOME')) return paint.dim(line)
  return line.replace(/^(fire|unknown)\b/, (word) => (word === 'fire' ? paint.red(word) : paint.yellow(word)))
}
