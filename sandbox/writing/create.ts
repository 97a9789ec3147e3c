/** Creates campaigns, ad sets, creatives and ads. Creating is not idempotent: the same call twice creates two objects. */

import { invalidParameter } from '../protocol/errors.js'
import { enumListParameter } from '../protocol/parameters.js'
import type { Call } from '../request/call.js'
import { newId } from '../state/new-id.js'
import type { FieldValues, ObjectKind } from '../state/objects.js'
import { inReview } from '../world/review.js'
import { readAd } from './ad.js'
import { readAdset } from './adset.js'
import { readCampaign } from './campaign.js'
import { readCreative } from './creative.js'
import type { NewObject } from './new-object.js'
import { withVersionDefaults } from './version-defaults.js'

const READERS: Readonly<Record<string, (call: Call) => NewObject>> = {
  campaigns: readCampaign,
  adsets: readAdset,
  adcreatives: readCreative,
  ads: readAd,
}

/** Whether new objects can be posted to this edge of the account. */
export const isCreatingEdge = (edge: string): boolean => Object.hasOwn(READERS, edge)

/** Creates an object and returns its id; with `validate_only` it only checks whether it could be created. */
export function createObject(call: Call, edge: string): Record<string, unknown> {
  const read = READERS[edge]
  if (read === undefined) throw new Error(`Nothing is made at ${edge}.`)
  const validateOnly = readValidateOnly(call)
  const wanted = call.world.database.transaction(() => {
    const object = read(call)
    return validateOnly ? null : store(call, object)
  })()
  return wanted === null ? { success: true } : { id: wanted }
}

/** @throws GraphError 100 for other execution options without `validate_only` */
export function readValidateOnly({ parameters }: Call): boolean {
  const options = enumListParameter(parameters, 'execution_options', [
    'validate_only',
    'include_recommendations',
    'synchronous_ad_review',
  ])
  const validateOnly = options?.includes('validate_only') === true
  if (options !== undefined && options.length > 0 && !validateOnly) {
    throw invalidParameter('Param execution_options can have the others only together with validate_only')
  }
  return validateOnly
}

function store(call: Call, { kind, parent, fields, creative }: NewObject): string {
  const creativeId = creative === undefined ? fields.creative : add(call, 'creative', null, creative)
  const shown = typeof creativeId === 'string' ? (call.world.objects.find(creativeId)?.fields ?? null) : null
  const own = kind === 'ad' ? { ...fields, creative: creativeId } : fields
  return add(call, kind, parent, { ...own, ...inReview(kind, shown, call.now) })
}

function add(call: Call, kind: ObjectKind, parent: string | null, given: FieldValues): string {
  const fields = withVersionDefaults(call, kind, parent, given)
  const id = newId(call.world.database)
  call.world.objects.add({ id, kind, parent, createdTime: call.now, updatedTime: call.now, fields })
  call.mutations.push({ object: id, field: 'created', before: null, after: { kind, parent, name: fields.name } })
  return id
}
