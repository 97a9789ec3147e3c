/** `POST /{id}/adlabels`: adds labels to an object. A label that does not exist in the account is created. */

import { pickFields } from '../protocol/documented.js'
import { invalidParameter } from '../protocol/errors.js'
import { parseFields } from '../protocol/fields.js'
import { cutPage } from '../protocol/paging.js'
import { isRecord, jsonParameter } from '../protocol/parameters.js'
import { type Call, withToken } from '../request/call.js'
import type { EdgeAnswer } from '../request/edge-answer.js'
import { keepFact, keptFact } from '../state/database.js'
import type { GraphObject } from '../state/objects.js'

interface Label {
  readonly id: string
  readonly name: string
}

/** The most labels an object can have. */
const MOST_LABELS = 50

export function addLabels(call: Call, object: GraphObject): { success: true } {
  const given = jsonParameter(call.parameters, 'adlabels')
  if (!Array.isArray(given) || given.length === 0) throw invalidParameter('Param adlabels must be a non-empty array')
  const before = labelsOf(object)
  const after = [...before]
  for (const one of given as unknown[]) {
    const label = readLabel(call, one)
    if (!after.some(({ id }) => id === label.id)) after.push(label)
  }
  if (after.length > MOST_LABELS) throw invalidParameter(`An object has at most ${MOST_LABELS} labels`)
  call.mutations.push({ object: object.id, field: 'adlabels', before: namesOf(before), after: namesOf(after) })
  call.world.objects.change(object.id, { adlabels: after }, call.now)
  return { success: true }
}

/** The `adlabels` of an update, which replace those of the object; undefined if none are given. */
export function readLabels(call: Call): readonly Label[] | undefined {
  const given = jsonParameter(call.parameters, 'adlabels')
  if (given === undefined) return undefined
  if (!Array.isArray(given)) throw invalidParameter('Param adlabels must be an array')
  if (given.length > MOST_LABELS) throw invalidParameter(`An object has at most ${MOST_LABELS} labels`)
  const labels = (given as unknown[]).map((one) => readLabel(call, one))
  return labels.filter(({ id }, index) => labels.findIndex((other) => other.id === id) === index)
}

const labelsOf = ({ fields }: GraphObject): readonly Label[] => (fields.adlabels as readonly Label[] | undefined) ?? []

const namesOf = (labels: readonly Label[]): string[] => labels.map(({ name }) => name)

const labelsKey = ({ world: { account } }: Call): string => (account.number === 0 ? 'adlabels' : `adlabels:${account.id}`)

/** `GET act_{id}/adlabels`. */
export function listLabels(call: Call): EdgeAnswer {
  const labels = keptFact<Label[]>(call.world.database, labelsKey(call), () => [])
  const address = { url: `${call.base}/act_${call.world.account.id}/adlabels`, parameters: withToken(call, call.parameters) }
  const page = cutPage(labels, ({ id }) => id, address)
  const names = parseFields(call.parameters.fields).map(({ name }) => name)
  const read = { id: ({ id }: Label) => id, name: ({ name }: Label) => name }
  const data = page.items.map((label) => pickFields('AdLabel', names.length > 0 ? ['id', ...names] : ['id', 'name'], read, label))
  return { data, ...(page.paging ? { paging: page.paging } : {}) }
}

/** Finds a label by its id, which must exist, or by its name, which may be new. */
function readLabel(call: Call, given: unknown): Label {
  const { database, account } = call.world
  const key = labelsKey(call)
  const known = keptFact<Label[]>(database, key, () => [])
  const name = isRecord(given) && typeof given.name === 'string' ? given.name.trim() : ''
  const id = isRecord(given) && (typeof given.id === 'string' || typeof given.id === 'number') ? String(given.id) : null
  const found = known.find((label) => (id === null ? label.name === name : label.id === id))
  if (found !== undefined) return found
  if (id !== null || name === '') throw invalidParameter('Param adlabels[0] must have the name of a label, or the id of one')
  const label = { id: `12021000${String(account.number).padStart(2, '0')}8${String(known.length + 1).padStart(7, '0')}`, name }
  keepFact(database, key, [...known, label])
  return label
}
