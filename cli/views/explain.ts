/** Output of `tetik explain`. */

import pc from 'picocolors'

import { amountOf, decodeValue, valueInWords } from '../../engine/change/ledger-value.js'
import type { ExplainedLeaf, ExplainedMeasure } from '../../engine/explanation/explanation.js'
import type { SideElement, TraceEstimate } from '../../engine/rule/decision.js'
import { printable, printableData } from '../../engine/text/printable.js'
import type { CarryOutResults, ExplainedData, Explanation } from '../data/explanation.js'
import { markOf, nameText, numberText, sideText } from './side-text.js'

type Paint = ReturnType<typeof pc.createColors>

export const explainAsJson = (explanation: Explanation): string => `${JSON.stringify(explanation, null, 2)}\n`

export function explainForPeople(explained: Explanation, { colour }: { readonly colour: boolean }): string {
  const paint = pc.createColors(colour)
  const explanation = printableData(explained, ['text'])
  const { leaves, notes } = explanation
  const groups = ['when', 'where', 'clear'].map((key) =>
    leaves.filter(({ path }) => path === key || (/^[.[]/.test(path.slice(key.length)) && path.startsWith(key))),
  )
  const parts = [
    headOf(explanation, paint),
    ...groups.flatMap((group, index) =>
      group.length === 0
        ? []
        : [[paint.bold(['when', 'where', 'clear'][index]), ...group.flatMap((leaf) => leafLines(leaf, paint))].join('\n')],
    ),
    ruleState(explanation, paint),
    ...(explanation.carriedOut === null ? [] : [carriedOut(explanation, explanation.carriedOut, paint)]),
    ...(notes.length === 0 ? [] : [notes.map((note) => paint.dim(note)).join('\n')]),
  ]
  return `${parts.join('\n\n')}\n`
}

function headOf(
  { rule, entity, within, at, account, outcome, because, note, decision, steps }: Explanation,
  paint: Paint,
): string {
  const name = nameText(entity)
  const id = entity.id === null || entity.id === name ? '' : ` (${entity.id})`
  const place = within === undefined ? '' : ` in “${printable(within)}”`
  const about = entity.scope === 'account' ? `account ${account.name}` : `${entity.scope} “${name}”${id}${place}`
  const reason = because === null ? '' : because === 'when' ? ': its `when` is not true' : ` because of ${because}`
  const words = {
    fire: decision === null ? paint.red('the conditions are true') : paint.red(`fired: ${steps.join(', ') || 'no steps'}`),
    hold: `did not fire${reason}`,
    unknown: paint.yellow('did not fire: unknown'),
    none: 'left out: `where` is false',
  }[outcome]
  const line = rule.file === '' ? '' : `  ${paint.dim(`${rule.file}:${rule.line}`)}`
  return [
    `${paint.bold(rule.id)}, ${about}, ${at}${line}`,
    ...(rule.description === '' ? [] : [rule.description]),
    `${words}${note === null ? '' : outcome === 'fire' && decision !== null ? ` (${note})` : `. ${note}`}`,
  ].join('\n')
}

function leafLines(leaf: ExplainedLeaf, paint: Paint): string[] {
  const { result, distance, because, file, line, estimates = [], notes = [] } = leaf
  const mark = markOf(leaf)
  const coloured = result === null ? paint.yellow(mark) : result ? paint.green(mark) : paint.red(mark)
  const place = file === '' ? leaf.path : `${file}:${line}  ${leaf.path}`
  const far = distance === null || distance.difference === 0 ? '' : distanceText(leaf)
  const sides = `${sideText(leaf.left, leaf)}  against  ${sideText(leaf.right, leaf)}`
  return [
    `  ${coloured} ${leaf.condition}   ${paint.dim(place)}`,
    ...(result !== null && leaf.metrics.length === 0 && typeof leaf.left === 'boolean' ? [] : [`      ${sides}${far}`]),
    ...(because === undefined ? [] : [`      ${paint.yellow(`unknown: ${because}`)}`]),
    ...notes.map((note) => paint.dim(`      ${note}`)),
    ...estimates.flatMap((estimate) => estimateLines(estimate)),
    ...leaf.metrics.flatMap(({ source, entity, measures }) => {
      const window = leaf.windows.find((one) => one.source === source)
      const span = window === undefined ? '' : `  ${window.since}${window.since === window.until ? '' : ` to ${window.until}`}`
      const whose = entity.scope === 'account' ? '  the account' : ''
      return [paint.dim(`      ${source}${whose}${span}`), ...measures.flatMap(measureLines)]
    }),
  ]
}

function distanceText({ distance, unit, unitKind }: ExplainedLeaf): string {
  const { difference, share } = distance!
  const sign = difference > 0 ? '+' : '−'
  const amount = `${sign}${numberText(Math.abs(difference), unit, unitKind === 'money')}`
  return share === null
    ? `   ${amount}`
    : `   ${amount}, ${sign}${numberText(Math.round(Math.abs(share) * 1000) / 10, 'number')}%`
}

/** The days of a long window are shown in lines of seven, each starting with the date of its first day. */
const A_LINE = 7

function measureLines({ measure, unit, total, rows }: ExplainedMeasure): string[] {
  const head = `        ${measure.padEnd(12)} ${elementText(total, unit)}`
  if (rows.length <= 1) return [head]
  const values = rows.map(({ value }) => elementText(value, unit, false))
  const width = Math.max(...values.map((value) => value.length))
  const lines: string[] = []
  for (let from = 0; from < rows.length; from += A_LINE)
    lines.push(
      `          ${rows[from]!.at}  ${values
        .slice(from, from + A_LINE)
        .map((value) => value.padStart(width))
        .join('  ')}`,
    )
  return [head, ...lines]
}

function elementText(value: SideElement, unit: string, full = true): string {
  const isMoney = /^[A-Z]{3}$/.test(unit) || unit === 'money'
  if (full) return sideText(value, { unit, unitKind: isMoney ? 'money' : 'number' })
  if (value === null) return '?'
  return typeof value === 'number' ? (isMoney ? value.toFixed(2) : String(value)) : elementText(value, unit)
}

function estimateLines({ source, value, unit, detail, detailUnit }: TraceEstimate): string[] {
  if (detail === null) return []
  const bands = (detail.bands ?? []).map(
    ({ level, lo, hi }) => `${Math.round(level * 100)}%: ${elementText(lo, detailUnit)} to ${elementText(hi, detailUnit)}`,
  )
  const rest = [detail.accuracy, ...bands].filter((text) => text !== undefined).join('; ')
  return [`      ${source} ${elementText(value, unit)} (${detail.model}${rest === '' ? '' : `; ${rest}`})`]
}

function ruleState({ state, data, rule, lastDecision, decision }: Explanation, paint: Paint): string {
  const lines: string[] = []
  if (state !== null) {
    const parts = [
      state.pendingSince === null ? null : `true since ${state.pendingSince}`,
      state.firesFrom === null ? null : `fires from ${state.firesFrom} on`,
      state.restingUntil === null ? null : `resting until ${state.restingUntil}`,
      state.cleared === false ? '`clear` has not been true since it fired' : null,
      state.announced ? 'recipients were notified' : null,
    ].filter((part) => part !== null)
    lines.push(`${paint.bold('now')}      ${[state.state, ...parts].join(', ')} (evaluated ${state.evaluatedAt})`)
  } else if (data.kind === 'store') lines.push(`${paint.bold('now')}      waiting: no state is stored`)
  if (lastDecision !== null && decision === null) {
    const { id, at, outcome, because, note } = lastDecision
    lines.push(
      `${paint.bold('last')}     ${at} ${outcome}${because === null ? '' : ` (${because})`}${note === null ? '' : `: ${note}`}  ${paint.dim(id)}`,
    )
  }
  lines.push(...dataLines(data, paint))
  lines.push(
    `${paint.bold('rule')}     version ${rule.version.slice(0, 12)}${rule.commit === null ? '' : `, commit ${rule.commit.slice(0, 12)}`}, mode ${rule.mode}`,
  )
  return lines.join('\n')
}

function dataLines(data: ExplainedData, paint: Paint): string[] {
  if (data.kind === 'file') {
    const days = data.since === null ? 'without dates' : `${data.since} to ${data.until!}`
    return [`${paint.bold('data')}     ${data.file}, ${days}`]
  }
  if (data.syncs.length === 0) return [`${paint.bold('data')}     nothing had been read from Meta by ${data.knownAt}`]
  const syncs = data.syncs.map(({ kind, age, since, until }) => {
    const days = since === null || until === null ? '' : ` of ${since === until ? since : `${since} to ${until}`}`
    return `${kind}${days} ${ageText(age)} old`
  })
  return [`${paint.bold('data')}     read from Meta: ${syncs.join(', ')}`]
}

function ageText(minutes: number): string {
  const [count, unit] =
    minutes < 120
      ? [minutes, 'minute']
      : minutes < 48 * 60
        ? [Math.round(minutes / 60), 'hour']
        : [Math.round(minutes / 1440), 'day']
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}

function carriedOut({ account }: Explanation, { progress, changes, messages, approvals }: CarryOutResults, paint: Paint): string {
  const amount = (field: string, text: string): string => {
    const value = decodeValue(field, text)
    return amountOf(value) === null ? text : valueInWords(value, { language: 'en', currency: account.currency })
  }
  return [
    `${paint.bold('carried out')}  ${progress}`,
    ...changes.map(({ level, entityId, field, before, target, outcome, settledAt, error }) => {
      const read = outcome === 'confirmed' ? `read back ${settledAt ?? ''}` : outcome
      const why = error === null ? '' : `: ${messageOf(error)}`
      return `  ${field} of ${level} ${entityId}: ${amount(field, before)} → ${amount(field, target)}, ${read}${why}`
    }),
    ...messages.map(
      ({ recipient, status, text, error }) =>
        `  message to ${recipient}, ${status}${error === null ? '' : `: ${messageOf(error)}`}: ${text.replaceAll(LINE_END, '\n    ')}`,
    ),
    ...approvals.map(
      ({ state, answeredBy, askedAt }) => `  asked ${askedAt}: ${state}${answeredBy === null ? '' : ` by ${answeredBy}`}`,
    ),
  ].join('\n')
}

/** The lines of a report after the first are indented below it. */
const LINE_END = /\n+/g

const messageOf = (error: unknown): string => {
  const { message } = error as { message?: unknown }
  return typeof message === 'string' ? message : JSON.stringify(error)
}
