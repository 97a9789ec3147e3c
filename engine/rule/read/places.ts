/** Where the parts of a rule stand in its file: from a path such as `when.all[1]` to the text that it names. */

import { isMap, isScalar, isSeq } from 'yaml'

import { SourceFile } from '../../diagnostic/source.js'
import { spanOfNode, textOf } from '../../document/read-against-schema.js'
import { readYaml, resolved, type YamlFile, type YamlNode } from '../../document/yaml.js'
import type { Rule } from '../rule.js'
import type { RuleText } from './load.js'

export interface Place {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly length: number
}

interface PlacedRule {
  readonly node: YamlNode
  /** The line that it begins on, and that of its id or name. */
  readonly lines: readonly number[]
}

/** Names of a rule, and of a blueprint, as a whole. */
export const wholeRule = (id: string): string => `rule ${id}`
export const wholeBlueprint = (name: string): string => `blueprint ${name}`

interface PlacedFile {
  readonly yaml: YamlFile
  readonly rules: ReadonlyMap<string, PlacedRule>
  readonly blueprints: ReadonlyMap<string, PlacedRule>
}

/** One for each run: a file is read when a place in it is asked for first. */
export class RulePlaces {
  readonly #texts: ReadonlyMap<string, string>
  readonly #files = new Map<string, PlacedFile | null>()

  constructor(files: readonly RuleText[]) {
    this.#texts = new Map(files.map(({ path, text }) => [path, text]))
  }

  /** The nearest part above where the path itself is not written there, such as in a rule made of a blueprint. */
  placeOf(rule: Rule, path: string): Place {
    const file = this.#file(rule.file)
    return placeIn(file, file?.rules.get(rule.id), rule, path)
  }

  /** Where the same part stands in the blueprint that the rule was made of; null for a rule that is written out. */
  blueprintPlaceOf({ blueprint }: Rule, path: string): Place | null {
    if (blueprint === undefined) return null
    const file = this.#file(blueprint.file)
    return placeIn(file, file?.blueprints.get(blueprint.name), blueprint, path)
  }

  /** Whether the rule's own text, or that of its blueprint, has the key. */
  says(rule: Rule, key: string): boolean {
    const file = this.#file(rule.file)
    const placed = file?.rules.get(rule.id)
    if (file !== null && placed !== undefined && memberOf(file.yaml, placed.node, key) !== null) return true
    const own = rule.blueprint === undefined ? null : this.#file(rule.blueprint.file)
    const blueprint = own?.blueprints.get(rule.blueprint!.name)
    return own !== null && blueprint !== undefined && memberOf(own.yaml, blueprint.node, key) !== null
  }

  /** The first lines of each rule and blueprint of a file, with what they are. */
  firstLines(path: string): ReadonlyMap<number, string> {
    const file = this.#file(path)
    const lines = new Map<number, string>()
    for (const [id, { lines: own }] of file?.rules ?? []) for (const line of own) lines.set(line, wholeRule(id))
    for (const [name, { lines: own }] of file?.blueprints ?? []) for (const line of own) lines.set(line, wholeBlueprint(name))
    return lines
  }

  #file(path: string): PlacedFile | null {
    const known = this.#files.get(path)
    if (known !== undefined) return known
    const text = this.#texts.get(path)
    const placed = text === undefined ? null : placedFile(path, text)
    this.#files.set(path, placed)
    return placed
  }
}

function placedFile(path: string, text: string): PlacedFile | null {
  const source = new SourceFile(path, text)
  const yaml = readYaml(source)
  if (yaml === null || yaml.root === null) return null
  const rules = placedItems(yaml, memberOf(yaml, yaml.root, 'rules'), 'id')
  const blueprints = placedItems(yaml, memberOf(yaml, yaml.root, 'blueprints'), 'name')
  const bodies = [...blueprints].flatMap(([name, { node, lines }]) => {
    const body = memberOf(yaml, node, 'rule')
    return body === null ? [] : [[name, { node: body, lines }] as const]
  })
  return { yaml, rules, blueprints: new Map(bodies) }
}

function placedItems(yaml: YamlFile, list: YamlNode | null, key: 'id' | 'name'): Map<string, PlacedRule> {
  const found = new Map<string, PlacedRule>()
  for (const item of isSeq(list) ? list.items : []) {
    const node = resolved(yaml, item)
    const named = node === null ? null : memberOf(yaml, node, key)
    const name = named === null ? null : textOf(named)
    if (node === null || named === null || name === null || found.has(name)) continue
    const lines = [node, named].map((each) => yaml.source.place(spanOfNode(each).start).line)
    found.set(name, { node, lines })
  }
  return found
}

function placeIn(
  file: PlacedFile | null,
  placed: PlacedRule | undefined,
  whole: { file: string; line: number },
  path: string,
): Place {
  if (file === null || placed === undefined) return { file: whole.file, line: whole.line, column: 1, length: 1 }
  const node = nodeAt(file.yaml, placed.node, path) ?? nodeAt(file.yaml, placed.node, 'id') ?? placed.node
  const { start, end } = spanOfNode(firstLineOf(node))
  const { line, column, lineEnd } = file.yaml.source.place(start)
  return { file: whole.file, line, column, length: Math.max(1, Math.min(end, lineEnd) - start) }
}

/** The value of a key. */
function memberOf(file: YamlFile, node: unknown, key: string): YamlNode | null {
  if (!isMap(node)) return null
  for (const { key: own, value } of node.items) {
    const found = resolved(file, own)
    if (found !== null && textOf(found) === key) return resolved(file, value)
  }
  return null
}

function nodeAt(file: YamlFile, rule: YamlNode, path: string): YamlNode | null {
  let node: YamlNode | null = rule
  let found: YamlNode | null = null
  for (const part of path.match(/[^.[\]]+/g) ?? []) {
    // What follows a list's index may be the one thing that stands there.
    node = /^\d+$/.test(part) && isSeq(node) ? resolved(file, node.items[Number(part)]) : memberOf(file, node, part)
    if (node === null) break
    found = node
  }
  return found
}

/** A caret under a whole list or map would run over its lines: its first key or item is enough. */
function firstLineOf(node: YamlNode): YamlNode {
  if (isScalar(node)) return node
  if (isMap(node) && node.flow !== true && node.items.length > 0) return firstLineOf(node.items[0]!.key as YamlNode)
  if (isSeq(node) && node.flow !== true && node.items.length > 0) return firstLineOf(node.items[0] as YamlNode)
  return node
}
