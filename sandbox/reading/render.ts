/** Renders the requested fields of an object, including nested objects and edges. */

import { fieldType, hasField } from '../catalog/catalog.js'
import { insightsEdge } from '../insights/edge.js'
import { withoutValue } from '../protocol/documented.js'
import { type Field, parseFields } from '../protocol/fields.js'
import { cutPage } from '../protocol/paging.js'
import { type Parameters } from '../protocol/parameters.js'
import { type Call, withToken } from '../request/call.js'
import { type EdgeAnswer } from '../request/edge-answer.js'
import { swallowUnknown } from '../request/swallow.js'
import type { GraphObject } from '../state/objects.js'
import { ACCOUNT_FIELDS } from './account.js'
import { isAssetEdge, listAssets } from './assets.js'
import { copiesOf } from './copies-of.js'
import { listEdge } from './edges.js'
import { NODE_TYPES } from './node-types.js'

/** The fields that are returned if none are requested. */
const idOnly: readonly Field[] = [{ name: 'id', parameters: {}, fields: null }]

export function renderObject(call: Call, object: GraphObject, fields: readonly Field[] | null): Record<string, unknown> {
  const type = NODE_TYPES[object.kind]
  const answer: Record<string, unknown> = {}
  for (const field of fields?.length ? fields : idOnly) {
    const value = fieldValue(call, object, field)
    if (value !== undefined) answer[field.name] = value
  }
  if (type.fields.id && answer.id === undefined) answer.id = object.id
  return answer
}

function fieldValue(call: Call, object: GraphObject, field: Field): unknown {
  const type = NODE_TYPES[object.kind]
  const plain = type.fields[field.name]
  if (plain) return plain(call.world, object, call.now) ?? undefined
  const follow = type.objects[field.name]
  if (follow) {
    const target = follow(call.world, object)
    return target ? renderObject(call, target, field.fields) : undefined
  }
  const isEdge = type.edges[field.name] !== undefined || field.name === 'insights'
  if (isEdge)
    swallowUnknown(call, { type: type.name, method: 'GET', edge: field.name, parameters: field.parameters, within: field.name })
  if (type.edges[field.name]) return nested(renderEdge(call, object.id, field.name, field.parameters, field.fields))
  if (field.name === 'insights' && object.kind !== 'creative') return nestedInsights(call, object.id, object.kind, field)
  return storedValue(type.name, object, field.name) ?? withoutValue(type.name, field.name)
}

/** Returns a field that was written but that the sandbox does not use, with amounts as text, as at Meta. */
function storedValue(type: string, { fields }: GraphObject, name: string): unknown {
  if (!hasField(type, name)) return undefined
  const value = fields[name] ?? undefined
  return typeof value === 'number' && fieldType(type, name) === 'string' ? String(value) : value
}

const ACCOUNT_LISTS = ['campaigns', 'adsets', 'ads', 'adcreatives']
const ACCOUNT_EDGES = [...ACCOUNT_LISTS, 'insights']

export function renderAccount(call: Call, fields: readonly Field[] | null): Record<string, unknown> {
  const answer: Record<string, unknown> = {}
  for (const field of fields?.length ? fields : [...idOnly, { name: 'account_id', parameters: {}, fields: null }]) {
    const read = ACCOUNT_FIELDS[field.name]
    if (ACCOUNT_EDGES.includes(field.name)) {
      swallowUnknown(call, {
        type: 'AdAccount',
        method: 'GET',
        edge: field.name,
        parameters: field.parameters,
        within: field.name,
      })
    }
    const value = read
      ? read(call.world, call.now)
      : ACCOUNT_LISTS.includes(field.name)
        ? nested(renderEdge(call, null, field.name, field.parameters, field.fields))
        : isAssetEdge(field.name)
          ? nested(listAssets(call, field.name, field.parameters, field.fields))
          : field.name === 'insights'
            ? nestedInsights(call, `act_${call.world.account.id}`, 'account', field)
            : undefined
    if (!read && value === undefined && !ACCOUNT_EDGES.includes(field.name)) withoutValue('AdAccount', field.name)
    if (value !== undefined) answer[field.name] = value
  }
  if (answer.id === undefined) answer.id = `act_${call.world.account.id}`
  return answer
}

/** `me/adaccounts`: the accounts that the token can access. */
export function renderAccounts(call: Call): EdgeAnswer {
  const fields = parseFields(call.parameters.fields)
  const address = { url: `${call.base}/me/adaccounts`, parameters: withToken(call, call.parameters) }
  const page = cutPage(call.worlds.all, ({ account }) => account.id, address)
  call.rows += page.items.length
  return {
    data: page.items.map((world) => renderAccount({ ...call, world }, fields)),
    ...(page.paging ? { paging: page.paging } : {}),
  }
}

/** Renders a page of an edge, each object with the requested fields. */
export const renderEdge = (
  call: Call,
  parent: string | null,
  edge: string,
  parameters: Parameters,
  fields: readonly Field[] | null,
): EdgeAnswer => listEdge(call, parent, edge, parameters, (object) => renderObject(call, object, fields))

/** Renders the copies of an object, newest first. */
export function renderCopies(call: Call, source: GraphObject): EdgeAnswer {
  const copies = copiesOf(call, source).reverse()
  const address = { url: `${call.base}/${source.id}/copies`, parameters: withToken(call, call.parameters) }
  const page = cutPage(copies, ({ id }) => id, address)
  call.rows += page.items.length
  const fields = parseFields(call.parameters.fields)
  return {
    data: page.items.map((object) => renderObject(call, object, fields)),
    ...(page.paging ? { paging: page.paging } : {}),
  }
}

/** Omits a nested edge that is empty. */
const nested = (answer: { data: unknown[] }): unknown => (answer.data.length > 0 ? answer : undefined)

function nestedInsights(call: Call, id: string, level: 'account' | 'campaign' | 'adset' | 'ad', field: Field): unknown {
  const parameters = { ...field.parameters, ...(field.fields ? { fields: field.fields.map(({ name }) => name) } : {}) }
  return nested(insightsEdge(call, id, level, parameters))
}
