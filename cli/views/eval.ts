/** Output of `tetik eval`. */

import pc from 'picocolors'

import type { Evaluation, Outcome } from '../../engine/rule/decision.js'
import type { Rule } from '../../engine/rule/rule.js'
import { stepName } from '../../engine/rule/steps/steps.js'
import { printable } from '../../engine/text/printable.js'
import type { EvaluatedData } from '../data/evaluate-data.js'
import { leafAsJson } from './leaf-as-json.js'
import { distanceOf, markOf, nameText, sideText } from './side-text.js'

type Evaluated = NonNullable<EvaluatedData['evaluated']>

export function evalAsJson({ at, rules }: Evaluated): string {
  const decisions = rules.flatMap(({ rule, evaluations, above }) =>
    evaluations.map(({ version, entity, outcome, trace }) => ({
      rule: rule.id,
      version,
      entity: { scope: entity.scope, id: entity.id, name: entity.name, ...namesSaid(above.get(entity.key)) },
      outcome,
      trace: trace.map(leafAsJson),
      steps: outcome === 'fire' ? rule.then.map(stepName) : [],
    })),
  )
  return `${JSON.stringify({ at, decisions }, null, 2)}\n`
}

/** The campaign and ad set that contain the entity, if the file has them. */
const namesSaid = (above: { readonly campaign: string | null; readonly adset: string | null } | undefined) => ({
  ...(above?.campaign == null ? {} : { campaign: above.campaign }),
  ...(above?.adset == null ? {} : { adset: above.adset }),
})

const ORDER: readonly Outcome[] = ['fire', 'unknown', 'hold']

export function evalForPeople(evaluated: Evaluated, { colour }: { readonly colour: boolean }): string {
  const paint = pc.createColors(colour)
  const all = evaluated.rules.flatMap(({ evaluations }) => evaluations)
  const blocks = evaluated.rules.map(({ rule, evaluations, labels }) => {
    const sorted = ORDER.flatMap((outcome) => evaluations.filter((evaluation) => evaluation.outcome === outcome))
    const lines = sorted.flatMap((evaluation) => linesOf(evaluation, labels.get(evaluation.entity.key)))
    const head = [paint.bold(rule.id), ...(rule.description === '' ? [] : [printable(rule.description)])].join('  ')
    const body =
      lines.length === 0 ? ['  `where` selects nothing in this file.'] : table(lines).map((line) => `  ${painted(line, paint)}`)
    return [head, ...notApplied(rule).map((line) => paint.dim(`  ${line}`)), '', ...body].join('\n')
  })
  const counts = ORDER.map((outcome) => `${all.filter((evaluation) => evaluation.outcome === outcome).length} ${outcome}`).join(
    ', ',
  )
  return `${[`At ${evaluated.at}`, ...blocks, `${all.length} ${all.length === 1 ? 'decision' : 'decisions'}: ${counts}`].join('\n\n')}\n`
}

/** A rule's settings that `eval` does not apply: listed so that the reader knows. */
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

const HEADINGS: Line = ['OUTCOME', 'ENTITY', '', 'CONDITION', 'LEFT', 'RIGHT', 'DIFFERENCE']

function linesOf({ outcome, entity, trace }: Evaluation, label: string | undefined): Line[] {
  const name = label === undefined ? nameText(entity) : `${nameText(entity)} (${printable(label)})`
  if (trace.length === 0) return [[outcome, name, '', '', '', '', '']]
  return trace.map((leaf, index): Line => {
    const first = index === 0
    return [
      first ? outcome : '',
      first ? name : '',
      markOf(leaf),
      printable(leaf.condition),
      sideText(leaf.left, leaf),
      sideText(leaf.right, leaf),
      printable(leaf.because ?? distanceOf(leaf)),
    ]
  })
}

function table(lines: readonly Line[]): string[] {
  const rows = [HEADINGS, ...lines]
  const widths = HEADINGS.map((_, column) => rows.reduce((widest, row) => Math.max(widest, width(row[column]!)), 0))
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const space = ' '.repeat(widths[column]! - width(cell))
        // Numbers are right-aligned.
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
