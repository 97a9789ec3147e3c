/** `POST act_{id}/adcreatives`. */

import type { FieldValues } from '../../state/objects.js'
import type { Call } from '../call.js'
import { documentedValues } from '../documented-values.js'
import { invalidParameter } from '../errors.js'
import { readLabels } from '../labels.js'
import { isRecord, jsonParameter, textParameter, type Parameters } from '../parameters.js'
import type { NewObject } from './new-object.js'
import { readName } from './required.js'
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

/** Of a creative by itself, or of one that is given within an ad. */
export function creativeFields(call: Call, parameters: Parameters): FieldValues {
  if ('instagram_actor_id' in parameters)
    throw invalidParameter('instagram_actor_id is no longer supported: use instagram_user_id')
  const spec = jsonParameter(parameters, 'object_story_spec')
  const post = textParameter(parameters, 'object_story_id')
  const media = textParameter(parameters, 'source_instagram_media_id')
  const feed = objectParameter(parameters, 'asset_feed_spec')
  if (spec === undefined && post === undefined && media === undefined) {
    throw invalidParameter('One of object_story_spec, object_story_id and source_instagram_media_id must be given')
  }
  if (spec !== undefined && post !== undefined)
    throw invalidParameter('Only one of object_story_spec and object_story_id can be given')
  return {
    ...documentedValues('AdCreative', ['AdAccount', 'adcreatives'], parameters, HANDLED),
    name: parameters.name === undefined ? 'Creative' : readName(parameters),
    status: 'ACTIVE',
    ...(spec === undefined ? {} : { object_story_spec: spec, ...readStory(call, spec) }),
    object_story_id: post ?? null,
    source_instagram_media_id: media ?? null,
    asset_feed_spec: feed ?? null,
    degrees_of_freedom_spec: objectParameter(parameters, 'degrees_of_freedom_spec') ?? null,
    url_tags: textParameter(parameters, 'url_tags') ?? null,
    adlabels: readLabels({ ...call, parameters }) ?? [],
  }
}

function objectParameter(parameters: Parameters, name: string): Record<string, unknown> | undefined {
  const value = jsonParameter(parameters, name)
  if (value === undefined || value === null) return undefined
  if (!isRecord(value)) throw invalidParameter(`Param ${name} must be an object`)
  return value
}
