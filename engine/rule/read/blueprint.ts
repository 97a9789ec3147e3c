/** Reads `blueprints:` of a rule file: rules with typed inputs, which other rules use with their own values. */

import { type Reading, refuse } from '../../diagnostic/fault.js'
import type { Fields } from '../../document/fields.js'
import type { YamlNode } from '../../document/yaml-file.js'
import { parseDuration, parseMoney, parsePercentage, parseQuantity } from '../../expression/read/amount.js'
import { isReservedName } from '../../expression/read/names.js'
import { parseExpressionTree } from '../../expression/read/parser.js'
import type { Tree } from '../../expression/read/syntax-tree.js'
import type { BoundInput } from '../../expression/read/vocabulary.js'
import type { Unit } from '../../value/unit.js'
import type { BlueprintPlace } from '../rule.js'
import type { OwnMetrics } from './own-metrics.js'
import type { BlueprintSource, INPUT_TYPES } from './schema.js'

export type InputType = (typeof INPUT_TYPES)[number]

interface BlueprintInput {
  readonly type: InputType
  /** The default as written; null if every use must give a value. */
  readonly fallback: string | null
  /** Its place in the blueprint's file: `blueprints/0/inputs/max_cpa`. */
  readonly path: string
}

export interface Blueprint extends BlueprintPlace {
  readonly kind: 'sound'
  readonly inputs: ReadonlyMap<string, BlueprintInput>
  /** The node of `rule:`, which is read again for each use, with its inputs. */
  readonly body: YamlNode
  /** The fields of its file. */
  readonly fields: Fields
  readonly metrics: OwnMetrics
  /** Whether the errors of its file are reported, or only those of its uses. */
  readonly isReported: boolean
}

/** A blueprint with an error of its own. */
export interface BrokenBlueprint {
  readonly kind: 'broken'
  readonly file: string
  readonly isReported: boolean
}

const UNITS: Readonly<Record<InputType, Unit>> = {
  money: { kind: 'money' },
  number: { kind: 'number' },
  percentage: { kind: 'percentage' },
  duration: { kind: 'duration' },
  text: { kind: 'text' },
  recipient: { kind: 'text' },
}

/** Reads a blueprint; `path` is its place in the file: `blueprints/0`. Null if its name or its rule has an error. */
export function readBlueprint(
  written: Partial<BlueprintSource>,
  path: string,
  metrics: OwnMetrics,
  fields: Fields,
): Blueprint | null {
  const name = fields.read(`${path}/name`, written.name, parseBlueprintName)
  const inputs = new Map<string, BlueprintInput>()
  for (const [input, given] of Object.entries(
    (written.inputs ?? {}) as Record<string, { type?: InputType; default?: string } | undefined>,
  )) {
    const at = `${path}/inputs/${input}`
    refuseName(input, at, metrics, fields)
    if (given?.type === undefined) continue
    const { type, default: fallback } = given
    fields.read(`${at}/default`, fallback, (text) => parseInput(text, type))
    inputs.set(input, { type, fallback: fallback ?? null, path: at })
  }
  if (name === null || written.rule === undefined) return null
  const { line } = fields.file.source.place(fields.span(`${path}/name`, 'value').start)
  return {
    kind: 'sound',
    name,
    file: fields.file.source.path,
    line,
    inputs,
    body: written.rule,
    fields,
    metrics,
    isReported: false,
  }
}

function parseBlueprintName(text: string): Reading<string> {
  if (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(text) && text.length <= 64) return { value: text, faults: [] }
  return refuse(
    text,
    'bad-name',
    'a blueprint’s name is kebab-case: small letters a to z and digits, with `-` between words',
    'for example `cap-cpa`',
  )
}

function refuseName(name: string, path: string, metrics: OwnMetrics, fields: Fields): void {
  if (!/^[a-z][a-z0-9_]{0,63}$/.test(name)) {
    fields.keyFault(path, 'bad-name', 'an input’s name consists of small letters a to z, digits and `_`', 'for example `max_cpa`')
  } else if (isReservedName(name) || metrics.has(name)) {
    fields.keyFault(path, 'name-taken', `\`${name}\` already has a meaning in rules`, 'choose another name')
  }
}

/** Returns the inputs without values, for checking the blueprint by itself. */
export const unboundInputs = ({ inputs }: Blueprint): ReadonlyMap<string, BoundInput> =>
  new Map([...inputs].map(([name, { type }]) => [name, { unit: UNITS[type], tree: null }]))

export const boundInput = (type: InputType, tree: Tree): BoundInput => ({ unit: UNITS[type], tree })

/** Reads the value of an input as a literal. Its currency is checked where it is used. */
export function parseInput(text: string, type: InputType): Reading<Tree> {
  const span = { start: 0, end: text.length }
  switch (type) {
    case 'text':
    case 'recipient':
      if (text.trim() === '') return refuse(text, 'empty', 'this is empty')
      return { value: { kind: 'text', value: text, span }, faults: [] }
    case 'money':
      // Compared with a cost per result, an amount may have more decimals than its currency. Each place that uses it checks this.
      return literal(text, parseMoney(text, undefined, { anyPrecision: true }))
    case 'percentage':
      return literal(text, parsePercentage(text))
    case 'duration':
      return literal(text, parseDuration(text))
    case 'number': {
      const { value, faults } = parseQuantity(text)
      if (value === null || value.unit === 'number') return literal(text, { value, faults })
      return refuse(text, 'unit-mismatch', 'this input is a plain number', 'for example `5`')
    }
  }
}

const literal = (text: string, { value, faults }: Reading<unknown>): Reading<Tree> => ({
  value: value === null ? null : parseExpressionTree(text).tree,
  faults,
})
