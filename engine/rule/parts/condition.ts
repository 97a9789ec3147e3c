/** Reads `where`, `when`, `clear` and `check` from YAML nodes into a tree of comparisons. */

import { isMap, isScalar, isSeq, type Pair, type Scalar, type YAMLMap } from 'yaml'

import type { Fault } from '../../diagnostic/fault.js'
import { didYouMean } from '../../diagnostic/nearest.js'
import { spanOfNode, textOf } from '../../document/node-text.js'
import { moveFaults } from '../../document/scalar.js'
import { reportIn, resolved, type YamlFile, type YamlNode } from '../../document/yaml-file.js'
import { unquotedCondition } from '../../document/yaml-pitfalls.js'
import { parseComparison } from '../../expression/read/parse.js'
import { parseComparisonTree } from '../../expression/read/parser.js'
import type { Vocabulary } from '../../expression/read/vocabulary.js'
import type { Condition } from '../rule.js'

const JOINTS = ['all', 'any', 'not'] as const

/**
 * Reads a condition; `path` is its name in traces: `when`, then `when.all[1]`. Null if there is an error, which is then reported.
 */
export function readCondition(file: YamlFile, node: YamlNode, path: string, vocabulary: Vocabulary): Condition | null {
  return new ConditionReader(file, vocabulary).read(node, path, false, null)
}

/** Finds a window without its brackets (`spend last_3d > 10`). Null if brackets would not make the text valid. */
function windowWithoutBrackets(text: string, vocabulary: Vocabulary): Fault | null {
  const found = /\b([a-z_]+)\s+(today|yesterday|(?:last_|this_)?(?:\d{1,3}[dh]|hour|week|month)|lifetime)\b/.exec(text)
  if (found === null) return null
  const [whole, name, window] = found
  for (const written of [window!, `last_${window!}`]) {
    const meant = `${name!}[${written}]`
    const { value, faults } = parseComparison(text.replace(whole, meant), vocabulary)
    if (value === null || faults.length > 0) continue
    const span = { start: found.index, end: found.index + whole.length }
    return { code: 'missing-window', message: 'a window is written in brackets', span, hint: `write \`${meant}\`` }
  }
  return null
}

class ConditionReader {
  constructor(
    private readonly file: YamlFile,
    private readonly vocabulary: Vocabulary,
  ) {}

  /** `inFlow` says whether the node is within `[ ]` or `{ }`; `key` is the key before it, for the hint. */
  read(written: unknown, path: string, inFlow: boolean, key: string | null): Condition | null {
    const node = resolved(this.file, written)
    if (node === null || (isScalar(node) && node.value === null)) {
      const span = node === null ? { start: 0, end: 1 } : spanOfNode(node)
      return this.refuse('empty', 'there is no condition here', span, 'for example `cpa[last_3d] > 120 TRY`')
    }
    if (isSeq(node)) return this.list('all', node.items, node, path, node.flow === true)
    if (isMap(node)) return this.joint(node, path)
    const text = textOf(node)
    if (text === null) return this.refuse('wrong-type', 'this is not a condition', spanOfNode(node))
    return this.leaf(node as Scalar & YamlNode, text, path, inFlow, key)
  }

  private leaf(node: Scalar & YamlNode, text: string, path: string, inFlow: boolean, key: string | null): Condition | null {
    const plain = node.type === 'PLAIN' || node.type === undefined
    const lead = key === null ? '- ' : `${key}: `
    const [start, end] = node.range ?? [0, 0]
    if (plain && inFlow && !/^[\p{L}_][\p{L}\p{N}_.]*$/u.test(text)) {
      reportIn(this.file, { ...unquotedCondition(start, text, ''), message: 'a condition within brackets must be quoted' })
      return null
    }
    const { value, faults } = parseComparison(text, this.vocabulary)
    const rest = restOfLine(this.file.source.text, end)
    if (plain && /^\s+#/.test(rest) && faults.some((fault) => fault.code === 'unterminated-text')) {
      reportIn(this.file, { ...unquotedCondition(start, text + rest, lead), message: 'YAML reads ` #` as a comment' })
      return null
    }
    const windowless = value === null ? windowWithoutBrackets(text, this.vocabulary) : null
    if (windowless !== null) {
      for (const fault of moveFaults([windowless], node, text, this.file.source.text)) reportIn(this.file, fault)
      return null
    }
    const dashless = value === null && plain ? this.missingDash(start, end) : null
    if (dashless !== null) {
      reportIn(this.file, dashless)
      return null
    }
    for (const fault of moveFaults(faults, node, text, this.file.source.text)) reportIn(this.file, fault)
    return value === null ? null : { kind: 'leaf', path, text: text.trim(), comparison: value }
  }

  /** Finds conditions on several lines without dashes, which YAML folds into one text. */
  private missingDash(start: number, end: number): Fault | null {
    const { source } = this.file
    const lines = source.text.slice(start, end).split('\n')
    if (lines.length < 2 || !lines.every((line) => parseComparisonTree(line.trim()).faults.length === 0)) return null
    const isFirst = !/-\s+$/.test(source.text.slice(source.startOfLine(start), start))
    const at = isFirst ? start : start + lines[0]!.length + 1 + lines[1]!.search(/\S/)
    const written = (isFirst ? lines[0]! : lines[1]!).trim()
    const span = { start: at, end: at + written.length }
    return { code: 'syntax', message: 'a condition of a list has a dash before it', span, hint: `write \`- ${written}\`` }
  }

