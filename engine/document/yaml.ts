/** YAML text to a document whose every node knows its place, with faults in words that do not presume knowledge of YAML's grammar. */

import {
  isAlias,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  parseDocument,
  type Document,
  type Node,
  type YAMLError,
} from 'yaml'

import type { Fault } from '../diagnostic/fault.js'
import type { SourceFile } from '../diagnostic/source.js'
import { depthFault } from './depth.js'
import { trapOfLine } from './trap.js'

export type YamlNode = Node & { range?: [number, number, number] | null }

/** By alias; null where nothing is anchored by that name before it. */
type Aliases = ReadonlyMap<unknown, YamlNode | null>

export interface YamlFile {
  readonly source: SourceFile
  /** What every alias stands for. */
  readonly aliases: Aliases
  /** Null for an empty file. */
  readonly root: YamlNode | null
  /** Offset of the first fault of form: what is read from there on is a guess. */
  readonly brokenFrom: number | null
  /** Where a fault was told that no other fault within should follow. */
  readonly told: readonly Fault['span'][]
}

/** Reports a fault, but for an echo: one behind the place where YAML itself broke, or within what was told already. */
export function reportIn(file: YamlFile, fault: Fault): void {
  // What seems to be missing may well stand behind the break.
  if (file.told.some(({ start, end }) => fault.span.start >= start && fault.span.start < end)) return
  if (file.brokenFrom !== null && (fault.code === 'missing-key' || fault.span.start >= file.brokenFrom)) return
  file.source.report(fault)
}

/** Nodes that one file may stand for once its aliases are followed; a bomb of nine levels would be a thousand million. */
const MOST_NODES = 100_000

/** Null where the text can't be read at all; the faults then stand in `source`. */
export function readYaml(source: SourceFile): YamlFile | null {
  const fault = depthFault(source.text)
  if (fault !== null) {
    source.report(fault)
    return null
  }
  const { document, traps } = parsePastTraps(source)
  for (const trap of traps) source.report(trap)
  const told = traps.map(({ span }) => span)
  const brokenFrom = reportErrors(source, document.errors)
  for (const warning of document.warnings.slice(0, 10)) {
    const span = { start: warning.pos[0], end: warning.pos[1] }
    source.report({ code: 'unsupported-yaml', message: firstLine(warning.message), span, hint: 'leave the tag or directive out' })
  }
  const root = document.contents
  const aliases = aliasesOf(root)
  const file = { source, aliases, root, brokenFrom, told }
  return root === null || checkNodes(file, root) ? file : null
}

/** Traps that are stepped over in one file; each costs a reading. */
const MOST_TRAPS = 10

/**
 * Where a fault is a trap that we know, its text is covered with quoted letters of the same length and the file is read
 * again, so that what follows is read as if the trap were mended, and every offset stays.
 */
function parsePastTraps(source: SourceFile): { document: Document; traps: readonly Fault[] } {
  const traps: Fault[] = []
  let { text } = source
  for (;;) {
    const document = parse(text)
    const first = document.errors.reduce<number | null>((least, { pos }) => Math.min(least ?? pos[0], pos[0]), null)
    if (first === null || traps.length >= MOST_TRAPS) return { document, traps }
    const { line } = source.place(first)
    const trap = traps.some(({ span }) => source.place(span.start).line === line) ? null : trapOfLine(source, line)
    const length = trap === null ? 0 : trap.span.end - trap.span.start
    if (trap === null || length < 2) return { document, traps }
    traps.push(trap)
    text = `${text.slice(0, trap.span.start)}"${'x'.repeat(length - 2)}"${text.slice(trap.span.end)}`
  }
}

const parse = (text: string): Document =>
  parseDocument(text, {
    prettyErrors: false,
    // Its own check compares every key with every other; `checkNodes` counts them instead.
    uniqueKeys: false,
    stringKeys: false,
    resolveKnownTags: false,
    merge: false,
    version: '1.2',
  })

/** The node itself, or what an alias stands for. */
export function resolved(file: YamlFile, node: unknown): YamlNode | null {
  if (isAlias(node)) return file.aliases.get(node) ?? null
  return (node as YamlNode | null | undefined) ?? null
}

