/** Routes a path to its node or edge. An unknown path gets Meta's error. */

import { parametersOf } from '../catalog/catalog.js'
import { insightsEdge } from '../insights/edge.js'
import { findReport, reportNode, reportRows, reportStatus, startReport } from '../insights/reports.js'
import { deleteImage, listImages, uploadImages } from '../media/images.js'
import { routeVideo } from '../media/video-node.js'
import { listVideos, uploadVideo } from '../media/videos.js'
import { unknownPath, unsupportedRequest } from '../protocol/errors.js'
import { parseFields } from '../protocol/fields.js'
import { integerParameter } from '../protocol/parameters.js'
import { activitiesEdge } from '../reading/activities.js'
import { findAdRule, listAdRules, renderAdRule } from '../reading/ad-rules.js'
import { findAsset, isAssetEdge, listAssets, listPages, routeAsset } from '../reading/assets.js'
import { minimumBudgets } from '../reading/minimum-budgets.js'
import { NODE_TYPES } from '../reading/node-types.js'
import { assignedUsers, businessUsers, me } from '../reading/people.js'
import { renderAccount, renderAccounts, renderCopies, renderEdge, renderObject } from '../reading/render.js'
import type { Call } from '../request/call.js'
import { swallowUnknown } from '../request/swallow.js'
import type { GraphObject } from '../state/objects.js'
import type { World, Worlds } from '../world/world.js'
import { copyObject } from '../writing/copies.js'
import { createObject, isCreatingEdge } from '../writing/create.js'
import { FIXED } from '../writing/edit.js'
import { deliveryEstimate, reachEstimate } from '../writing/estimates.js'
import { addLabels, listLabels } from '../writing/labels.js'
import { generatePreviews, previewsOf } from '../writing/previews.js'
import { deleteObject, updateObject } from '../writing/update.js'

const ACCOUNT_EDGES = ['campaigns', 'adsets', 'ads', 'adcreatives']

/** Returns the account of a path, from the account or the object that it names; the first account if it names neither. */
export function worldOf(worlds: Worlds, path: string): World {
  const [id = ''] = path.split('/')
  if (id.startsWith('act_')) return worlds.ofAccount(id.slice('act_'.length)) ?? worlds.first
  const owner = worlds.owning(id)
  if (owner) return owner
  const run = findReport(worlds.first.database, id)
  return run ? worldOf(worlds, reportNode(run).id) : worlds.first
}

/** @throws GraphError */
export function routeAds(call: Call): unknown {
  const [id = '', edge, ...rest] = call.path.split('/')
  if (rest.length > 0) throw unknownPath(`/${rest.join('/')}`)
  if (edge === 'insights') call.useCase = 'ads_insights'
  if (id === accountOf(call)) return account(call, edge)
  if (id === 'me') return ofTheToken(call, edge)
  const object = call.world.objects.find(id)
  if (object) return node(call, object, edge)
  const video = call.world.videos.find(id)
  if (video) {
    known(call, 'AdVideo', edge)
    return routeVideo(call, video, edge)
  }
  const rule = findAdRule(call, id)
  if (rule) {
    known(call, 'AdRule', edge)
    if (call.method !== 'GET') throw unsupportedRequest(call.method, id)
    if (edge !== undefined) throw unknownPath(`/${edge}`)
    return renderAdRule(rule, call)
  }
  const asset = findAsset(call, id)
  if (asset) {
    known(call, asset.type, edge)
    return routeAsset(call, asset, edge)
  }
  const run = findReport(call.world.database, id)
  if (run) {
    known(call, 'AdReportRun', edge)
    call.useCase = 'ads_insights'
    if (call.method !== 'GET') throw unsupportedRequest(call.method, id)
    if (edge === undefined) return reportStatus(call, run)
    if (edge === 'insights') return reportRows(call, run)
    throw unknownPath(`/${edge}`)
  }
  throw unsupportedRequest(call.method, id)
}

const accountOf = ({ world }: Call): string => `act_${world.account.id}`

/** Removes and logs the parameters that Meta does not document for this call, before the rest is used. */
function known(call: Call, type: string, edge: string | undefined, own?: readonly string[]): void {
  swallowUnknown(call, { type, method: call.method, edge: edge ?? '', parameters: call.parameters }, own)
}

