/** Where the parts of a rule stand in its file: from a path such as `when.all[1]` to the text that it names. */

import { isMap, isScalar, isSeq } from 'yaml'

import { SourceFile } from '../diagnostic/source.js'
import { spanOfNode, textOf } from '../document/shape.js'
import { readYaml, resolved, type YamlFile, type YamlNode } from '../document/yaml.js'
import type { RuleText } from '../rule/load.js'
import type { Rule } from '../rule/rule.js'

export interface Place {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly length: number
}

interface PlacedRule {
  readonly node: YamlNode
  readonly idLine: number
}

interface PlacedFile {
  readonly yaml: YamlFile
  readonly rules: ReadonlyMap<string, PlacedRule>
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
    const placed = file?.rules.get(rule.id)
    if (file === null || placed === undefined) return { file: rule.file, line: rule.line, column: 1, length: 1 }
    const node = nodeAt(file.yaml, placed.node, path) ?? nodeAt(file.yaml, placed.node, 'id') ?? placed.node
    const { start, end } = spanOfNode(firstLineOf(node))
    const { line, column, lineEnd } = file.yaml.source.place(start)
    return { file: rule.file, line, column, length: Math.max(1, Math.min(end, lineEnd) - start) }
  }

  /** Whether the rule's own text has the key. */
  says(rule: Rule, key: string): boolean {
    const file = this.#file(rule.file)
    const placed = file?.rules.get(rule.id)
    if (file === null || placed === undefined) return false
    return memberOf(file.yaml, placed.node, key) !== null
  }

  /** The first line of each rule of a file, with its id. */
  firstLines(path: string): ReadonlyMap<number, string> {
    const file = this.#file(path)
    const lines = new Map<number, string>()
    for (const [id, { node, idLine }] of file?.rules ?? []) {
      lines.set(file!.yaml.source.place(spanOfNode(node).start).line, id)
      lines.set(idLine, id)
    }
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
  const rules = new Map<string, PlacedRule>()
  const list = memberOf(yaml, yaml.root, 'rules')
  for (const item of isSeq(list) ? list.items : []) {
    const node = resolved(yaml, item)
    const idNode = node === null ? null : memberOf(yaml, node, 'id')
    const id = idNode === null ? null : textOf(idNode)
    if (node === null || id === null || rules.has(id)) continue
    rules.set(id, { node, idLine: source.place(spanOfNode(idNode!).start).line })
  }
  return { yaml, rules }
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
