/** Reads and writes histories as files, one per case: Temporal's events as JSON, with enums as names and bytes in base64. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import proto from '@temporalio/proto'

const { History } = proto.temporal.api.history.v1
type History = proto.temporal.api.history.v1.IHistory

interface Place {
  readonly workflow: string
  readonly name: string
}

const fileOf = ({ workflow, name }: Place): string => join(import.meta.dirname, workflow, `${name}.json`)

export function writeHistory(place: Place, history: History): void {
  const plain = History.toObject(History.fromObject(history), { longs: String, enums: String, bytes: String })
  mkdirSync(join(import.meta.dirname, place.workflow), { recursive: true })
  writeFileSync(fileOf(place), `${JSON.stringify(withoutStacks(plain), null, 1)}\n`)
}

export const readHistory = (place: Place): History =>
  History.fromObject(JSON.parse(readFileSync(fileOf(place), 'utf8')) as Record<string, unknown>)

/** Removes stack traces, which contain paths of the recording machine. */
function withoutStacks(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutStacks)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, key === 'stackTrace' ? '' : withoutStacks(inner)]))
}