function account(call: Call, edge: string | undefined): unknown {
  known(call, 'AdAccount', edge)
  const id = accountOf(call)
  if (edge === 'insights' && call.method === 'POST') return startReport(call, id, 'account')
  if (edge !== undefined && call.method === 'POST' && isCreatingEdge(edge)) return createObject(call, edge)
  if (edge === 'adimages' || edge === 'advideos') return media(call, edge)
  if (call.method !== 'GET') throw unsupportedRequest(call.method, id)
  if (edge === undefined) return renderAccount(call, parseFields(call.parameters.fields))
  if (edge === 'insights') return insightsEdge(call, id, 'account', call.parameters)
  if (edge === 'minimum_budgets') {
    integerParameter(call.parameters, 'bid_amount')
    return { data: [minimumBudgets(call.world.account.currency)] }
  }
  if (edge === 'adrules_library') return listAdRules(call)
  if (edge === 'activities') return activitiesEdge(call)
  if (ACCOUNT_EDGES.includes(edge)) return renderEdge(call, null, edge, call.parameters, parseFields(call.parameters.fields))
  if (isAssetEdge(edge)) return listAssets(call, edge, call.parameters, parseFields(call.parameters.fields))
  if (edge === 'adlabels') return listLabels(call)
  if (edge === 'assigned_users') return assignedUsers(call)
  if (edge === 'generatepreviews') return generatePreviews(call)
  if (edge === 'delivery_estimate') return deliveryEstimate(call, null)
  if (edge === 'reachestimate') return reachEstimate(call)
  return emptyEdge('AdAccount', edge)
}

function media(call: Call, edge: 'adimages' | 'advideos'): unknown {
  if (call.method === 'POST') return edge === 'adimages' ? uploadImages(call) : uploadVideo(call)
  if (call.method === 'GET') return edge === 'adimages' ? listImages(call) : listVideos(call)
  if (edge === 'adimages') return deleteImage(call)
  throw unsupportedRequest(call.method, accountOf(call))
}

function node(call: Call, object: GraphObject, edge: string | undefined): unknown {
  const type = NODE_TYPES[object.kind]
  known(call, type.name, edge, call.method === 'POST' && edge === undefined ? FIXED[object.kind] : [])
  if (edge === undefined) {
    if (call.method === 'POST') return updateObject(call, object)
    if (call.method === 'DELETE') return deleteObject(call, object)
    if (call.method !== 'GET') throw unsupportedRequest(call.method, object.id)
    return renderObject(call, object, parseFields(call.parameters.fields))
  }
  if (object.kind !== 'creative' && edge === 'copies') {
    if (call.method === 'POST') return copyObject(call, object)
    if (call.method === 'GET') return renderCopies(call, object)
  }
  if (object.kind !== 'creative' && edge === 'adlabels' && call.method === 'POST') return addLabels(call, object)
  if (edge === 'insights' && object.kind !== 'creative') {
    if (call.method === 'POST') return startReport(call, object.id, object.kind)
    if (call.method === 'GET') return insightsEdge(call, object.id, object.kind, call.parameters)
  }
  if (edge === 'copies' || edge === 'adlabels') throw unsupportedRequest(call.method, object.id)
  if (edge === 'previews' && (object.kind === 'ad' || object.kind === 'creative') && call.method === 'GET')
    return previewsOf(call, object)
  if (edge === 'delivery_estimate' && object.kind === 'adset' && call.method === 'GET') return deliveryEstimate(call, object)
  if (!type.edges[edge] && call.method === 'GET') return emptyEdge(type.name, edge)
  if (!type.edges[edge]) throw unknownPath(`/${edge}`)
  if (call.method !== 'GET') throw unsupportedRequest(call.method, object.id)
  return renderEdge(call, object.id, edge, call.parameters, parseFields(call.parameters.fields))
}

/** Answers an edge that Meta has but the sandbox does not with an empty list. */
function emptyEdge(type: string, edge: string): { data: [] } {
  if (parametersOf(type, 'GET', edge) === undefined) throw unknownPath(`/${edge}`)
  return { data: [] }
}

function ofTheToken(call: Call, edge: string | undefined): unknown {
  if (call.method !== 'GET') throw unsupportedRequest(call.method, 'me')
  known(call, 'User', edge)
  if (edge === undefined) return me(call)
  if (edge === 'accounts') return listPages(call)
  if (edge === 'adaccounts') return renderAccounts(call)
  if (edge === 'business_users') return businessUsers(call)
  throw unknownPath(`/${edge}`)
}
