import { isMap, isScalar, isSeq } from 'yaml'

import { textOf } from './node-text.js'
import { resolved, type YamlFile } from './yaml-file.js'

/** Returns a node as JSON, with aliases resolved. Keys that JSON cannot have, such as a list, are left out. */
export function jsonOf(file: YamlFile, written: unknown): unknown {
  const node = resolved(file, written)
  if (isScalar(node)) return node.value ?? null
  if (isSeq(node)) return node.items.map((item) => jsonOf(file, item))
  if (!isMap(node)) return null
  const entries = node.items.flatMap(({ key, value }) => {
    const keyNode = resolved(file, key)
    const name = keyNode === null ? null : textOf(keyNode)
    return name === null ? [] : [[name, jsonOf(file, value)] as const]
  })
  return Object.fromEntries(entries)
}
