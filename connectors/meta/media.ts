/** Uploads images and videos. Videos are passed in chunks, so that a whole video is never in memory. */

import { AnswerMismatch, type AnswerObject, wholeAnswer } from '../answer.js'
import type { Json } from '../json.js'
import type { CallOptions } from '../options.js'
import { readSuccess } from './changes.js'
import type { MetaClient } from './client.js'
import type { TransferredChunk, VideoStatus, WantedBytes } from './launch-object.js'
import type { MetaCall, MetaGraph } from './meta-graph.js'
import { checkAccountId, checkObjectId } from './structure.js'

type MediaCalls = Pick<
  MetaClient,
  | 'uploadImage'
  | 'findImage'
  | 'startVideoUpload'
  | 'transferVideoChunk'
  | 'finishVideoUpload'
  | 'readVideoStatus'
  | 'videoThumbnail'
>

/** The chunk is not the one that Meta expects; `error_data` contains the expected offsets (Graph API, video uploads). */
const WRONG_CHUNK = 1363037

export function createMediaCalls(graph: MetaGraph): MediaCalls {
  const post = (what: string, path: string, options: CallOptions, more: Partial<MetaCall>): MetaCall => ({
    what,
    method: 'POST',
    path,
    changes: true,
    lane: 'management',
    signal: options.signal,
    ...more,
  })
  const get = (what: string, path: string, parameters: Record<string, string>, options: CallOptions): MetaCall => ({
    what,
    method: 'GET',
    path,
    parameters,
    changes: false,
    lane: 'management',
    signal: options.signal,
  })

  return {
    async uploadImage(accountId, { name, bytes }, options = {}) {
      const file = { part: 'source', fileName: name, bytes }
      const call = post(`upload the image ${name}`, `${accountId}/adimages`, options, { file })
      checkAccountId(graph, call, accountId)
      return await graph.call(call, readUploadedImage)
    },
    async findImage(accountId, hash, options = {}) {
      const parameters = { hashes: JSON.stringify([hash]), fields: 'hash,status' }
      const call = get(`look for the image ${hash}`, `${accountId}/adimages`, parameters, options)
      checkAccountId(graph, call, accountId)
      const images = await graph.pages(call, (row) => ({ hash: row.text('hash'), status: row.text('status') }))
      return images.find((image) => image.hash === hash && image.status !== 'DELETED') ?? null
    },
    async startVideoUpload(accountId, { bytes }, options = {}) {
      const parameters = { upload_phase: 'start', file_size: String(bytes) }
      const call = post('begin to upload a video', `${accountId}/advideos`, options, { parameters, video: true })
      checkAccountId(graph, call, accountId)
      return await graph.call(call, (answer) => {
        const upload = wholeAnswer(answer)
        return { session: upload.id('upload_session_id'), videoId: upload.id('video_id'), ...readWanted(upload) }
      })
    },
    async transferVideoChunk(accountId, { session, start, bytes }, options = {}) {
      const call = post(`upload ${bytes.length} bytes of a video from byte ${start} on`, `${accountId}/advideos`, options, {
        parameters: { upload_phase: 'transfer', upload_session_id: session, start_offset: String(start) },
        file: { part: 'video_file_chunk', fileName: 'chunk', bytes },
        video: true,
      })
      checkAccountId(graph, call, accountId)
      return await graph.call<TransferredChunk>(
        call,
        (answer) => ({ ...readWanted(wholeAnswer(answer)), taken: true }),
        ({ subcode, data }) => (subcode === WRONG_CHUNK ? expectedChunk(data) : null),
      )
    },
    async finishVideoUpload(accountId, { session, title }, options = {}) {
      const parameters = { upload_phase: 'finish', upload_session_id: session, title }
      const call = post(`finish uploading the video ${title}`, `${accountId}/advideos`, options, {
        parameters,
        video: true,
      })
      checkAccountId(graph, call, accountId)
      await graph.call(call, readSuccess)
    },
    async readVideoStatus(videoId, options = {}) {
      const call = get(`read the status of the video ${videoId}`, videoId, { fields: 'status' }, options)
      checkObjectId(graph, call, videoId)
      return await graph.call(call, (answer) => readStatus(wholeAnswer(answer).object('status')))
    },
    async videoThumbnail(videoId, options = {}) {
      const parameters = { fields: 'id,uri,is_preferred' }
      const call = get(`read the thumbnails of the video ${videoId}`, `${videoId}/thumbnails`, parameters, options)
      checkObjectId(graph, call, videoId)
      const stills = await graph.pages(call, (row) => ({ uri: row.text('uri'), preferred: row.yesOrNoOrNull('is_preferred') }))
      return (stills.find(({ preferred }) => preferred === true) ?? stills[0])?.uri ?? null
    },
  }
}

/** Reads `{ images: { "<file name>": { hash } } }`. Meta may change the name, so the only image in the answer is used. */
function readUploadedImage(answer: Json): { hash: string } {
  const images = wholeAnswer(answer).object('images')
  const [name, ...others] = images.keys()
  if (name === undefined || others.length > 0) throw new AnswerMismatch('images', 'one image', images.keys())
  return { hash: images.object(name).text('hash') }
}

function readWanted(answer: AnswerObject): WantedBytes {
  const wanted = { start: answer.integer('start_offset'), end: answer.integer('end_offset') }
  if (wanted.start < 0 || wanted.end < wanted.start) {
    throw new AnswerMismatch(answer.at('end_offset'), 'an offset that is not before start_offset', wanted.end)
  }
  return wanted
}

/** Returns the offsets to continue at; null if the error does not contain them, in which case it stays an error. */
function expectedChunk(data: Json | null): TransferredChunk | null {
  try {
    return data === null ? null : { ...readWanted(wholeAnswer(data)), taken: false }
  } catch (mismatch) {
    if (mismatch instanceof AnswerMismatch) return null
    throw mismatch
  }
}

const FAILED = ['error', 'expired', 'upload_failed']

/** Meta has more states than it documents; any state that is neither ready nor failed counts as processing. */
function readStatus(status: AnswerObject): VideoStatus {
  const said = status.text('video_status')
  const phases = ['uploading_phase', 'processing_phase', 'publishing_phase'].map((phase) => status.objectOrNull(phase))
  const errors = phases.flatMap((phase) => phase?.objects('errors') ?? []).map((error) => error.textOrNull('message'))
  return {
    status: said === 'ready' ? 'ready' : FAILED.includes(said) ? 'error' : 'processing',
    progress: status.decimalOrNull('processing_progress'),
    message: errors.find((message) => message !== null) ?? null,
  }
}
