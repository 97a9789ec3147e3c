/** Pages, pixels, audiences and conversions: their lists under the account, and each by its id. */

import { type Asset, assetsOf } from '../accounts/assets.js'
import { hasField, parametersOf } from '../catalog/catalog.js'
import { withoutValue } from '../protocol/documented.js'
import { invalidParameter, unknownPath, unsupportedRequest } from '../protocol/errors.js'
import { type Field, parseFields } from '../protocol/fields.js'
import { cutPage } from '../protocol/paging.js'
import { type Parameters, textParameter } from '../protocol/parameters.js'
import { type Call, withToken } from '../request/call.js'
import type { EdgeAnswer } from '../request/edge-answer.js'
import type { World } from '../world/world.js'

/** The account's edges, with the type of asset that each lists. */
const EDGES: Readonly<Record<string, Asset['type']>> = {
  adspixels: 'AdsPixel',
  connected_instagram_accounts: 'IGUser',
  customaudiences: 'CustomAudience',
  customconversions: 'CustomConversion',
  instagram_accounts: 'IGUser',
  promote_pages: 'Page',
}

export const isAssetEdge = (edge: string): boolean => Object.hasOwn(EDGES, edge)

/** @throws GraphError 100 for a field that does not exist */
export function listAssets(call: Call, edge: string, parameters: Parameters, fields: readonly Field[] | null): EdgeAnswer {
  const found = assetsOf(call.world.account).filter(({ type }) => type === EDGES[edge])
  return assetPage(call, `act_${call.world.account.id}/${edge}`, found, parameters, fields)
}

/** `me/accounts`: the pages that the token may act for. */
export function listPages(call: Call): EdgeAnswer {
  const pages = call.worlds.all.flatMap(({ account }) => assetsOf(account).filter(({ type }) => type === 'Page'))
  return assetPage(call, 'me/accounts', pages, call.parameters, parseFields(call.parameters.fields))
}

function assetPage(
  call: Call,
  path: string,
  assets: readonly Asset[],
  parameters: Parameters,
  fields: readonly Field[] | null,
): EdgeAnswer {
  const address = { url: `${call.base}/${path}`, parameters: withToken(call, parameters) }
  const page = cutPage(assets, ({ id }) => id, address)
  call.rows += page.items.length
  const summary = textParameter(parameters, 'summary')
  return {
    data: page.items.map((each) => renderAsset(each, fields)),
    ...(page.paging ? { paging: page.paging } : {}),
    ...(summary && summary !== 'false' ? { summary: { total_count: assets.length } } : {}),
  }
}

function renderAsset({ type, id, fields }: Asset, asked: readonly Field[] | null): Record<string, unknown> {
  const names = asked?.length ? asked.map(({ name }) => name) : type === 'Page' ? ['name', 'category'] : []
  const answer: Record<string, unknown> = { id }
  for (const name of names) {
    const value = hasField(type, name) ? fields[name] : withoutValue(type, name)
    if (value !== undefined) answer[name] = value
  }
  return answer
}

/** Finds an asset of any account by its id. */
export const findAsset = (call: Call, id: string): Asset | undefined =>
  call.worlds.all.flatMap(({ account }) => assetsOf(account)).find((each) => each.id === id)

/**
 * `GET /{pixel}` and the like. Of their edges only the posts of an Instagram account list anything; other documented ones are
 * empty.
 */
export function routeAsset(call: Call, asset: Asset, edge: string | undefined): unknown {
  if (call.method !== 'GET') throw unsupportedRequest(call.method, asset.id)
  if (asset.type === 'IGUser' && edge === 'media') return listPosts(call, asset)
  if (edge !== undefined) {
    if (parametersOf(asset.type, 'GET', edge) === undefined) throw unknownPath(`/${edge}`)
    return { data: [] }
  }
  return renderAsset(asset, parseFields(call.parameters.fields))
}

function listPosts(call: Call, { id }: Asset): EdgeAnswer {
  const posts = call.worlds.all
    .flatMap(({ account }) => assetsOf(account))
    .filter(({ type, fields }) => type === 'IGMedia' && (fields.owner as { id: string }).id === id)
  return assetPage(call, `${id}/media`, posts, call.parameters, parseFields(call.parameters.fields))
}

const WORDS: Readonly<Record<Asset['type'], string>> = {
  AdsPixel: 'a pixel',
  CustomAudience: 'a custom audience',
  CustomConversion: 'a custom conversion',
  IGMedia: 'an Instagram post',
  IGUser: 'an Instagram account',
  Page: 'a page',
}

/**
 * @param place the parameter, for the error
 * @throws GraphError 100 if the account has no asset of this type with that id. Meta documents no subcode for it.
 */
export function checkAsset({ account }: World, type: Asset['type'], id: unknown, place: string): void {
  const known = assetsOf(account).some((each) => each.type === type && each.id === String(id))
  if (!known) {
    throw invalidParameter(
      `Param ${place} must be the id of ${WORDS[type]} that the ad account can use: '${String(id)}' does not exist, or cannot be used due to missing permissions`,
    )
  }
}
