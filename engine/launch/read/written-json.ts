/** Converts YAML to JSON with ids, keys and names as written: `id: 6003107902433` becomes text and loses no digit. */

import { isMap, isScalar, isSeq } from 'yaml'

import { textOf } from '../../document/node-text.js'
import { resolved, type YamlFile } from '../../document/yaml-file.js'
import type { Json } from '../json.js'

/** The fields within targeting that are numbers at Meta. All other bare numbers are ids. */
const NUMBERS = new Set([
  'radius',
  'min_radius',
  'max_radius',
  'latitude',
  'longitude',
  'min_population',
  'max_population',
  'retention_seconds',
  'relationship_statuses',
  'education_statuses',
  'college_years',
  'interested_in',
])

/**
 * Returns a YAML value as JSON. Members whose key is not a scalar are left out, and an empty value is null.
 *
 * @param key the key of the value
 */
export function writtenJson(file: YamlFile, written: unknown, key: string): Json {
  const node = resolved(file, written)
  if (isScalar(node)) {
    if (typeof node.value === 'number' && NUMBERS.has(key) && Number.isFinite(node.value)) return node.value
    return node.value === null || node.value === undefined ? null : textOf(node)
  }
  if (isSeq(node)) return node.items.map((item) => writtenJson(file, item, key))
  if (!isMap(node)) return null
  const members: [string, Json][] = []
  for (const { key: keyNode, value } of node.items) {
    const member = resolved(file, keyNode)
    const name = member === null ? null : textOf(member)
    if (name !== null) members.push([name, writtenJson(file, value, name)])
  }
  // `fromEntries` makes a key such as `__proto__` an ordinary member.
  return Object.fromEntries(members)
}
