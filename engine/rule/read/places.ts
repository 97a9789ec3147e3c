/** Finds the parts of a rule in its file: from a path such as `when.all[1]` to its line and column. */

import { isMap, isScalar, isSeq } from 'yaml'

import { SourceFile } from '../../diagnostic/source.js'
import { spanOfNode, textOf } from '../../document/node-text.js'
import { resolved, type YamlFile, type YamlNode } from '../../document/yaml-file.js'
import { readYaml } from '../../document/yaml.js'
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
  /** The line on which it begins, and the line of its id or name. */
  readonly lines: readonly number[]
}

/** How places refer to a whole rule or blueprint. */
export const wholeRule = (id: string): string => `rule ${id}`
export const wholeBlueprint = (name: string): string => `blueprint ${name}`

interface PlacedFile {
  readonly yaml: YamlFile
  readonly rules: ReadonlyMap<string, PlacedRule>
  readonly blueprints: ReadonlyMap<string, PlacedRule>
}

/** Places in rule files. Make one for each run; each file is parsed when it is first needed. */
export class RulePlaces {
  readonly #texts: ReadonlyMap<string, string>
  readonly #files = new Map<string, PlacedFile | null>()

  constructor(files: readonly RuleText[]) {
    this.#texts = new Map(files.map(({ path, text }) => [path, text]))
  }

  /**
   * Returns the place of `path` in the rule, or of the nearest existing part above it, for example in a rule that uses a
   * blueprint.
   */
  placeOf(rule: Rule, path: string): Place {
    const file = this.#file(rule.file)
    return placeIn(file, file?.rules.get(rule.id), rule, path)
  }

  /** Returns the place of the same part in the blueprint that the rule uses; null for a rule without a blueprint. */
  blueprintPlaceOf({ blueprint }: Rule, path: string): Place | null {
    if (blueprint === undefined) return null
    const file = this.#file(blueprint.file)
    return placeIn(file, file?.blueprints.get(blueprint.name), blueprint, path)
  }

  /** Returns whether the text of the rule or of its blueprint has the key. */
  says(rule: Rule, key: string): boolean {
    const file = this.#file(rule.file)
    const placed = file?.rules.get(rule.id)
    if (file !== null && placed !== undefined && memberOf(file.yaml, placed.node, key) !== null) return true
    const own = rule.blueprint === undefined ? null : this.#file(rule.blueprint.file)
    const blueprint = own?.blueprints.get(rule.blueprint!.name)
    return own !== null && blueprint !== undefined && memberOf(own.yaml, blueprint.node, key) !== null
  }

  /** Returns the first lines of each rule and blueprint of a file, with their names. */
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

/** Returns the value of a key; null if the node is no map or lacks the key. */
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
    // An index also applies to a single value, which YAML allows in place of a list.
    node = /^\d+$/.test(part) && isSeq(node) ? resolved(file, node.items[Number(part)]) : memberOf(file, node, part)
    if (node === null) break
    found = node
  }
  return found
}

/** Returns the first key or item of a list or map: a marker under the whole of it would span several lines. */
function firstLineOf(node: YamlNode): YamlNode {
  if (isScalar(node)) return node
  if (isMap(node) && node.flow !== true && node.items.length > 0) return firstLineOf(node.items[0]!.key as YamlNode)
  if (isSeq(node) && node.flow !== true && node.items.length > 0) return firstLineOf(node.items[0] as YamlNode)
  return node
}
