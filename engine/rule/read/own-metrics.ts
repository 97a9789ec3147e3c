/** Reads `metrics:` of a rule file: custom metrics that are computed from others. */

import type { Settings } from '../../account/account.js'
import { type Fault, isError, type Reading } from '../../diagnostic/fault.js'
import type { Fields } from '../../document/fields.js'
import { checkExpression } from '../../expression/read/check.js'
import { isReservedName } from '../../expression/read/names.js'
import { isMetric, namesIn, withWindow } from '../../expression/read/own-metric.js'
import { parseExpressionTree } from '../../expression/read/parser.js'
import type { Tree } from '../../expression/read/syntax-tree.js'
import type { OwnMetric, Vocabulary } from '../../expression/read/vocabulary.js'
import { isNumeric, unitInWords } from '../../value/units.js'
import { everyAccount } from './coverage.js'

/** The most values and operators of a metric with all metrics in it expanded; evaluation walks them for every entity. */
const MOST_PARTS = 500

/** The most metrics in one file. */
const MOST_METRICS = 500

export type OwnMetrics = ReadonlyMap<string, OwnMetric>

export const NO_METRICS: OwnMetrics = new Map()

/** Reads the metrics. Those with an error are included, marked as broken, so that their uses report no further errors. */
export function readOwnMetrics(
  written: Readonly<Record<string, string | undefined>> | undefined,
  settings: Settings | null,
  fields: Fields,
): OwnMetrics {
  const metrics = new Map<string, OwnMetric>()
  const all = Object.entries(written ?? {}).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const entries = all.slice(0, MOST_METRICS)
  if (all.length > MOST_METRICS) {
    fields.keyFault(`metrics/${all[MOST_METRICS]![0]}`, 'too-large', `a file has at most ${MOST_METRICS} metrics`)
  }
  for (const [name, text] of entries) {
    const named = hasGoodName(name, settings, fields)
    const tree = fields.read(`metrics/${name}`, text, readDefinition)
    // A metric with a name that is taken must not replace what has that name.
    if (named)
      metrics.set(name, { name, tree: tree ?? { kind: 'broken', span: { start: 0, end: text.length } }, broken: tree === null })
  }
  refuseCyclesAndBombs(metrics, fields)
  const accounts = everyAccount(settings)
  for (const [name, text] of entries) {
    const metric = metrics.get(name)
    if (metric === undefined || usesBroken(metric, metrics)) continue
    const sound = fields.read(`metrics/${name}`, text, () => check(metric, { scope: null, accounts, metrics, payload: false }))
    if (sound === null) metrics.set(name, { ...metric, broken: true })
  }
  for (const metric of metrics.values()) if (usesBroken(metric, metrics)) metrics.set(metric.name, { ...metric, broken: true })
  return metrics
}

function hasGoodName(name: string, settings: Settings | null, fields: Fields): boolean {
  const path = `metrics/${name}`
  if (!/^[a-z][a-z0-9_]{0,63}$/.test(name)) {
    const hint = 'for example `margin_roas`'
    fields.keyFault(path, 'bad-name', 'a metric’s name consists of small letters a to z, digits and `_`', hint)
    return false
  }
  if (isReservedName(name)) {
    fields.keyFault(path, 'name-taken', `\`${name}\` already has a meaning in rules`, 'choose another name')
    return false
  }
  const account = settings?.accounts.find(({ values, targets }) => Object.hasOwn(values, name) || Object.hasOwn(targets, name))
  if (account === undefined) return true
  fields.keyFault(path, 'name-taken', `\`${name}\` is one of the \`values:\` of ${account.name}`, 'choose another name')
  return false
}

function readDefinition(text: string): Reading<Tree> {
  const { tree, faults } = parseExpressionTree(text)
  const own = misplaced(tree)
  return { value: [...faults, ...own].some(isError) ? null : tree, faults: [...faults, ...own] }
}

/**
 * Reports what a definition cannot contain: windows, which each use gives, and functions that use other data than the window's.
 */
