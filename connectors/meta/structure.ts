/** Reads accounts, campaigns, ad sets and ads. */

import { type AnswerObject, wholeAnswer } from '../answer.js'
import type { CallOptions } from '../options.js'
import type { ListOptions, MetaClient } from './client.js'
import { type MetaCall, type MetaGraph, reading } from './meta-graph.js'
import type { AdPicture, Level } from './node.js'
import {
  ACCOUNT_FIELDS,
  MINIMUM_BUDGET_FIELDS,
  NODE_EDGES,
  NODE_FIELDS,
  readAccount,
  readAd,
  readAdset,
  readCampaign,
  readMinimumBudget,
  readNode,
} from './read-node.js'

const PAGE = 200

const LEVEL_WORDS: Readonly<Record<Level, string>> = { campaign: 'campaign', adset: 'ad set', ad: 'ad' }

type StructureCalls = Pick<
  MetaClient,
  'readAccount' | 'listCampaigns' | 'listAdsets' | 'listAds' | 'listAdPictures' | 'readEntity' | 'readMinimumBudgets'
>

export function createStructureCalls(graph: MetaGraph): StructureCalls {
  const list = async <T extends { id: string }>(
    level: Level,
    accountId: string,
    convert: (row: AnswerObject) => T,
    options: ListOptions,
  ): Promise<readonly T[]> => {
    const what = `list the ${LEVEL_WORDS[level]}s of ${accountId}${pagesOf(options)}`
    const call = reading(what, `${accountId}/${NODE_EDGES[level]}`, NODE_FIELDS[level], options)
    checkAccountId(graph, call, accountId)
    const { effectiveStatus, page } = options
    const parameters = {
      ...call.parameters,
      limit: String(page ?? PAGE),
      ...(effectiveStatus === undefined ? {} : { effective_status: JSON.stringify(effectiveStatus) }),
    }
    const rows = await graph.pages(
      { ...call, parameters, canShrink: page === undefined ? undefined : 'page' },
      convert,
      options.onPage,
    )
    // If the order changes while the list is read, an object may be on two pages; the last one read wins.
    return [...new Map(rows.map((row) => [row.id, row])).values()]
  }

  return {
    async readAccount(accountId, options = {}) {
      const call = reading(`read the ad account ${accountId}`, accountId, ACCOUNT_FIELDS, options)
      checkAccountId(graph, call, accountId)
      return await graph.call(call, (answer) => readAccount(wholeAnswer(answer)))
    },
    listCampaigns: (accountId, options = {}) => list('campaign', accountId, readCampaign, options),
    listAdsets: (accountId, options = {}) => list('adset', accountId, readAdset, options),
    listAds: (accountId, options = {}) => list('ad', accountId, readAd, options),
    async listAdPictures(accountId, options = {}) {
      const fields = ['id', 'creative{id,thumbnail_url,image_url}']
      const call = reading(`list the pictures of ${accountId}`, `${accountId}/ads`, fields, options)
      checkAccountId(graph, call, accountId)
      const parameters = { ...call.parameters, limit: String(options.page ?? PAGE) }
      return await graph.pages(
        { ...call, parameters, canShrink: options.page === undefined ? undefined : 'page' },
        readPicture,
        options.onPage,
      )
    },
    readEntity: (async (level: Level, id: string, options: CallOptions = {}) => {
      const call = reading(`read the ${LEVEL_WORDS[level]} ${id}`, id, NODE_FIELDS[level], options)
      checkObjectId(graph, call, id)
      return await graph.call(call, (answer) => readNode(level, wholeAnswer(answer)))
    }) as MetaClient['readEntity'],
    async readMinimumBudgets(accountId, options = {}) {
      const path = `${accountId}/minimum_budgets`
      const call = reading(`read the minimum budgets of ${accountId}`, path, MINIMUM_BUDGET_FIELDS, options)
      checkAccountId(graph, call, accountId)
      return await graph.pages(call, readMinimumBudget)
    },
  }
}

/** For messages: the page size, if the caller set it. */
export const pagesOf = ({ page }: ListOptions): string => (page === undefined ? '' : ` in pages of ${page}`)

function readPicture(row: AnswerObject): AdPicture {
  const creative = row.objectOrNull('creative')
  return {
    ad: row.id('id'),
    creative: creative?.idOrNull('id') ?? null,
    thumbnailUrl: creative?.textOrNull('thumbnail_url') ?? null,
    imageUrl: creative?.textOrNull('image_url') ?? null,
  }
}

/** Checks an id, which becomes part of the path: other characters than digits could change the path. */
export function checkAccountId(graph: MetaGraph, call: MetaCall, id: string): void {
  if (!/^act_\d+$/.test(id)) throw graph.refuse(safe(call), 'malformed-id', 'an ad account’s id is act_ and digits')
}

export function checkObjectId(graph: MetaGraph, call: MetaCall, id: string): void {
  if (!/^\d+$/.test(id)) throw graph.refuse(safe(call), 'malformed-id', 'an object’s id is digits only')
}

const safe = (call: MetaCall): MetaCall => ({ ...call, path: '<malformed id>' })
