/** Reads which objects of a launch exist at Meta and computes the plan. Read-only. */

import { ApplicationFailure } from '@temporalio/common'

import { MetaError } from '../../connectors/connector-error.js'
import { majorOf } from '../../connectors/graph-versions.js'
import type { MetaClient } from '../../connectors/meta/client.js'
import type { Account } from '../../engine/account/account.js'
import type { JsonObject } from '../../engine/launch/json.js'
import type { LaunchMedia, MediaFile } from '../../engine/launch/launch-object.js'
import type { Launch } from '../../engine/launch/launch.js'
import { mediaOf } from '../../engine/launch/media.js'
import { planForVersion } from '../../engine/launch/plan/plan-for-version.js'
import type { LaunchPlan, StandingObject } from '../../engine/launch/planned-object.js'
import type { Store } from '../../store/base/store.js'
import { type LaunchObjectRow, standingObjects } from '../../store/launches/launch-objects.js'
import { type MediaFiles, mediaPath } from '../base/media-files.js'

export interface LaunchLook {
  readonly media: readonly LaunchMedia[]
  readonly plan: LaunchPlan
  readonly standing: ReadonlyMap<string, StandingObject>
}

interface LookDependencies {
  readonly store: Store
  readonly media: MediaFiles
  readonly client: Pick<MetaClient, 'version' | 'readObject' | 'findImage' | 'readVideoStatus'>
  /** Called between pieces of work. */
  readonly alive?: (() => void) | undefined
}

/**
 * @throws ApplicationFailure `media-missing`, which names every file that is not there
 * @throws MetaError
 */
export async function lookAtLaunch(dependencies: LookDependencies, account: Account, launch: Launch): Promise<LaunchLook> {
  const media = await describeMedia(dependencies, launch)
  const rows = await standingObjects(dependencies.store, { account: account.name, launch: launch.key })
  const standing = new Map<string, StandingObject>()
  for (const row of rows.values()) standing.set(row.key, await readStanding(dependencies, account, row))
  const files = new Map(media.map(({ path, ...file }): [string, MediaFile] => [path, file]))
  return { media, plan: planForVersion(launch, files, standing, majorOf(dependencies.client.version)), standing }
}

async function describeMedia({ media, alive }: LookDependencies, launch: Launch): Promise<LaunchMedia[]> {
  const found: LaunchMedia[] = []
  const missing: string[] = []
  for (const path of mediaOf(launch)) {
    const file = await media.describe(mediaPath(launch, { path }), alive)
    if (file === null) missing.push(mediaPath(launch, { path }))
    else found.push({ path, ...file })
  }
  if (missing.length === 0) return found
  const which = missing.length === 1 ? `There is no file ${missing[0]}` : `These files are not there: ${missing.join(', ')}`
  throw ApplicationFailure.nonRetryable(
    `${which}, and ${launch.key} names ${missing.length === 1 ? 'it' : 'them'}.`,
    'media-missing',
  )
}

async function readStanding(
  { client, alive }: LookDependencies,
  account: Account,
  row: LaunchObjectRow,
): Promise<StandingObject> {
  alive?.()
  return {
    id: row.meta_id!,
    applied: JSON.parse(row.fields_json) as JsonObject,
    live: await readLive(client, account, row),
    readBack: row.read_back_json === null ? null : (JSON.parse(row.read_back_json) as JsonObject),
    published: row.published_at !== null,
  }
}

/** As Meta has it now; null where it is gone. Of media only their being there counts. */
export async function readLive(
  client: LookDependencies['client'],
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

async function readVideo(client: LookDependencies['client'], id: string): Promise<JsonObject | null> {
  try {
    // One that Meta cannot use is as good as none: it is uploaded again.
    return (await client.readVideoStatus(id)).status === 'error' ? null : {}
  } catch (error) {
    if (error instanceof MetaError && error.kind === 'not-found') return null
    throw error
  }
}
