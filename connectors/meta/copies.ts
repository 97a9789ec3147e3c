/** Copies of campaigns, ad sets and ads: made paused, and found again by their names. */

import { wholeAnswer } from '../answer.js'
import type { MetaClient } from './client.js'
import type { MetaCall, MetaGraph } from './meta-graph.js'
import type { Level } from './node.js'
import { NODE_FIELDS, readNode } from './read-node.js'
import { checkObjectId } from './structure.js'

const PAGE = 200

/** What the answer names the copy's id. */
const COPIED: Readonly<Record<Level, string>> = { campaign: 'copied_campaign_id', adset: 'copied_adset_id', ad: 'copied_ad_id' }

export function createCopyCalls(graph: MetaGraph): Pick<MetaClient, 'copy' | 'listCopies'> {
  return {
    async copy({ level, id, suffix }, options = {}) {
      const call: MetaCall = {
        what: `copy ${id}`,
        method: 'POST',
        path: `${id}/copies`,
        parameters: {
          status_option: 'PAUSED',
          rename_options: JSON.stringify({ rename_strategy: 'ONLY_TOP_LEVEL_RENAME', rename_suffix: suffix }),
          // An ad has nothing beneath it, and its edge does not know the parameter.
          ...(level === 'ad' ? {} : { deep_copy: 'true' }),
        },
        changes: true,
        lane: 'management',
        signal: options.signal,
      }
      checkObjectId(graph, call, id)
      return await graph.call(call, (answer) => wholeAnswer(answer).id(COPIED[level]))
    },
    async listCopies(level, id, options = {}) {
      const call: MetaCall = {
        what: `list the copies of ${id}`,
        method: 'GET',
        path: `${id}/copies`,
        parameters: { fields: NODE_FIELDS[level].join(','), limit: String(PAGE) },
        changes: false,
        lane: 'management',
        signal: options.signal,
      }
      checkObjectId(graph, call, id)
      return await graph.pages(call, (row) => readNode(level, row), options.onPage)
    },
  }
}
