/** Copies campaigns, ad sets and ads, paused and one object per call, and finds copies by name or by their source. */

import { type AnswerObject, wholeAnswer } from '../answer.js'
import type { ListOptions, MetaClient, MetaPart } from './client.js'
import { type MetaCall, type MetaGraph, reading } from './meta-graph.js'
import type { Level } from './node.js'
import { NODE_EDGES, NODE_FIELDS, readNode } from './read-node.js'
import { inSmallerPages } from './smaller-pages.js'
import { checkObjectId } from './structure.js'

/** The field of the answer that contains the copy's id. */
const COPIED: Readonly<Record<Level, string>> = { campaign: 'copied_campaign_id', adset: 'copied_adset_id', ad: 'copied_ad_id' }
/** The parameter for the copy's parent; a campaign has none. */
const INTO: Readonly<Record<Level, string | null>> = { campaign: null, adset: 'campaign_id', ad: 'adset_id' }
const SOURCE = { adset: 'source_adset_id', ad: 'source_ad_id' } as const

export function createCopyCalls(graph: MetaGraph): Pick<MetaClient, 'copy' | 'listCopies' | 'listParts'> {
  const list = <T>(call: MetaCall, convert: (row: AnswerObject) => T, options: ListOptions): Promise<T[]> =>
    inSmallerPages(options, ({ limit, canShrink }) => {
      const parameters = { ...call.parameters, limit }
      return graph.pages({ ...call, parameters, canShrink }, convert, options.onPage)
    })

  return {
    async copy({ level, id, suffix, into }, options = {}) {
      const parent = INTO[level]
      const call: MetaCall = {
        what: `copy ${id}`,
        method: 'POST',
        path: `${id}/copies`,
        parameters: {
          status_option: 'PAUSED',
          rename_options: JSON.stringify(
            suffix === null
              ? { rename_strategy: 'NO_RENAME' }
              : { rename_strategy: 'ONLY_TOP_LEVEL_RENAME', rename_suffix: suffix },
          ),
          // An ad contains nothing, and its edge does not have this parameter.
          ...(level === 'ad' ? {} : { deep_copy: 'false' }),
          ...(into === undefined || parent === null ? {} : { [parent]: into }),
        },
        changes: true,
        lane: 'management',
        signal: options.signal,
      }
      checkObjectId(graph, call, id)
      return await graph.call(call, (answer) => wholeAnswer(answer).id(COPIED[level]))
    },
    async listCopies(level, id, options = {}) {
      const call = reading(`list the copies of ${id}`, `${id}/copies`, NODE_FIELDS[level], options)
      checkObjectId(graph, call, id)
      return await list(call, (row) => readNode(level, row), options)
    },
    async listParts(level, id, options = {}) {
      const part = level === 'campaign' ? 'adset' : 'ad'
      const call = reading(`list what is in ${id}`, `${id}/${NODE_EDGES[part]}`, ['id', 'name', SOURCE[part]], options)
      checkObjectId(graph, call, id)
      const parts = await list(call, (row) => readPart(part, row), options)
      // Meta lists the newest first. Ids increase over time.
      const byId = new Map(parts.map((one) => [one.id, one]))
      return [...byId.values()].sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1))
    },
  }
}

function readPart(level: MetaPart['level'], row: AnswerObject): MetaPart {
  const source = row.idOrNull(SOURCE[level])
  // Meta returns 0 if the object is not a copy.
  return { level, id: row.id('id'), name: row.text('name'), source: source === '0' ? null : source }
}
