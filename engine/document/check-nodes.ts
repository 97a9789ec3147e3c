/** Checks what the YAML parser lets through: duplicate keys, aliases without an anchor, alias bombs and text that needs quotes. */

import { isAlias, isCollection, isMap, isPair, isScalar } from 'yaml'

import type { Fault } from '../diagnostic/fault.js'
import { slipOfComma } from './slips/comma.js'
import { slipOfFolded } from './slips/folded.js'
import type { YamlFile, YamlNode } from './yaml-file.js'
import { unquotedText } from './yaml-pitfalls.js'

/** The most nodes of a file with its aliases expanded. An alias bomb of nine levels would have a billion. */
const MOST_NODES = 100_000

/** Reports duplicate keys, aliases without an anchor and alias bombs. Returns false if the document must not be walked. */
export function checkNodes({ source, aliases, brokenFrom }: YamlFile, root: YamlNode, reportedSpans: Fault['span'][]): boolean {
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
