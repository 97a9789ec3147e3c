/** `act_{id}/advideos`: uploading a video in one request or in chunks, and listing videos. */

import { UploadedFile } from '../base/uploaded-file.js'
import { GraphError, invalidParameter } from '../protocol/errors.js'
import { parseFields } from '../protocol/fields.js'
import { cutPage } from '../protocol/paging.js'
import { enumParameter, integerParameter, textParameter } from '../protocol/parameters.js'
import { type Call, withToken } from '../request/call.js'
import type { EdgeAnswer } from '../request/edge-answer.js'
import { required } from '../request/required.js'
import type { Video } from '../state/video-store.js'
import { renderVideo } from './video-node.js'

/** The bytes of a chunk that Meta requests, and of the largest video. */
const CHUNK = 1024 * 1024
const LARGEST = 10 * 1024 * 1024 * 1024

export function uploadVideo(call: Call): Record<string, unknown> {
  const phase = enumParameter(call.parameters, 'upload_phase', ['start', 'transfer', 'finish', 'cancel'])
  switch (phase) {
    case 'start':
      return startUpload(call)
    case 'transfer':
      return transferChunk(call)
    case 'finish':
      return finishUpload(call)
    case 'cancel':
      return cancelUpload(call)
    case undefined:
      return uploadWhole(call)
  }
}

/** Uploads a small file in one request. */
function uploadWhole(call: Call): Record<string, unknown> {
  if (call.parameters.file_url !== undefined) {
    throw new GraphError({
      message: '(#389) Unable to fetch video file from URL.',
      type: 'OAuthException',
      code: 389,
      is_transient: false,
      error_user_title: 'Unable to fetch video file',
      error_user_msg: 'The sandbox fetches nothing from the network. Upload the file itself, in source or in chunks.',
    })
  }
  const { source } = call.parameters
  if (!(source instanceof UploadedFile)) throw invalidParameter('The parameter source is required')
  const { videos } = call.world
  const title = textParameter(call.parameters, 'title') ?? textParameter(call.parameters, 'name') ?? source.name
  const started = videos.start(source.content.length, call.now)
  const video = videos.finish(videos.append(started, source.content), title, call.now)
  tellFinished(call, video)
  return { id: video.id }
}

function startUpload(call: Call): Record<string, unknown> {
  const size = required(integerParameter(call.parameters, 'file_size'), 'file_size')
  if (size < 1 || size > LARGEST) throw invalidParameter(`Param file_size must be from 1 to ${LARGEST}`)
  const video = call.world.videos.start(size, call.now)
  call.mutations.push({ object: video.id, field: 'upload', before: null, after: 'started' })
  return { upload_session_id: video.session, video_id: video.id, ...offsets(video) }
}

function transferChunk(call: Call): Record<string, unknown> {
  const video = uploadOf(call)
  const start = required(integerParameter(call.parameters, 'start_offset'), 'start_offset')
  const { video_file_chunk: chunk } = call.parameters
  if (!(chunk instanceof UploadedFile)) throw invalidParameter('The parameter video_file_chunk is required')
  const isWanted = video.finishedTime === null && start === video.received
  if (!isWanted || chunk.content.length === 0 || start + chunk.content.length > video.size) throw wrongChunk(video)
  call.mutations.push({ object: video.id, field: 'received', before: start, after: start + chunk.content.length })
  return offsets(call.world.videos.append(video, chunk.content))
}

function finishUpload(call: Call): Record<string, unknown> {
  const video = uploadOf(call)
  if (video.finishedTime !== null) return { success: true }
  if (video.received < video.size) throw wrongChunk(video)
  const title = textParameter(call.parameters, 'title') ?? ''
  tellFinished(call, call.world.videos.finish(video, title, call.now))
  return { success: true }
}

function cancelUpload(call: Call): Record<string, unknown> {
  const video = uploadOf(call)
  if (video.finishedTime !== null) throw invalidParameter('The upload is finished and cannot be cancelled')
  call.mutations.push({ object: video.id, field: 'upload', before: 'started', after: 'cancelled' })
  call.world.videos.delete(video.id)
  return { success: true }
}

function tellFinished(call: Call, { id, title, size, md5 }: Video): void {
  call.mutations.push({ object: id, field: 'created', before: null, after: { kind: 'video', name: title, bytes: size, md5 } })
}

function uploadOf(call: Call): Video {
  const session = required(textParameter(call.parameters, 'upload_session_id'), 'upload_session_id')
  const video = call.world.videos.ofSession(session)
  if (video === null) throw invalidParameter('Param upload_session_id must be the id of an upload in progress')
  return video
}

/** Returns the next chunk to send; start and end are equal once all bytes have arrived. */
const offsets = ({ received, size }: Video): { start_offset: string; end_offset: string } => ({
  start_offset: String(received),
  end_offset: String(Math.min(size, received + CHUNK)),
})

const wrongChunk = (video: Video): GraphError =>
  new GraphError(
    {
      message: 'There was a problem uploading your video. Please try uploading it again.',
      type: 'OAuthException',
      code: 6001,
      error_subcode: 1363037,
      is_transient: false,
      error_data: offsets(video),
    },
    500,
  )

/** Lists videos whose upload is finished. */
export function listVideos(call: Call): EdgeAnswer {
  const url = `${call.base}/act_${call.world.account.id}/advideos`
  const page = cutPage(call.world.videos.all(), ({ id }) => id, { url, parameters: withToken(call, call.parameters) })
  call.rows += page.items.length
  const fields = parseFields(call.parameters.fields)
  return {
    data: page.items.map((video) => renderVideo(call, video, fields)),
    ...(page.paging ? { paging: page.paging } : {}),
  }
}
