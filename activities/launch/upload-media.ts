/** Uploads an image or a video of a launch. Its bytes are read from the project's folder and are stored nowhere else. */

import { createHash } from 'node:crypto'
import { posix } from 'node:path'

import { ApplicationFailure, heartbeat } from '@temporalio/activity'

import { MetaError } from '../../connectors/connector-error.js'
import type { MetaClient } from '../../connectors/meta/client.js'
import type { VideoUpload } from '../../connectors/meta/launch-object.js'
import type { LaunchMedia, LaunchObject } from '../../engine/launch/launch-object.js'
import {
  intendObject,
  keepOfObject,
  type LaunchObjectRow,
  markStanding,
  standingMedia,
} from '../../store/launches/launch-objects.js'
import type { ActivityDependencies } from '../base/dependencies.js'
import { failureOf } from '../base/errors.js'
import { attempt } from '../base/map-errors.js'
import { mediaPath } from '../base/media-files.js'
import type { LaunchMutationActivities, LaunchReadActivities, ObjectOutcome } from './contract.js'
import { readLive } from './read-launch.js'
import { checkReady } from './references.js'
import { changingRun, type LaunchRun, plannedObject } from './run.js'

/** Meta's size limit for an image (Ads Guide), in bytes. An image is read into memory as a whole. */
const LARGEST_IMAGE = 30 * 1024 * 1024
/** How many times in a row Meta may ask for the same bytes. */
const MOST_STANDSTILLS = 5

export const uploadLaunchMedia =
  (dependencies: ActivityDependencies): LaunchMutationActivities['uploadLaunchMedia'] =>
  ({ account, run, key }) =>
    attempt(async () => {
      const launch = await changingRun(dependencies, { account, run })
      return await upload(dependencies, launch, plannedObject(launch, key).object)
    })

/** Fails until Meta has processed the video. Temporal retries it, which adds no events to the history. */
export const awaitLaunchVideo =
  (dependencies: ActivityDependencies): LaunchReadActivities['awaitLaunchVideo'] =>
  async ({ account, run, key }) => {
    try {
      const launch = await changingRun(dependencies, { account, run })
      const row = await intendedRow(dependencies, launch, plannedObject(launch, key).object)
      await checkReady(dependencies.meta(launch.account), row.meta_id!, row.name)
    } catch (error) {
      throw failureOf(error)
    }
  }

const intendedRow = (
  { store, now }: ActivityDependencies,
  { run, account }: LaunchRun,
  object: LaunchObject,
): Promise<LaunchObjectRow> => intendObject(store, { account: account.name, launch: run.launch, run: run.id, object, at: now() })

async function upload(dependencies: ActivityDependencies, launch: LaunchRun, object: LaunchObject): Promise<ObjectOutcome> {
  const { store, now } = dependencies
  const { account } = launch
  const media = object.media!
  const row = await intendedRow(dependencies, launch, object)
  if (row.state === 'standing') return { id: row.meta_id!, outcome: 'found' }
  const kind = object.kind as 'image' | 'video'
  const known = await standingMedia(store, account.name, kind, media.sha256)
  if (known !== undefined && (await readLive(dependencies.meta(account), account, known)) !== null) {
    await markStanding(store, row, { metaId: known.meta_id!, readBack: null, at: now() })
    return { id: known.meta_id!, outcome: 'found' }
  }
  const id =
    kind === 'image' ? await uploadImage(dependencies, launch, media) : await uploadVideo(dependencies, launch, media, row)
  await markStanding(store, row, { metaId: id, readBack: null, at: now() })
  return { id, outcome: 'created' }
}

