/** Hints for values that YAML reads as something other than what was probably meant. */

import { isMap, isSeq } from 'yaml'

import { spanOfNode, textOf } from './node-text.js'
import { nameOf, type Schema, typesOf } from './schema-words.js'
import type { YamlFile, YamlNode } from './yaml-file.js'

/** The hint for `add: #tired`, where YAML reads the value as a comment. */
export function commentHint(file: YamlFile, key: YamlNode, schema: Schema): string | undefined {
  const { source } = file
  const { end } = spanOfNode(key)
  const written = /^\s*:\s+(#[^\s#"]+)\s*$/.exec(source.text.slice(end, source.endOfLine(end)))?.[1]
  if (written === undefined || !typesOf(schema).some((type) => type === 'string' || type === 'array')) return undefined
  const value = typesOf(schema).includes('array') ? `["${written}"]` : `"${written}"`
  return `\`#\` begins a comment: put it in quotes: \`${nameOf(key)!}: ${value}\``
}

/** The hint for a list without its brackets: `then: pause, start`. */
export function listHint(schema: Schema, node: YamlNode): string | undefined {
  if (!typesOf(schema).includes('array')) return undefined
  const text = textOf(node)
  if (isMap(node)) return 'each on a line of its own, after `- `'
  if (text === null || !/^[\w-]+(\s*,\s*[\w-]+)*$/.test(text)) return undefined
  return `did you mean \`[${text}]\`?`
}

/** The hint for text that begins with a bracket, which YAML reads as a list or a map. */
export function quotedHint(file: YamlFile, schema: Schema, node: YamlNode): string | undefined {
  if (!typesOf(schema).includes('string') || !(isMap(node) || isSeq(node)) || node.flow !== true || !node.range) return undefined
  const written = file.source.text.slice(node.range[0], node.range[1]).trim()
  return /[\n"]/.test(written) || written.length > 80
    ? 'put text that begins with a bracket in quotes'
    : `put it in quotes: \`"${written}"\``
}
