/** What a JSON Schema expects of a node, and the words for it in messages. */

import { isMap, isScalar, isSeq } from 'yaml'

import { didYouMean } from '../diagnostic/nearest.js'
import { textOf } from './node-text.js'
import { type YamlNode } from './yaml-file.js'

/** The part of JSON Schema that our files use. */
export interface Schema {
  /** Several types for text that may also be written as a bare number. It is still read as text. */
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean
  /** TypeBox's form of a record: a single pattern, which matches every key. */
  readonly patternProperties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Schema[]
  readonly $ref?: string
  readonly examples?: readonly unknown[]
}

/** Whether the schema allows a node of this kind; values are not checked. */
export function fits(schema: Schema, node: YamlNode): boolean {
  if (schema.$ref !== undefined) return true
  if (schema.anyOf !== undefined) return schema.anyOf.some((branch) => fits(branch, node))
  const types = typesOf(schema)
  if (isMap(node)) return types.includes('object')
  if (isSeq(node)) return types.includes('array')
  if (!isScalar(node) || node.value === null) return false
  return types.some((type) => {
    switch (type) {
      case 'string':
        return true
      case 'number':
        return typeof node.value === 'number'
      case 'integer':
        return typeof node.value === 'number' && Number.isSafeInteger(node.value)
      case 'boolean':
        return typeof node.value === 'boolean'
      default:
        return false
    }
  })
}

export function typesOf(schema: Schema): readonly string[] {
  if (schema.type !== undefined) return typeof schema.type === 'string' ? [schema.type] : schema.type
  return schema.enum !== undefined ? ['string'] : []
}

/** Describes what a schema expects, for messages: `a list`. */
export function inWords(schema: Schema): string {
  if (schema.enum !== undefined) return 'one word'
  switch (typesOf(schema)[0]) {
    case 'string':
      return 'text'
    case 'number':
      return 'a number'
    case 'integer':
      return 'a whole number'
    case 'boolean':
      return '`true` or `false`'
    case 'array':
      return 'a list'
    default:
      return schema.anyOf === undefined ? 'a set of keys with values' : schema.anyOf.map(inWords).join(' or ')
  }
}

/** Describes a node for messages: `a list`, or its text. */
export function kindOf(node: YamlNode): string {
  if (isMap(node)) return 'a set of keys'
  if (isSeq(node)) return 'a list'
  if (isScalar(node) && node.value === null) return 'empty'
  return isScalar(node) ? `\`${clip(textOf(node) ?? '')}\`` : 'something else'
}

export function exampleOf(schema: Schema): string | undefined {
  const example = schema.examples?.[0] ?? schema.enum?.[0]
  return example === undefined ? undefined : `for example \`${typeof example === 'string' ? example : JSON.stringify(example)}\``
}

export const nameOf = (key: YamlNode | null): string | null => (key === null ? null : textOf(key))

/** Returns the hint for a key that probably means `meant`: `increase: 20%` means `change: +20%`. */
export function meantHint(meant: string, name: string, value: string | null): string {
  const amount = value !== null && /^\d/.test(value) ? value : null
  if (meant !== 'change' || amount === null) return `did you mean \`${meant}\`?`
  if (/^(increase|raise|up|add|more|grow)(_by)?$/i.test(name)) return `did you mean \`change: +${amount}\`?`
  if (/^(decrease|lower|reduce|down|cut|less)(_by)?$/i.test(name)) return `did you mean \`change: -${amount}\`?`
  return `did you mean \`change: +${amount}\` or \`change: -${amount}\`?`
}

/** Returns the hint for a word that probably means a key with a value: `notify` means `whatsapp: …`. */
export function keyMeant(text: string, branches: readonly Schema[]): string | undefined {
  const choices = branches.flatMap((branch) => (branch.enum ?? []).map(String))
  if (didYouMean(text, choices) !== undefined) return undefined
  const keys = Object.assign({}, ...branches.map(({ properties }) => properties ?? {})) as Readonly<Record<string, Schema>>
  const names = Object.keys(keys).filter((name) => !choices.includes(name))
  const meant = names.includes(text) ? text : /`(.*)`/.exec(didYouMean(text, names) ?? '')?.[1]
  if (meant === undefined) return undefined
  const example = writtenExample(keys[meant]!)
  return `did you mean \`${meant}: ${example}\`?`
}

function writtenExample(schema: Schema): string {
  const example = schema.examples?.[0] ?? schema.enum?.[0]
  if (example !== undefined) return typeof example === 'string' ? example : JSON.stringify(example)
  const members = Object.entries(schema.properties ?? {}).filter(([name]) => schema.required?.includes(name) === true)
  if (members.length === 0) return '…'
  return `{ ${members.map(([name, member]) => `${name}: ${quotedIfNeeded(writtenExample(member))}`).join(', ')} }`
}

const quotedIfNeeded = (text: string): string => (/^[\w$-]+$/.test(text) ? text : JSON.stringify(text))

export const clip = (text: string): string => (text.length > 40 ? `${text.slice(0, 39)}…` : text)
