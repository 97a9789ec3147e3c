/** `/{id}/copies`: making a copy of a campaign, an ad set or an ad, and listing those that were made. */

import { invalidParameter, refused } from '../protocol/errors.js'
import { booleanParameter, enumParameter, isRecord, jsonParameter, textParameter } from '../protocol/parameters.js'
import { isKept } from '../reading/copies-of.js'
import type { Call } from '../request/call.js'
import { noteSwallowed } from '../request/swallow.js'
import { newId } from '../state/new-id.js'
import type { GraphObject, ObjectKind } from '../state/objects.js'
import { campaignStrategy } from './adset.js'
import { checkGoalOfBid } from './bid.js'

type CopyableKind = Exclude<ObjectKind, 'creative'>

const STATUSES = ['ACTIVE', 'PAUSED', 'INHERITED_FROM_SOURCE'] as const
const STRATEGIES = ['DEEP_RENAME', 'ONLY_TOP_LEVEL_RENAME', 'NO_RENAME'] as const
const RENAMING = ['rename_strategy', 'rename_prefix', 'rename_suffix']
/**
 * The most objects that Meta copies in one synchronous call, including the top one. Its reference mentions three child ads, but
 * clients reported refusals above three objects in total, so the sandbox enforces the smaller limit.
 */
const MOST = 3
const TYPES: Readonly<Record<CopyableKind, string>> = { campaign: 'campaign', adset: 'ad_set', ad: 'ad' }

interface Renaming {
  readonly strategy: (typeof STRATEGIES)[number]
  readonly prefix: string
  readonly suffix: string
}

interface Copied {
  readonly ad_object_type: string
  readonly source_id: string
  readonly copied_id: string
}

/** `POST /{id}/copies`. Like every create it is not idempotent: calling it twice makes two copies. */
export function copyObject(call: Call, source: GraphObject): Record<string, unknown> {
  const kind = source.kind as CopyableKind
  const status = enumParameter(call.parameters, 'status_option', STATUSES) ?? 'PAUSED'
  const deep = booleanParameter(call.parameters, 'deep_copy') ?? false
  const renaming = readRenaming(call)
  const parent = readParent(call, source)
  if (source.fields.status === 'DELETED') throw invalidParameter('A deleted object cannot be copied')
  const { objects } = call.world
  const count = deep ? 1 + beneathOf(call, source).length : 1
  if (count > MOST) {
    throw refused(
      1885194,
      'Copy request is too large',
      `The number of objects to copy at once is ${count}, and ${MOST} is the most. Copy fewer, or send an asynchronous request.`,
    )
  }
  const copied: Copied[] = []
  const copy = (object: GraphObject, under: string | null, top: boolean): string => {
    const id = newId(call.world.database)
    const rename = renaming.strategy === 'DEEP_RENAME' || (top && renaming.strategy === 'ONLY_TOP_LEVEL_RENAME')
    const name = rename ? `${renaming.prefix}${String(object.fields.name)}${renaming.suffix}` : object.fields.name
    const fields = {
      ...object.fields,
      name,
      status: status === 'INHERITED_FROM_SOURCE' ? object.fields.status : status,
      source_id: object.id,
    }
    objects.add({ id, kind: object.kind, parent: under, createdTime: call.now, updatedTime: call.now, fields })
    call.mutations.push({ object: id, field: 'created', before: null, after: `copy of ${object.id}` })
    copied.push({ ad_object_type: TYPES[object.kind as CopyableKind], source_id: object.id, copied_id: id })
    if (deep) for (const child of objects.childrenOf(object.id).filter(isKept)) copy(child, id, false)
    return id
  }
  const id = call.world.database.transaction(() => copy(source, parent, true))()
  return { [`copied_${kind}_id`]: id, ad_object_ids: copied }
}

function beneathOf(call: Call, object: GraphObject): GraphObject[] {
  const children = call.world.objects.childrenOf(object.id).filter(isKept)
  return children.flatMap((child) => [child, ...beneathOf(call, child)])
}

function readRenaming(call: Call): Renaming {
  const { parameters } = call
  const given = jsonParameter(parameters, 'rename_options')
  // By default, Meta appends " - Copy" to the name of the top object.
  if (given === undefined) return { strategy: 'ONLY_TOP_LEVEL_RENAME', prefix: '', suffix: ' - Copy' }
  if (!isRecord(given)) throw invalidParameter('Param rename_options must be an object')
  for (const key of Object.keys(given)) if (!RENAMING.includes(key)) noteSwallowed(call, `rename_options[${key}]`)
  return {
    strategy: enumParameter(given, 'rename_strategy', STRATEGIES) ?? 'ONLY_TOP_LEVEL_RENAME',
    prefix: textParameter(given, 'rename_prefix') ?? '',
    suffix: textParameter(given, 'rename_suffix') ?? '',
  }
}

/** Returns the parent of the copy: the source's, unless the call names another one. */
function readParent({ parameters, world }: Call, source: GraphObject): string | null {
  if (source.kind === 'campaign') return null
  const name = source.kind === 'adset' ? 'campaign_id' : 'adset_id'
  const given = textParameter(parameters, name)
  if (given === undefined) return source.parent
  const parent = world.objects.find(given)
  if (parent?.kind !== (source.kind === 'adset' ? 'campaign' : 'adset')) {
    throw invalidParameter(`Param ${name} must be the id of an existing object`)
  }
  if (source.kind === 'adset') checkGoalOfBid(campaignStrategy(parent), source.fields.optimization_goal)
  return given
}
