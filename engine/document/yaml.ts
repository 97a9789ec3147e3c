/** Reads YAML text into a document whose nodes have their offsets. Its messages do not presume knowledge of YAML's grammar. */

import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  type Node,
  parseDocument,
  type YAMLError,
} from 'yaml'

import type { Fault } from '../diagnostic/fault.js'
import type { SourceFile } from '../diagnostic/source.js'
import { quoteScalar } from '../text/quote.js'
import { depthFault } from './depth.js'
import { slipOfComma } from './slips/comma.js'
import { slipOfFolded } from './slips/folded.js'
import { slipBefore } from './slips/slip.js'
import { trapOfLine, unquotedText } from './yaml-pitfalls.js'

export type YamlNode = Node & { range?: [number, number, number] | null }

/** The anchored node of each alias; null if no anchor of that name precedes it. */
type Aliases = ReadonlyMap<unknown, YamlNode | null>

export interface YamlFile {
  readonly source: SourceFile
  /** The node that each alias refers to. */
  readonly aliases: Aliases
  /** Null for an empty file. */
  readonly root: YamlNode | null
  /** Offset of the first syntax error; whatever is read after it is a guess. Null if there is none. */
  readonly brokenFrom: number | null
  /** Spans with a reported fault; further faults that start within them are dropped. */
  readonly reportedSpans: Fault['span'][]
}

/**
 * Reports a fault unless it only follows from another: it starts after the first syntax error, or within a span that was
 * reported.
 */
export function reportIn(file: YamlFile, fault: Fault): void {
  // What seems to be missing may be after the syntax error.
  if (file.reportedSpans.some(({ start, end }) => fault.span.start >= start && fault.span.start < end)) return
  if (file.brokenFrom !== null && (fault.code === 'missing-key' || fault.code === 'empty' || fault.span.start >= file.brokenFrom))
    return
  file.source.report(fault)
}

/** The most nodes of a file with its aliases expanded. An alias bomb of nine levels would have a billion. */
const MOST_NODES = 100_000

/** Returns null if the text cannot be read at all. Faults are reported to `source`. */
export function readYaml(source: SourceFile): YamlFile | null {
  const fault = depthFault(source.text)
  if (fault !== null) {
    source.report(fault)
    return null
  }
  const { document, traps, slip } = parsePastTraps(source)
  for (const trap of traps) source.report(trap)
  const reportedSpans = traps.map(({ span }) => ({ ...span }))
  const brokenFrom = reportErrors(source, document.errors, slip)
  for (const warning of document.warnings.slice(0, 10)) {
    const span = { start: warning.pos[0], end: warning.pos[1] }
    const tag = source.text.slice(span.start, span.end)
    reportedSpans.push({ start: span.start, end: source.endOfLine(span.start) + 1 })
    const isWord = /^!\w/.test(tag)
    source.report({
      code: 'unsupported-yaml',
      message: isWord ? 'text that begins with `!` needs quotes' : 'YAML tags and directives are not supported',
      span,
      hint: isWord ? `in a condition write \`not: ${tag.slice(1)}\`, and else \`"${tag}"\`` : 'leave it out',
    })
  }
  const root = document.contents
  const aliases = aliasesOf(root)
  const file = { source, aliases, root, brokenFrom, reportedSpans }
  return root === null || checkNodes(file, root, reportedSpans) ? file : null
}

/** The most traps that are read past in one file; each costs one more parse. */
const MOST_TRAPS = 10

/**
 * If a fault is a known trap, its text is masked with quoted letters of the same length and the file is parsed again: what follows
 * is then read as if the trap were corrected, and every offset stays the same. `slip` is the person's mistake if the file cannot be
 * read past it.
 */
function parsePastTraps(source: SourceFile): { document: Document; traps: readonly Fault[]; slip: Fault | null } {
  const traps: Fault[] = []
  let { text } = source
  for (;;) {
    const document = parse(text)
    const first = document.errors.reduce<YAMLError | null>(
      (one, other) => (one === null || other.pos[0] < one.pos[0] ? other : one),
      null,
    )
    if (first === null || traps.length >= MOST_TRAPS || first.code === 'MULTIPLE_DOCS') return { document, traps, slip: null }
    const { line } = source.place(first.pos[0])
    const found = slipBefore(source, text, line)
    const slip = found === null ? null : unmasked(source, found.fault, traps)
    if (found !== null && !found.isText) return { document, traps, slip }
    const masked = text.slice(source.startOfLine(first.pos[0]), source.endOfLine(first.pos[0]))
    const trap = [trapOfLine(source, line, masked), slip].find(
      (one) => one !== null && !traps.some(({ span }) => span.start === one.span.start),
    )
    if (trap === null || trap === undefined) return { document, traps, slip: null }
    const { start, end } = trap.span
    const isComma = text.slice(start, end) === ','
    if (end - start < 2 && !isComma) return { document, traps, slip: trap }
    text = `${text.slice(0, start)}${isComma ? ' ' : mask(traps.length, end - start)}${text.slice(end)}`
    traps.push(trap)
  }
}

