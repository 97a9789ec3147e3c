/** A video as a node: its status, which advances with time once the upload is finished, and its thumbnails. */

import { pickFields } from '../protocol/documented.js'
import { invalidParameter, unknownPath, unsupportedRequest } from '../protocol/errors.js'
import { type Field, parseFields } from '../protocol/fields.js'
import type { Call } from '../request/call.js'
import type { EdgeAnswer } from '../request/edge-answer.js'
import { IMAGE_HOST } from '../state/image-store.js'
import type { Video } from '../state/video-store.js'

/** The time from the end of the upload until the video is ready. */
const PROCESSING_MS = 4_000
const STILLS = 3

export const isReady = ({ finishedTime, fault }: Video, now: number): boolean =>
  finishedTime !== null && fault === null && now >= finishedTime + PROCESSING_MS

export const stillUrl = (id: string, index: number): string => `${IMAGE_HOST}/videos/${id}/still-${index}.jpg`

function statusOf(video: Video, now: number): Record<string, unknown> {
  const { finishedTime: finished, fault } = video
  if (finished === null) {
    const uploading = { status: 'in_progress', bytes_transferred: video.received }
    return phases('processing', 0, uploading, { status: 'not_started' }, { status: 'not_started' })
  }
  const uploading = { status: 'complete', bytes_transferred: video.size }
  if (now < finished + PROCESSING_MS) {
    const progress = Math.floor((100 * (now - finished)) / PROCESSING_MS)
    return phases('processing', progress, uploading, { status: 'in_progress' }, { status: 'not_started' })
  }
  if (fault !== null) {
    const processing = { status: 'error', errors: [{ code: 1363024, message: fault }] }
    return phases('error', 100, uploading, processing, { status: 'not_started' })
  }
  return phases('ready', 100, uploading, { status: 'complete' }, { status: 'complete', publish_status: 'published' })
}

const phases = (status: string, progress: number, uploading: unknown, processing: unknown, publishing: unknown) => ({
  video_status: status,
  processing_progress: progress,
  uploading_phase: uploading,
  processing_phase: processing,
  publishing_phase: publishing,
})

const FIELDS: Readonly<Record<string, (video: Video, call: Call) => unknown>> = {
  id: ({ id }) => id,
  title: ({ title }) => title,
  status: (video, { now }) => statusOf(video, now),
  published: (video, { now }) => isReady(video, now),
  picture: (video, { now }) => (isReady(video, now) ? stillUrl(video.id, 0) : undefined),
  created_time: ({ createdTime }, { world }) => world.calendar.instantText(createdTime),
  updated_time: ({ createdTime, finishedTime }, { world }) => world.calendar.instantText(finishedTime ?? createdTime),
  permalink_url: ({ id }) => `/watch/?v=${id}`,
}

export function renderVideo(call: Call, video: Video, fields: readonly Field[]): Record<string, unknown> {
  return pickFields('AdVideo', ['id', ...fields.map(({ name }) => name)], FIELDS, video, call)
}

/** `/{video}` and its thumbnails. */
export function routeVideo(call: Call, video: Video, edge: string | undefined): unknown {
  if (edge === 'thumbnails' && call.method === 'GET') return thumbnails(call, video)
  if (edge !== undefined) throw edge === 'thumbnails' ? unsupportedRequest(call.method, video.id) : unknownPath(`/${edge}`)
  if (call.method === 'DELETE') return deleteVideo(call, video)
  if (call.method !== 'GET') throw unsupportedRequest(call.method, video.id)
  return renderVideo(call, video, parseFields(call.parameters.fields))
}

const THUMBNAIL_FIELDS: Readonly<Record<string, (video: Video, index: number) => unknown>> = {
  id: ({ id }, index) => `${id}${index + 1}`,
  uri: ({ id }, index) => stillUrl(id, index),
  is_preferred: (_video, index) => index === 0,
  height: () => 1080,
  width: () => 1080,
  scale: () => 1,
  name: () => '',
}

function thumbnails(call: Call, video: Video): EdgeAnswer {
  const fields = parseFields(call.parameters.fields)
  const names = fields.length > 0 ? fields.map(({ name }) => name) : Object.keys(THUMBNAIL_FIELDS)
  const stills = isReady(video, call.now) ? Array.from({ length: STILLS }, (_, index) => index) : []
  return { data: stills.map((index) => pickFields('VideoThumbnail', ['id', ...names], THUMBNAIL_FIELDS, video, index)) }
}

function deleteVideo(call: Call, video: Video): { success: true } {
  const shown = call.world.objects
    .all('creative')
    .some(({ fields }) => fields.status !== 'DELETED' && JSON.stringify(fields).includes(`"${video.id}"`))
  if (shown) throw invalidParameter('The video is used by a creative and cannot be deleted')
  call.mutations.push({ object: video.id, field: 'status', before: 'ACTIVE', after: 'DELETED' })
  call.world.videos.delete(video.id)
  return { success: true }
}
