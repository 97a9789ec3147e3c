import { isScalar, type Scalar } from 'yaml'

import { type YamlNode } from './yaml-file.js'

/** Returns the offsets of a node in its file, end excluded; the span is at least one character long. */
export const spanOfNode = (node: YamlNode): { start: number; end: number } => ({
  start: node.range?.[0] ?? 0,
  end: Math.max((node.range?.[0] ?? 0) + 1, node.range?.[1] ?? 1),
})

/** Returns the text as it is written: `id: 007` is "007", not a number. Null if the node is not a plain value. */
export function textOf(node: YamlNode): string | null {
  if (!isScalar(node)) return null
  const { value, source } = node as Scalar
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? (source ?? String(value)) : null
}