/** Quoted private-use letters, which files do not contain; each trap has its own letter. */
const mask = (index: number, length: number): string => `"${String.fromCharCode(FIRST_MASK + index).repeat(length - 2)}"`
const FIRST_MASK = 0xe000

/** Replaces the masks in a hint by the masked text in quotes, as it should be written. */
function unmasked(source: SourceFile, fault: Fault, traps: readonly Fault[]): Fault {
  let { hint } = fault
  for (const [index, { span }] of traps.entries()) {
    const written = source.text.slice(span.start, span.end)
    if (written === ',') continue
    hint = hint?.replaceAll(mask(index, written.length), () => quoteScalar(written))
  }
  return hint === undefined ? fault : { ...fault, hint }
}

const parse = (text: string): Document =>
  parseDocument(text, {
    prettyErrors: false,
    // The library compares every key with every other; `checkNodes` finds duplicates in one pass.
    uniqueKeys: false,
    stringKeys: false,
    resolveKnownTags: false,
    merge: false,
    version: '1.2',
  })

/** Returns the node itself, or the node that an alias refers to; null if there is none. */
export function resolved(file: YamlFile, node: unknown): YamlNode | null {
  if (isAlias(node)) return file.aliases.get(node) ?? null
  return (node as YamlNode | null | undefined) ?? null
}

/** Resolves all aliases in one walk, because `yaml` walks the whole document for each alias. */
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

/** Reports the first error only, since later ones mostly follow from it. Returns the offset after which everything is a guess. */
function reportErrors(source: SourceFile, errors: readonly YAMLError[], slip: Fault | null): number | null {
  const [first] = [...errors].sort((one, other) => one.pos[0] - other.pos[0])
  if (first === undefined) return null
  const [start, end] = first.pos
  if (slip === null) {
    source.report({ ...inWords(first), span: { start, end: Math.max(end, start + 1) } })
    return start
  }
  source.report(slip)
  return Math.min(start, source.startOfLine(slip.span.start))
}

/** Words an error of the parser for which no known mistake was found, without the terms of YAML's grammar. */
function inWords(error: YAMLError): { code: string; message: string; hint?: string } {
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return { code: 'yaml-tab', message: 'YAML does not allow tabs as indentation', hint: 'use spaces' }
    case 'MULTIPLE_DOCS':
      return {
        code: 'several-documents',
        message: 'the file contains several YAML documents',
        hint: 'a file contains one document: remove `---`',
      }
    case 'BLOCK_AS_IMPLICIT_KEY':
      return {
        code: 'yaml-syntax',
        message: 'YAML does not allow a second `: ` on a line',
        hint: 'put text that contains `: ` in quotes',
      }
    case 'BAD_DQ_ESCAPE': {
      const escape = /\\.?/.exec(error.message)?.[0] ?? '\\'
      const message = `\`${escape}\` is not a valid escape in double quotes`
      return { code: 'yaml-syntax', message, hint: `write \`\\${escape}\`, or put the text in single quotes` }
    }
    case 'MISSING_CHAR':
      return { code: 'yaml-syntax', message: 'a quote or a bracket is not closed before here', hint: 'close it where it ends' }
    case 'BAD_INDENT':
      return {
        code: 'yaml-syntax',
        message: 'this line is indented differently from the lines that it belongs with',
        hint: 'indent it by the same number of spaces',
      }
    case 'RESOURCE_EXHAUSTION':
      return { code: 'too-deep', message: 'the text is nested too deeply' }
    default:
      return {
        code: 'yaml-syntax',
        message: 'YAML cannot read this: something is missing or superfluous, here or just before',
        hint: 'look for a colon, a dash, a bracket or a quote; text with `: `, ` #` or brackets in it needs quotes',
      }
  }
}

