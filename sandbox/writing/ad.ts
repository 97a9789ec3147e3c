/** `POST act_{id}/ads`. */

import { invalidParameter, refused } from '../protocol/errors.js'
import { idOf, isRecord, jsonParameter, type Parameters, textParameter } from '../protocol/parameters.js'
import { checkAsset } from '../reading/assets.js'
import type { Call } from '../request/call.js'
import { documentedValues } from '../request/documented-values.js'
import { missing, readName } from '../request/required.js'
import { swallowUnknown } from '../request/swallow.js'
import type { FieldValues, GraphObject } from '../state/objects.js'
import { creativeFields } from './creative.js'
import { readLabels } from './labels.js'
import { CREATING, type NewObject, readParent, readStatus } from './new-object.js'

const HANDLED = [...CREATING, 'adset_id', 'conversion_domain', 'creative', 'tracking_specs']
const MOST_IN_ADSET = 50

export function readAd(call: Call): NewObject {
  const { parameters } = call
  refuseBid(parameters)
  const name = readName(parameters)
  const adset = readParent(call, 'adset_id', 'adset', MOST_IN_ADSET)
  const creative = readAdCreative(call)
  checkLink(call, adset, creative)
  return {
    kind: 'ad',
    parent: adset.id,
    ...(typeof creative === 'string' ? {} : { creative }),
    fields: {
      ...documentedValues(call, 'Ad', ['AdAccount', 'ads'], parameters, HANDLED),
      name,
      status: readStatus(call),
      ...(typeof creative === 'string' ? { creative } : {}),
      ...readTracking(call),
      adlabels: readLabels(call) ?? [],
    },
  }
}

export function refuseBid(parameters: Parameters): void {
  if ('bid_amount' in parameters) throw invalidParameter('Param bid_amount cannot be set on an ad: it is set on the ad set')
}

/** Returns the id of an existing creative, or the fields of one to create together with the ad. */
export function readAdCreative(call: Call): string | FieldValues {
  const given = jsonParameter(call.parameters, 'creative')
  if (given === undefined || given === null) throw missing('creative')
  if (!isRecord(given)) throw invalidParameter('Param creative must be an object')
  const { creative_id: id, ...rest } = given
  if (id === undefined) {
    swallowUnknown(call, { type: 'AdAccount', method: 'POST', edge: 'adcreatives', parameters: rest, within: 'creative' })
    return creativeFields(call, rest)
  }
  if (Object.keys(rest).length > 0) throw invalidParameter('Param creative must have creative_id alone, or the creative itself')
  const found = call.world.objects.find(idOf(id) ?? '')
  if (found?.kind !== 'creative' || found.fields.status === 'DELETED') {
    throw invalidParameter('Param creative[creative_id] must be the id of a creative in the account')
  }
  return found.id
}

/** Objectives whose ads lead to a website, so that the creative needs a link. */
const TO_WEBSITE = ['OUTCOME_SALES', 'OUTCOME_TRAFFIC']

export function checkLink(call: Call, adset: GraphObject, creative: string | FieldValues): void {
  const { objects } = call.world
  const { objective } = objects.get(adset.parent ?? '').fields
  const fields = typeof creative === 'string' ? objects.get(creative).fields : creative
  const elsewhere = !['UNDEFINED', 'WEBSITE', undefined, null].includes(
    adset.fields.destination_type as string | null | undefined,
  )
  if (!TO_WEBSITE.includes(String(objective)) || elsewhere || !isRecord(fields.object_story_spec) || fields.link) return
  throw refused(
    2446383,
    'Website URL required',
    'Your campaign objective requires an external website URL. Add a link to your ad.',
    ['creative'],
  )
}

/** The account's assets that a tracking spec may name. */
const TRACKED = { fb_pixel: 'AdsPixel', page: 'Page' } as const

export function readTracking({ parameters, world }: Call): FieldValues {
  const domain = textParameter(parameters, 'conversion_domain')
  if (domain !== undefined && !/^(?!-)[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(domain)) {
    throw invalidParameter('Param conversion_domain must be a registrable domain, as example.com')
  }
  const specs = jsonParameter(parameters, 'tracking_specs')
  if (specs !== undefined && !Array.isArray(specs)) throw invalidParameter('Param tracking_specs must be an array')
  for (const [index, spec] of ((specs as unknown[] | undefined) ?? []).filter(isRecord).entries()) {
    for (const [key, type] of Object.entries(TRACKED)) {
      const ids: unknown[] = spec[key] === undefined ? [] : [spec[key]].flat()
      for (const id of ids) checkAsset(world, type, id, `tracking_specs[${index}][${key}]`)
    }
  }
  return { conversion_domain: domain ?? null, tracking_specs: specs ?? null }
}