function misplaced(tree: Tree): readonly Fault[] {
  switch (tree.kind) {
    case 'name':
      if (tree.window === null || tree.window === 'broken') return []
      return [
        {
          code: 'needless-window',
          message: 'a metric’s window is given where the metric is used, and applies to all metrics in it',
          span: { start: tree.name.span.end, end: tree.span.end },
          hint: 'leave it out',
        },
      ]
    case 'payload':
      return [{ code: 'wrong-place', message: '`payload` belongs to one event and cannot be part of a metric', span: tree.span }]
    case 'call': {
      const looksAhead = ['forecast', 'expected', 'anomaly'].includes(tree.name.text)
      const message = `\`${tree.name.text}\` cannot be part of a metric`
      const hint = 'use it where the metric is used'
      return looksAhead ? [{ code: 'wrong-place', message, span: tree.span, hint }] : tree.arguments.flatMap(misplaced)
    }
    case 'negate':
      return misplaced(tree.operand)
    case 'arithmetic':
      return [...misplaced(tree.left), ...misplaced(tree.right)]
    default:
      return []
  }
}

function check(metric: OwnMetric, vocabulary: Vocabulary): Reading<OwnMetric> {
  const window = { kind: 'preset', preset: 'last_7d', offsetDays: 0 } as const
  const { expression, faults } = checkExpression(
    withWindow(metric.tree, { owner: null, window, span: null }, vocabulary),
    vocabulary,
  )
  if (faults.some(isError)) return { value: null, faults }
  const { span } = metric.tree
  if (!isNumeric(expression.unit.kind)) {
    const fault = {
      code: 'unit-mismatch',
      message: `a metric is a number with a unit, and this is ${unitInWords(expression.unit)}`,
      span,
    }
    return { value: null, faults: [...faults, fault] }
  }
  if (namesIn(metric.tree).some((name) => isMetric(name, vocabulary))) return { value: metric, faults }
  const hint = 'give a fixed number in tetik.yaml, under `values:`'
  return { value: null, faults: [...faults, { code: 'no-metric', message: 'this contains no metric', span, hint }] }
}

const ownNames = (metric: OwnMetric, metrics: OwnMetrics): readonly string[] =>
  namesIn(metric.tree).flatMap(({ name, actionType }) => (actionType === null && metrics.has(name.text) ? [name.text] : []))

/** Whether a metric or one that it uses is broken. Call it only after cycles were removed. */
const usesBroken = (metric: OwnMetric, metrics: OwnMetrics): boolean =>
  metric.broken || ownNames(metric, metrics).some((name) => usesBroken(metrics.get(name)!, metrics))

function refuseCyclesAndBombs(metrics: Map<string, OwnMetric>, fields: Fields): void {
  /** The number of parts of each expanded metric; absent while they are being counted. */
  const sizes = new Map<string, number>()
  const faulty = new Set<string>()
  const breakUp = (name: string) => {
    const metric = metrics.get(name)!
    metrics.set(name, { ...metric, tree: { kind: 'broken', span: metric.tree.span }, broken: true })
  }
  const sizeOf = (name: string, path: readonly string[]): number => {
    const known = sizes.get(name)
    if (known !== undefined) return known
    if (path.includes(name)) {
      const cycle = [...path.slice(path.indexOf(name)), name]
      if (!cycle.some((each) => faulty.has(each))) {
        const message = `\`${name}\` depends on itself: ${cycle.join(' → ')}`
        fields.fault(`metrics/${name}`, 'cycle', message, 'take it out of one of them')
      }
      for (const each of cycle) faulty.add(each)
      return 1
    }
    const metric = metrics.get(name)!
    let size = partsIn(metric.tree)
    for (const part of namesIn(metric.tree)) if (metrics.has(part.name.text)) size += sizeOf(part.name.text, [...path, name])
    if (size > MOST_PARTS && !faulty.has(name)) {
      fields.fault(`metrics/${name}`, 'too-large', `with its metrics expanded, \`${name}\` has more than ${MOST_PARTS} parts`)
      faulty.add(name)
      size = 1
    }
    sizes.set(name, size)
    return size
  }
  for (const name of metrics.keys()) sizeOf(name, [])
  for (const name of faulty) breakUp(name)
}

function partsIn(tree: Tree): number {
  switch (tree.kind) {
    case 'call':
      return tree.arguments.reduce((parts, each) => parts + partsIn(each), 1)
    case 'negate':
      return 1 + partsIn(tree.operand)
    case 'arithmetic':
      return 1 + partsIn(tree.left) + partsIn(tree.right)
    default:
      return 1
  }
}