  private joint(node: YAMLMap & YamlNode, path: string): Condition | null {
    const [pair, second] = node.items as Pair[]
    if (pair === undefined) return this.refuse('empty', 'there is no condition here', spanOfNode(node))
    const keyNode = resolved(this.file, pair.key)
    const key = keyNode === null ? null : textOf(keyNode)
    const joint = JOINTS.find((joint) => joint === key)
    if (keyNode === null || key === null || joint === undefined) return this.notAJoint(node, keyNode, key)
    if (second !== undefined) {
      const span = spanOfNode(resolved(this.file, second.key) ?? node)
      const hint = 'write them as items of a list: all must be true'
      return this.refuse('several-joints', `\`${joint}\` must be the only key here`, span, hint)
    }
    const value = resolved(this.file, pair.value)
    const inner = `${path}.${joint}`
    const flow = node.flow === true
    if (joint === 'not') {
      const condition = this.read(value ?? keyNode, inner, flow, 'not')
      return condition === null ? null : { kind: 'not', path: inner, condition }
    }
    if (!isSeq(value)) {
      return this.refuse(
        'wrong-type',
        `\`${joint}\` takes a list`,
        spanOfNode(value ?? keyNode),
        'each condition on a line, after `- `',
      )
    }
    return this.list(joint, value.items, value, inner, flow || value.flow === true)
  }

  private list(kind: 'all' | 'any', items: readonly unknown[], node: YamlNode, path: string, inFlow: boolean): Condition | null {
    if (items.length === 0) return this.refuse('empty', 'the list of conditions is empty', spanOfNode(node))
    const conditions = items.map((item, index) => this.read(item, `${path}[${index}]`, inFlow, null))
    return conditions.includes(null) ? null : { kind, path, conditions: conditions as Condition[] }
  }

  /**
   * Reports a map without `all`, `any` or `not`. It may be a condition such as `name contains "a: b"`, which YAML reads as keys.
   */
  private notAJoint(node: YAMLMap & YamlNode, keyNode: YamlNode | null, key: string | null): null {
    const span = spanOfNode(keyNode ?? node)
    const meant = key === null ? undefined : (noneOf(this.file, key, (node.items as Pair[])[0]?.value) ?? didYouMean(key, JOINTS))
    if (node.flow === true && meant === undefined) {
      const [start, end] = node.range ?? [0, 0]
      const written = this.file.source.text.slice(start, end).trim()
      if (!written.includes('\n')) {
        reportIn(this.file, unquotedCondition(start, written, ''))
        return null
      }
    }
    if (key !== null && /[\s"'[<>=(]/.test(key)) {
      if (/^\s*:\s*(#|$)/.test(restOfLine(this.file.source.text, span.end)))
        return this.refuse('syntax', 'a condition has no colon after it', span, `remove the colon: \`${key}\``)
      const line = (this.file.source.text.slice(span.start, span.end) + restOfLine(this.file.source.text, span.end)).trimEnd()
      reportIn(this.file, { ...unquotedCondition(span.start, line, '- '), message: 'YAML reads `: ` as a key and its value' })
      return null
    }
    const hint = meant ?? 'a condition is a comparison, a list, `all:`, `any:` or `not:`'
    return this.refuse('unknown-key', `a condition has no key \`${key ?? ''}\``, span, hint)
  }

  private refuse(code: string, message: string, span: { start: number; end: number }, hint?: string): null {
    reportIn(this.file, { code, message, span, ...(hint === undefined ? {} : { hint }) })
    return null
  }
}

/** A hint with longer conditions would not be read. */
const LONGEST_LIST = 160

/** The hint for `none:` is `not: { any: … }`, because `not` of the list itself would mean “not all of them”. */
function noneOf(file: YamlFile, key: string, value: unknown): string | undefined {
  if (!/^(none|none_?of|no|nor|neither|hi[cç]biri|de[gğ]il)$/i.test(key) || !isSeq(value)) return undefined
  const texts = value.items.map((item) => asWritten(file, item))
  const list = texts.map((text) => JSON.stringify(text)).join(', ')
  const isShort = texts.length > 0 && !texts.includes(null) && list.length <= LONGEST_LIST
  return `did you mean \`not: { any: [${isShort ? list : '…'}] }\`?`
}

/** Returns the text of a line from the file: for a text that lacks its quotes, the node contains a placeholder. */
function asWritten(file: YamlFile, item: unknown): string | null {
  if (!isScalar(item) || !item.range) return null
  const written = file.source.text.slice(item.range[0], item.range[1]).trim()
  if (written.includes('\n')) return null
  return /^["']/.test(written) ? textOf(item as YamlNode) : written
}

function restOfLine(text: string, from: number): string {
  const end = text.indexOf('\n', from)
  return text.slice(from, end < 0 ? undefined : end)
}