/** Reports duplicate keys, aliases without an anchor and alias bombs. Returns false if the document must not be walked. */
function checkNodes({ source, aliases, brokenFrom }: YamlFile, root: YamlNode, reportedSpans: Fault['span'][]): boolean {
  let visited = 0
  let hasAliases = false
  const open = new Set<unknown>()
  const spanOf = (node: { range?: [number, number, number] | null }) => ({
    start: node.range?.[0] ?? 0,
    end: node.range?.[1] ?? 1,
  })
  const walk = (node: unknown, key: string | null): boolean => {
    if (++visited > MOST_NODES) {
      const message = `the file contains more than ${MOST_NODES} values${hasAliases ? ' once its aliases are expanded' : ''}`
      source.report({ code: hasAliases ? 'alias-bomb' : 'too-large', message, span: spanOf(root) })
      return false
    }
    if (isAlias(node)) {
      hasAliases = true
      const target = aliases.get(node) ?? null
      if (target === null) {
        source.report({
          code: 'unknown-alias',
          message: `text that begins with \`*\` needs quotes: YAML reads it as a reference to \`&${node.source}\`, which does not exist above it`,
          span: spanOf(node),
          hint: `put it in quotes: \`"*${node.source}"\``,
        })
        return false
      }
      if (open.has(target)) {
        source.report({
          code: 'alias-bomb',
          message: `\`*${node.source}\` refers to a part of the file that contains it`,
          span: spanOf(node),
        })
        return false
      }
      return walk(target, key)
    }
    if (isPair(node)) return walk(node.key, null) && walk(node.value, isScalar(node.key) ? String(node.key.value) : null)
    if (isScalar(node)) {
      const isPlain = node.type === 'PLAIN' && node.range && node.range[0] < (brokenFrom ?? Infinity)
      const folded = isPlain === true && brokenFrom === null ? slipOfFolded(source, node.range) : null
      const slip = folded ?? (isPlain === true ? slipOfComma(source, key, node.range!) : null)
      if (slip === null) return true
      source.report(slip)
      reportedSpans.push(spanOf(node))
      return true
    }
    if (!isCollection(node)) return true
    open.add(node)
    if (isMap(node)) {
      reportTextAfterBraces(node.items)
      reportDuplicates(node.items, node.range?.[1] ?? 0)
    }
    const sound = node.items.every((item) => walk(item, key))
    open.delete(node)
    return sound
  }
  /** Reports `text: {adset.name}: too high`: YAML reads the braces as the value and `: too high` as another key. */
  const reportTextAfterBraces = (pairs: readonly { key: unknown; value: unknown }[]) => {
    for (const [index, { key }] of pairs.entries()) {
      const before = pairs[index - 1]
      if (before === undefined || !isScalar(key) || key.value !== null || !isCollection(before.value) || !isScalar(before.key))
        continue
      const { start } = spanOf(before.value)
      const colon = spanOf(key).start
      if (source.startOfLine(start) !== source.startOfLine(colon)) continue
      const written = source.text.slice(start, source.endOfLine(start)).replace(/\s+#.*$/, '')
      const fault = unquotedText(start, written, String(before.key.value))
      source.report(fault)
      reportedSpans.push({ start, end: source.endOfLine(start) })
    }
  }
  const reported = new Set<unknown>()
  const reportDuplicates = (pairs: readonly { key: unknown }[], end: number) => {
    const seen = new Set<unknown>()
    const first = pairs[0]?.key
    const again = pairs.slice(2).filter(({ key }) => isScalar(key) && isScalar(first) && key.value === first.value)
    const twice = pairs.length - new Set(pairs.map(({ key }) => (isScalar(key) ? key.value : key))).size
    for (const { key } of pairs) {
      if (!isScalar(key)) continue
      if (seen.has(key.value) && !reported.has(key) && (key.range?.[0] ?? 0) < (brokenFrom ?? Infinity)) {
        reported.add(key)
        // If several keys repeat, from the first one on, this is another item whose dash is missing.
        if (twice > 1 && again.length > 0) {
          if (!again.some((pair) => pair.key === key)) continue
          const { line } = source.place(spanOf(key).start)
          const hint = `write the dash: \`- ${source.line(line).trim()}\``
          const message = `a new item seems to begin here with \`${String(key.value)}\`, and its dash is missing`
          source.report({ code: 'duplicate-key', message, span: spanOf(key), hint })
          reportedSpans.push({ start: spanOf(key).start, end })
          continue
        }
        const message = `the key \`${String(key.value)}\` appears twice`
        source.report({ code: 'duplicate-key', message, span: spanOf(key), hint: 'remove one of them' })
      }
      seen.add(key.value)
    }
  }
  return walk(root, null)
}
