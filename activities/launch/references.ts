/** References in an object's fields to other objects, which are replaced when a call is made. */

import { ApplicationFailure } from '@temporalio/activity'

import type { MetaClient } from '../../connectors/meta/client.js'
import type { Json, JsonObject } from '../../engine/launch/json.js'
import type { LaunchObjectRow } from '../../store/launches/launch-objects.js'

/** How soon a video that is being processed is looked at again. */
const SOON = '5s'

/**
 * The fields with ids, hashes and addresses in them.
 *
 * @throws ApplicationFailure `not-ready` where a video is still being processed; `not-standing` where an object is not there
 */
export async function resolveFields(
  fields: JsonObject,
  standing: ReadonlyMap<string, LaunchObjectRow>,
  client: Pick<MetaClient, 'readVideoStatus' | 'videoThumbnail'>,
): Promise<JsonObject> {
  const ready = new Set<string>()
  const idOf = async (key: string): Promise<string> => {
    const row = standing.get(key)
    if (row?.meta_id == null) throw ApplicationFailure.nonRetryable(`${key} does not exist at Meta.`, 'not-standing')
    if (row.kind === 'video' && !ready.has(row.meta_id)) {
      await checkReady(client, row.meta_id, row.name)
      ready.add(row.meta_id)
    }
    return row.meta_id
  }
  const resolve = async (value: Json): Promise<Json> => {
    if (value === null || typeof value !== 'object') return value
    if (Array.isArray(value)) return await Promise.all((value as readonly Json[]).map(resolve))
    const { $id, $hash, $thumbnail } = value as JsonObject
    if (typeof $id === 'string') return await idOf($id)
    if (typeof $hash === 'string') return await idOf($hash)
    if (typeof $thumbnail === 'string') return await thumbnailOf(client, await idOf($thumbnail), $thumbnail)
    const entries = await Promise.all(Object.entries(value).map(async ([key, inner]) => [key, await resolve(inner)] as const))
    return Object.fromEntries(entries)
  }
  return (await resolve(fields)) as JsonObject
}

/** @throws ApplicationFailure `not-ready` (try again), or `bad-video` where Meta will never take it */
export async function checkReady(client: Pick<MetaClient, 'readVideoStatus'>, id: string, name: string): Promise<void> {
  const { status, progress, message } = await client.readVideoStatus(id)
  if (status === 'ready') return
  if (status === 'error') {
    throw ApplicationFailure.nonRetryable(
      `Meta cannot use the video ${name}${message === null ? '' : `: ${message}`}.`,
      'bad-video',
    )
  }
  throw notReady(`Meta is still at work on the video ${name}${progress === null ? '' : ` (${progress}%)`}.`)
}

async function thumbnailOf(client: Pick<MetaClient, 'videoThumbnail'>, id: string, name: string): Promise<string> {
  const address = await client.videoThumbnail(id)
  if (address !== null) return address
  throw notReady(`Meta has made no thumbnail of ${name} yet.`)
}

/** Polling for what is not there yet is no news for logs. */
const notReady = (message: string): ApplicationFailure =>
  ApplicationFailure.create({ message, type: 'not-ready', nextRetryDelay: SOON, category: 'BENIGN' })
