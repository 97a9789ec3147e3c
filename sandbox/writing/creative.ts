/** `POST act_{id}/adcreatives`. */

import { invalidParameter } from '../protocol/errors.js'
import { isRecord, jsonParameter, type Parameters, textParameter } from '../protocol/parameters.js'
import { checkAsset } from '../reading/assets.js'
import type { Call } from '../request/call.js'
import { documentedShape } from '../request/documented-shape.js'
import { documentedValues } from '../request/documented-values.js'
import { readName } from '../request/required.js'
import type { FieldValues } from '../state/objects.js'
import { checkAssetFeed } from './asset-feed.js'
import { checkImage } from './image.js'
import { readLabels } from './labels.js'
import type { NewObject } from './new-object.js'
import { readStory } from './story.js'

const HANDLED = [
  'adlabels',
  'asset_feed_spec',
  'degrees_of_freedom_spec',
  'execution_options',
  'name',
  'object_story_id',
  'object_story_spec',
  'source_instagram_media_id',
  'status',
  'url_tags',
]

export function readCreative(call: Call): NewObject {
  return { kind: 'creative', parent: null, fields: creativeFields(call, call.parameters) }
}

/** Reads the fields of a separate creative, or of one that is given inline in an ad. */
export function creativeFields(call: Call, parameters: Parameters): FieldValues {
  if ('instagram_actor_id' in parameters)
    throw invalidParameter('instagram_actor_id is no longer supported: use instagram_user_id')
  const spec = jsonParameter(parameters, 'object_story_spec')
  const post = textParameter(parameters, 'object_story_id')
  const media = textParameter(parameters, 'source_instagram_media_id')
  const feed = shapeParameter(call, parameters, 'asset_feed_spec', 'AdAssetFeedSpec')
  if (spec === undefined && post === undefined && media === undefined) {
    throw invalidParameter('One of object_story_spec, object_story_id and source_instagram_media_id must be given')
  }
  if (spec !== undefined && post !== undefined)
    throw invalidParameter('Only one of object_story_spec and object_story_id can be given')
  if (post !== undefined) checkPost(call, post, 'object_story_id')
  if (media !== undefined) checkAsset(call.world, 'IGMedia', media, 'source_instagram_media_id')
  checkNamed(call, parameters)
  if (feed !== undefined) checkAssetFeed(call.world, feed)
  return {
    ...documentedValues(call, 'AdCreative', ['AdAccount', 'adcreatives'], parameters, HANDLED),
    name: parameters.name === undefined ? 'Creative' : readName(parameters),
    status: 'ACTIVE',
    ...(spec === undefined ? {} : { object_story_spec: spec, ...readStory(call, spec) }),
    object_story_id: post ?? null,
    source_instagram_media_id: media ?? null,
    asset_feed_spec: feed ?? null,
    degrees_of_freedom_spec:
      shapeParameter(call, parameters, 'degrees_of_freedom_spec', 'AdCreativeDegreesOfFreedomSpec') ?? null,
    url_tags: textParameter(parameters, 'url_tags') ?? null,
    adlabels: readLabels({ ...call, parameters }) ?? [],
  }
}

/** Checks that a post `{page}_{post}` belongs to one of the account's pages. Whether the page has that post is not checked. */
function checkPost(call: Call, post: string, name: string): void {
  const page = /^(\d+)_\d+$/.exec(post)?.[1]
  if (page === undefined) throw invalidParameter(`Param ${name} must be the id of a post, as {page id}_{post id}`)
  checkAsset(call.world, 'Page', page, name)
}

/** Checks the assets that are named outside of the story. */
function checkNamed(call: Call, parameters: Parameters): void {
  const { world } = call
  const { image_hash: hash, image_url: url } = parameters
  checkImage(world, { hash, url }, 'image_url')
  const post = textParameter(parameters, 'source_facebook_post_id')
  if (post !== undefined) checkPost(call, post, 'source_facebook_post_id')
  for (const [name, type] of [
    ['actor_id', 'Page'],
    ['instagram_user_id', 'IGUser'],
  ] as const) {
    const id = textParameter(parameters, name)
    if (id !== undefined) checkAsset(world, type, id, name)
  }
}

function shapeParameter(call: Call, parameters: Parameters, name: string, type: string): Record<string, unknown> | undefined {
  const value = jsonParameter(parameters, name)
  if (value === undefined || value === null) return undefined
  if (!isRecord(value)) throw invalidParameter(`Param ${name} must be an object`)
  return documentedShape(call, type, value, name) as Record<string, unknown>
}