/** In one walk: `yaml`'s own resolving of an alias walks the whole document each time. */
function aliasesOf(root: unknown): Aliases {
  const aliases = new Map<unknown, YamlNode | null>()
  const anchors = new Map<string, YamlNode>()
  const walk = (node: unknown): void => {
    if (isPair(node)) {
      walk(node.key)
      walk(node.value)
    } else if (isAlias(node)) {
      aliases.set(node, anchors.get(node.source) ?? null)
    } else if (isNode(node)) {
      const { anchor } = node as { anchor?: string }
      if (anchor !== undefined) anchors.set(anchor, node)
      if (isCollection(node)) node.items.forEach(walk)
    }
  }
  walk(root)
  return aliases
}

function reportErrors(source: SourceFile, errors: readonly YAMLError[]): number | null {
  let first: number | null = null
  const lines = new Set<number>()
  for (const error of errors) {
    const [start, end] = error.pos
    const { line } = source.place(start)
    first = first === null ? start : Math.min(first, start)
    // What follows a fault on its line, and in a broken list on the next, is mostly its echo.
    if (lines.has(line) || lines.size >= 20) continue
    lines.add(line)
    source.report({ ...inWords(error), span: { start, end: Math.max(end, start + 1) } })
  }
  return first
}

function inWords(error: YAMLError): { code: string; message: string; hint?: string } {
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return { code: 'yaml-tab', message: 'a tab does not indent in YAML', hint: 'use spaces' }
    case 'MULTIPLE_DOCS':
      return {
        code: 'several-documents',
        message: 'the file holds several documents',
        hint: 'one file, one document: take `---` out',
      }
    case 'BLOCK_AS_IMPLICIT_KEY':
      return {
        code: 'yaml-syntax',
        message: 'a second `: ` on the line makes no sense to YAML',
        hint: 'put text that holds `: ` in quotes',
      }
    case 'BAD_INDENT':
      return { code: 'yaml-syntax', message: `the indentation does not fit: ${lowerFirst(firstLine(error.message))}` }
    case 'RESOURCE_EXHAUSTION':
      return { code: 'too-deep', message: 'the text is nested too deeply' }
    default:
      return { code: 'yaml-syntax', message: lowerFirst(firstLine(error.message)) }
  }
}

/** Duplicate keys, aliases without an anchor, alias bombs. False where the document must not be walked. */
function checkNodes({ source, aliases, brokenFrom }: YamlFile, root: YamlNode): boolean {
  let visited = 0
  let hasAliases = false
  const open = new Set<unknown>()
  const spanOf = (node: { range?: [number, number, number] | null }) => ({
    start: node.range?.[0] ?? 0,
    end: node.range?.[1] ?? 1,
  })
  const walk = (node: unknown): boolean => {
    if (++visited > MOST_NODES) {
      const message = `${hasAliases ? 'with its aliases ' : ''}the file stands for more than ${MOST_NODES} values`
      source.report({ code: hasAliases ? 'alias-bomb' : 'too-large', message, span: spanOf(root) })
      return false
    }
    if (isAlias(node)) {
      hasAliases = true
      const target = aliases.get(node) ?? null
      if (target === null) {
        source.report({
          code: 'unknown-alias',
          message: `nothing is anchored as \`&${node.source}\``,
          span: spanOf(node),
          hint: 'put text that begins with `*` in quotes',
        })
        return false
      }
      if (open.has(target)) {
        source.report({ code: 'alias-bomb', message: `\`*${node.source}\` stands inside of itself`, span: spanOf(node) })
        return false
      }
      return walk(target)
    }
    if (isPair(node)) return walk(node.key) && walk(node.value)
    if (!isCollection(node)) return true
    open.add(node)
    if (isMap(node)) reportDuplicates(node.items)
    const sound = node.items.every(walk)
    open.delete(node)
    return sound
  }
  const told = new Set<unknown>()
  const reportDuplicates = (pairs: readonly { key: unknown }[]) => {
    const seen = new Set<unknown>()
    for (const { key } of pairs) {
      if (!isScalar(key)) continue
      if (seen.has(key.value) && !told.has(key) && (key.range?.[0] ?? 0) < (brokenFrom ?? Infinity)) {
        told.add(key)
        const message = `the key \`${String(key.value)}\` stands here twice`
        source.report({ code: 'duplicate-key', message, span: spanOf(key), hint: 'take one of them out' })
      }
      seen.add(key.value)
    }
  }
  return walk(root)
}

const firstLine = (message: string): string => message.split('\n', 1)[0]!

const lowerFirst = (message: string): string => message.charAt(0).toLowerCase() + message.slice(1)