/** Uploads an image. This is idempotent: at Meta, the same bytes are the same image. */
async function uploadImage(
  dependencies: ActivityDependencies,
  { account, spec }: LaunchRun,
  media: LaunchMedia,
): Promise<string> {
  const path = mediaPath(spec, media)
  if (media.bytes > LARGEST_IMAGE) {
    throw ApplicationFailure.nonRetryable(`${path} is larger than 30 MB, Meta’s limit for an image.`, 'media-too-large')
  }
  const bytes = await dependencies.media.read(path, 0, media.bytes + 1)
  if (createHash('sha256').update(bytes).digest('hex') !== media.sha256) throw changed(path)
  const { hash } = await dependencies.meta(account).uploadImage(account.id, { name: posix.basename(path), bytes })
  return hash
}

/** Progress of an upload. `isFinishing`: all bytes were sent, and Meta was asked at least once to finish. */
interface UploadState extends VideoUpload {
  readonly isFinishing?: true
}

/** Uploads a video, or continues the upload of an earlier attempt: Meta says which bytes it needs next. */
async function uploadVideo(
  dependencies: ActivityDependencies,
  { account, spec }: LaunchRun,
  media: LaunchMedia,
  row: LaunchObjectRow,
): Promise<string> {
  const { store, now } = dependencies
  const client = dependencies.meta(account)
  const path = mediaPath(spec, media)
  await checkUnchanged(dependencies, path, media)
  const keep = async (upload: UploadState): Promise<UploadState> => {
    await keepOfObject(store, row.id, { meta_id: upload.videoId, upload_json: JSON.stringify(upload) }, now())
    heartbeat({ bytes: upload.start })
    return upload
  }
  const earlier = row.upload_json === null ? null : (JSON.parse(row.upload_json) as UploadState)
  let state = earlier ?? (await keep(await client.startVideoUpload(account.id, { bytes: media.bytes })))
  try {
    for (let standstills = 0; state.start < state.end;) {
      const bytes = await dependencies.media.read(path, state.start, state.end)
      if (bytes.length !== state.end - state.start) throw changed(path)
      const next = await client.transferVideoChunk(account.id, { session: state.session, start: state.start, bytes })
      standstills = next.start > state.start ? 0 : standstills + 1
      if (standstills > MOST_STANDSTILLS) {
        throw ApplicationFailure.retryable(`Meta asks for the same bytes of ${path} repeatedly.`, 'upload-stands-still')
      }
      state = await keep({ ...state, start: next.start, end: next.end })
    }
    // The file may have changed while its chunks were sent.
    await checkUnchanged(dependencies, path, media)
    await finish(client, account.id, { upload: state, title: posix.basename(path), keep })
  } catch (error) {
    // A session that Meta no longer knows is useless: the next attempt starts again.
    if (earlier !== null && error instanceof MetaError && !error.retryable && !error.mayHaveBeenCarriedOut) {
      await keepOfObject(store, row.id, { meta_id: null, upload_json: null }, now())
      throw ApplicationFailure.retryable(
        `The upload of ${path} cannot be continued (${error.reason}) and starts again.`,
        'upload-lost',
      )
    }
    throw error
  }
  return state.videoId
}

async function finish(
  client: MetaClient,
  accountId: string,
  { upload, title, keep }: { upload: UploadState; title: string; keep: (state: UploadState) => Promise<UploadState> },
): Promise<void> {
  const wasFinishing = upload.isFinishing === true
  await keep({ ...upload, isFinishing: true })
  try {
    await client.finishVideoUpload(accountId, { session: upload.session, title })
  } catch (error) {
    // An earlier attempt finished it, and the answer was lost: Meta refuses to finish a session twice.
    const isEnded = wasFinishing && error instanceof MetaError && error.kind === 'invalid-request'
    if (!isEnded || (await client.readVideoStatus(upload.videoId)).status === 'error') throw error
  }
}

async function checkUnchanged(dependencies: ActivityDependencies, path: string, media: LaunchMedia): Promise<void> {
  const file = await dependencies.media.describe(path, () => heartbeat())
  if (file?.sha256 !== media.sha256) throw changed(path)
}

const changed = (path: string): ApplicationFailure =>
  ApplicationFailure.nonRetryable(`${path} has changed since the launch was planned. Apply the launch again.`, 'media-changed')
