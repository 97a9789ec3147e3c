/** Reads the body of a webhook: YAML that is sent as JSON, with expressions in its texts. */

import { isMap, isScalar, isSeq, type Scalar } from 'yaml'

import { spanOfNode, textOf } from '../../document/node-text.js'
import { moveFaults } from '../../document/scalar.js'
import { reportIn, resolved, type YamlFile, type YamlNode } from '../../document/yaml-file.js'
import type { Vocabulary } from '../../expression/read/vocabulary.js'
import type { JsonTemplate } from '../rule.js'
import { parseTemplate } from './template.js'

/** The most values in one body. */
const MOST_VALUES = 500

/** Null if there is an error, which is then reported. */
export function readJsonTemplate(file: YamlFile, node: YamlNode, vocabulary: Vocabulary): JsonTemplate | null {
  const reader = new JsonReader(file, vocabulary)
  const read = reader.read(node)
  return reader.sound ? read : null
}

class JsonReader {
  sound = true
  private values = 0

  constructor(
    private readonly file: YamlFile,
    private readonly vocabulary: Vocabulary,
  ) {}

  read(written: unknown): JsonTemplate {
    const node = resolved(this.file, written)
    if (++this.values > MOST_VALUES) {
      if (this.values === MOST_VALUES + 1) this.refuse('too-large', `the body has more than ${MOST_VALUES} values`, node)
      return NULL
    }
    if (node === null || (isScalar(node) && node.value === null)) return NULL
    if (isSeq(node)) return { kind: 'list', items: node.items.map((item) => this.read(item)) }
    if (isMap(node)) {
      const members = node.items.map(({ key, value }): readonly [string, JsonTemplate] => {
        const keyNode = resolved(this.file, key)
        const name = keyNode === null ? null : textOf(keyNode)
        if (name === null) this.refuse('wrong-type', 'a key must be plain text', keyNode ?? node)
        return [name ?? '', this.read(value)]
      })
      return { kind: 'object', members: Object.fromEntries(members) }
    }
    const { value, type } = node as Scalar
    const plain = type === 'PLAIN' || type === undefined
    if (plain && (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))))
      return { kind: 'value', value }
    const text = textOf(node)
    if (text === null) {
      this.refuse('wrong-type', 'JSON cannot contain this', node)
      return NULL
    }
    if (text === '') return { kind: 'text', text: [] }
    const read = parseTemplate(text, this.vocabulary)
    for (const fault of moveFaults(read.faults, node, text, this.file.source.text)) reportIn(this.file, fault)
    if (read.value === null) this.sound = false
    return { kind: 'text', text: read.value ?? [] }
  }

  private refuse(code: string, message: string, node: YamlNode | null): void {
    this.sound = false
    reportIn(this.file, { code, message, span: node === null ? { start: 0, end: 1 } : spanOfNode(node) })
  }
}

const NULL: JsonTemplate = { kind: 'value', value: null }
