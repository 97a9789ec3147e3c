/** Reads which objects of a launch exist at Meta and computes the plan. Read-only. */

import { ApplicationFailure } from '@temporalio/common'

import { MetaError } from '../../connectors/connector-error.js'
import { majorOf } from '../../connectors/graph-versions.js'
import type { MetaClient } from '../../connectors/meta/client.js'
import type { Account } from '../../engine/account/account.js'
import type { JsonObject } from '../../engine/launch/json.js'
import type { LaunchMedia, MediaFile } from '../../engine/launch/launch-object.js'
import type { ExistingObject, LaunchReading } from '../../engine/launch/launch-plan.js'
import type { LaunchSpec } from '../../engine/launch/launch-spec.js'
import { mediaOf } from '../../engine/launch/media.js'
import { planForVersion } from '../../engine/launch/plan/plan-for-version.js'
import type { Store } from '../../store/base/store.js'
import { type LaunchObjectRow, openObjects, standingObjects } from '../../store/launches/launch-objects.js'
import { type MediaFiles, mediaPath } from '../base/media-files.js'

interface ReadDependencies {
  readonly store: Store
  readonly media: MediaFiles
  readonly client: Pick<MetaClient, 'version' | 'readObject' | 'findImage' | 'readVideoStatus'>
  /** A heartbeat, called between requests. */
  readonly alive?: (() => void) | undefined
}

/**
 * Reads the files and the existing objects, and computes the plan.
 *
 * @throws ApplicationFailure `media-missing`, which names every file that does not exist
 * @throws MetaError
 */
export async function readLaunch(dependencies: ReadDependencies, account: Account, spec: LaunchSpec): Promise<LaunchReading> {
  const { store, client } = dependencies
  const media = await describeMedia(dependencies, spec)
  const owner = { account: account.name, launch: spec.key }
  const existing = new Map<string, ExistingObject>()
  for (const row of (await standingObjects(store, owner)).values()) {
    existing.set(row.key, await readExisting(dependencies, account, row))
  }
  const files = new Map(media.map(({ path, ...file }): [string, MediaFile] => [path, file]))
  const plan = planForVersion(spec, files, existing, majorOf(client.version))
  const unanswered = (await openObjects(store, owner)).filter(({ state }) => state === 'sent').map(({ key }) => key)
  return { spec, plan, media, existing, unanswered }
}

async function describeMedia({ media, alive }: ReadDependencies, spec: LaunchSpec): Promise<LaunchMedia[]> {
  const found: LaunchMedia[] = []
  const missing: string[] = []
  for (const path of mediaOf(spec)) {
    const file = await media.describe(mediaPath(spec, { path }), alive)
    if (file === null) missing.push(mediaPath(spec, { path }))
    else found.push({ path, ...file })
  }
  if (missing.length === 0) return found
  const which = missing.length === 1 ? `There is no file ${missing[0]}` : `These files do not exist: ${missing.join(', ')}`
  throw ApplicationFailure.nonRetryable(
    `${which}, and ${spec.key} names ${missing.length === 1 ? 'it' : 'them'}.`,
    'media-missing',
  )
}

async function readExisting(
  { client, alive }: ReadDependencies,
  account: Account,
  row: LaunchObjectRow,
): Promise<ExistingObject> {
  alive?.()
  return {
    id: row.meta_id!,
    applied: JSON.parse(row.fields_json) as JsonObject,
    live: await readLive(client, account, row),
    readBack: row.read_back_json === null ? null : (JSON.parse(row.read_back_json) as JsonObject),
    published: row.published_at !== null,
  }
}

/** Returns the object as Meta has it now, `{}` for media that exist, and null for an object that does not exist. */
export async function readLive(
  client: ReadDependencies['client'],
  account: Account,
  { kind, meta_id: id }: Pick<LaunchObjectRow, 'kind' | 'meta_id'>,
): Promise<JsonObject | null> {
  switch (kind) {
    case 'image':
      return (await client.findImage(account.id, id!)) === null ? null : {}
    case 'video':
      return await readVideo(client, id!)
    default:
      return await client.readObject(kind, id!)
  }
}

async function readVideo(client: ReadDependencies['client'], id: string): Promise<JsonObject | null> {
  try {
    // A video that Meta cannot use counts as missing, so that it is uploaded again.
    return (await client.readVideoStatus(id)).status === 'error' ? null : {}
  } catch (error) {
    if (error instanceof MetaError && error.kind === 'not-found') return null
    throw error
  }
}
