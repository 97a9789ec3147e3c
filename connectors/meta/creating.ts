/** Creates campaigns, ad sets, creatives and ads, finds what an earlier attempt created, and reads, updates and deletes them. */

import { wholeAnswer } from '../answer.js'
import { MetaError } from '../connector-error.js'
import type { CallOptions } from '../options.js'
import { readSuccess } from './changes.js'
import type { MetaClient } from './client.js'
import type { CreatableKind, ObjectFields } from './launch-object.js'
import { type MetaCall, type MetaGraph, reading } from './meta-graph.js'
import { encodeFields, OBJECT_FIELDS, readSettable } from './object-fields.js'
import { checkAccountId, checkObjectId } from './structure.js'

type CreatingCalls = Pick<
  MetaClient,
  'createObject' | 'validateObject' | 'findCreated' | 'readObject' | 'updateObject' | 'deleteObject'
>

const EDGES: Readonly<Record<CreatableKind, string>> = {
  campaign: 'campaigns',
  adset: 'adsets',
  creative: 'adcreatives',
  ad: 'ads',
}
const WORDS: Readonly<Record<CreatableKind, string>> = { campaign: 'campaign', adset: 'ad set', creative: 'creative', ad: 'ad' }
const PAGE = 200

export function createCreatingCalls(graph: MetaGraph): CreatingCalls {
  const post = (what: string, path: string, changes: boolean, options: CallOptions): MetaCall => ({
    what,
    method: 'POST',
    path,
    changes,
    lane: 'management',
    signal: options.signal,
  })
  const withFields = (call: MetaCall, fields: ObjectFields): MetaCall => {
    const encoded = encodeFields(fields)
    if (encoded.kind === 'malformed') throw graph.refuse(call, 'malformed-fields', encoded.why)
    return { ...call, parameters: encoded.parameters }
  }

  return {
    async createObject(accountId, kind, fields, options = {}) {
      const call = post(`create the ${WORDS[kind]} ${nameOf(fields)}`, `${accountId}/${EDGES[kind]}`, true, options)
      checkAccountId(graph, call, accountId)
      return await graph.call(withFields(call, fields), (answer) => ({ id: wholeAnswer(answer).id('id') }))
    },
    async validateObject(accountId, kind, fields, options = {}) {
      const call = post(`check the ${WORDS[kind]} ${nameOf(fields)}`, `${accountId}/${EDGES[kind]}`, false, options)
      checkAccountId(graph, call, accountId)
      await graph.call(withFields(call, { ...fields, execution_options: ['validate_only'] }), readSuccess)
    },
    async findCreated(accountId, kind, { name, parent, createdAfter }, options = {}) {
      const fields = kind === 'creative' ? ['id', 'name', 'status'] : ['id', 'name', 'created_time']
      const call = reading(`look for the ${WORDS[kind]} “${name}”`, `${parent ?? accountId}/${EDGES[kind]}`, fields, options)
      checkAccountId(graph, call, accountId)
      if (parent !== null) checkObjectId(graph, call, parent)
      const rows = await graph.pages(
        { ...call, parameters: { ...call.parameters, limit: String(PAGE) } },
        (row) => ({
          id: row.id('id'),
          name: row.textOrNull('name'),
          gone: row.textOrNull('status') === 'DELETED',
          createdAt: kind === 'creative' ? null : row.instant('created_time'),
        }),
        options.onPage,
      )
      const found = rows.filter((row) => {
        // Meta's times are whole seconds, so the second in which the attempt began is included.
        const soEarly = row.createdAt !== null && row.createdAt < Math.floor(createdAfter / 1000) * 1000
        return row.name === name && !row.gone && !soEarly
      })
      return [...new Map(found.map(({ id, createdAt }) => [id, { id, createdAt }])).values()]
    },
    async readObject(kind, id, options = {}) {
      const call = reading(`read the ${WORDS[kind]} ${id}`, id, OBJECT_FIELDS[kind], options)
      checkObjectId(graph, call, id)
      try {
        return await graph.call(call, (answer) => readSettable(kind, wholeAnswer(answer)))
      } catch (error) {
        if (error instanceof MetaError && error.kind === 'not-found') return null
        throw error
      }
    },
    async updateObject(id, fields, options = {}) {
      const call = post(`change ${Object.keys(fields).join(', ')} of ${id}`, id, true, options)
      checkObjectId(graph, call, id)
      if (Object.keys(fields).length === 0) throw graph.refuse(call, 'malformed-fields', 'there is nothing to change')
      await graph.call(withFields(call, fields), readSuccess)
    },
    async deleteObject(id, options = {}) {
      const call: MetaCall = { ...post(`delete ${id}`, id, true, options), method: 'DELETE' }
      checkObjectId(graph, call, id)
      await graph.call(call, readSuccess)
    },
  }
}

const nameOf = ({ name }: ObjectFields): string => (typeof name === 'string' ? `“${name}”` : 'without a name')
