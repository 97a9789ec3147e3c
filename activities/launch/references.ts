/** Replaces references to other objects in the fields of a call by Meta's ids, hashes and addresses. */

import { ApplicationFailure } from '@temporalio/activity'

import type { MetaClient } from '../../connectors/meta/client.js'
import type { Json, JsonObject } from '../../engine/launch/json.js'
import type { LaunchObjectRow } from '../../store/launches/launch-objects.js'

/** Time until a video that Meta is processing is checked again. */
const SOON = '5s'

/**
 * Returns the fields without references.
 *
 * @param existing the objects that exist at Meta, by key
 * @throws ApplicationFailure `not-ready` if Meta is still processing a video; `not-standing` if an object does not exist
 */
export async function resolveFields(
  fields: JsonObject,
  existing: ReadonlyMap<string, LaunchObjectRow>,
  client: Pick<MetaClient, 'readVideoStatus' | 'videoThumbnail'>,
): Promise<JsonObject> {
  const ready = new Set<string>()
  const idOf = async (key: string): Promise<string> => {
    const row = existing.get(key)
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

/** @throws ApplicationFailure `not-ready`, which is retried; `bad-video` if Meta rejects the video */
export async function checkReady(client: Pick<MetaClient, 'readVideoStatus'>, id: string, name: string): Promise<void> {
  const { status, progress, message } = await client.readVideoStatus(id)
  if (status === 'ready') return
  if (status === 'error') {
    throw ApplicationFailure.nonRetryable(
      `Meta cannot use the video ${name}${message === null ? '' : `: ${message}`}.`,
      'bad-video',
    )
  }
  throw notReady(`Meta is still processing the video ${name}${progress === null ? '' : ` (${progress}%)`}.`)
}

async function thumbnailOf(client: Pick<MetaClient, 'videoThumbnail'>, id: string, name: string): Promise<string> {
  const address = await client.videoThumbnail(id)
  if (address !== null) return address
  throw notReady(`Meta has not created a thumbnail of ${name} yet.`)
}

/** `BENIGN` keeps this polling out of the logs. */
const notReady = (message: string): ApplicationFailure =>
  ApplicationFailure.create({ message, type: 'not-ready', nextRetryDelay: SOON, category: 'BENIGN' })
