/** Reads YAML text into a document whose nodes have their offsets. Its messages do not presume knowledge of YAML's grammar. */

import { isAlias, isCollection, isNode, isPair } from 'yaml'

import type { SourceFile } from '../diagnostic/source.js'
import { checkNodes } from './check-nodes.js'
import { depthFault } from './depth.js'
import { parsePastTraps } from './parse-past-traps.js'
import { reportErrors } from './syntax-errors.js'
import type { Aliases, YamlFile, YamlNode } from './yaml-file.js'

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
