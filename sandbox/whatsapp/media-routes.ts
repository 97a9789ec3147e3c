/** `/media`: uploads files, returns them by id, serves them from a URL that is valid for five minutes, and deletes them. */

import { createHmac } from 'node:crypto'

import { WHATSAPP } from '../base/identity.js'
import { UploadedFile } from '../base/uploaded-file.js'
import { invalidParameter, unsupportedRequest } from '../protocol/errors.js'
import { textParameter } from '../protocol/parameters.js'
import type { Call } from '../request/call.js'
import { swallowUnknown } from '../request/swallow.js'
import { whatsappError } from './errors.js'
import type { Media } from './media-store.js'
import type { Phone } from './phone.js'

const MB = 1024 * 1024
const URL_LIVES = 5 * 60_000

/** The accepted types of files with their largest size in bytes (Cloud API, "Media"). */
const TYPES: readonly (readonly [types: RegExp, most: number])[] = [
  [/^image\/(?:jpeg|png)$/, 5 * MB],
  [/^image\/webp$/, 500 * 1024],
  [/^audio\/(?:aac|mp4|mpeg|amr|ogg|opus)$/, 16 * MB],
  [/^video\/(?:mp4|3gpp)$/, 16 * MB],
  [
    /^(?:text\/plain|application\/(?:pdf|msword|vnd\.ms-excel|vnd\.ms-powerpoint|vnd\.openxmlformats-officedocument\.[a-z.]+))$/,
    100 * MB,
  ],
]

/** The SDKs have no such object, so the known parameters come from the reference. */
const swallow = (call: Call, edge: string, known: readonly string[]): void =>
  swallowUnknown(call, { type: 'WhatsAppMedia', method: call.method, edge, parameters: call.parameters }, known)

export function uploadMedia(call: Call, phone: Phone): unknown {
  swallow(call, 'media', ['messaging_product', 'file', 'type', 'ttl_minutes'])
  if (call.parameters.messaging_product !== 'whatsapp') throw invalidParameter('The parameter messaging_product is required.')
  const { file } = call.parameters
  if (!(file instanceof UploadedFile)) throw invalidParameter('The parameter file is required.')
  const type = (textParameter(call.parameters, 'type') ?? file.type).split(';')[0]?.trim().toLowerCase() ?? ''
  const limit = TYPES.find(([types]) => types.test(type))
  if (limit === undefined)
    throw invalidParameter(`Param file must be a file with one of the supported types. Received file of type '${type}'.`)
  if (file.content.length > limit[1])
    throw whatsappError(131053, `The file has ${file.content.length} bytes, and ${limit[1]} are the most.`)
  if (file.content.length === 0) throw whatsappError(131053, 'The file is empty.')
  const media = phone.media.add({ name: file.name, type, content: file.content }, call.now)
  call.mutations.push({ object: media.id, field: 'media', before: null, after: file.name })
  return { id: media.id }
}

export function mediaNode(call: Call, phone: Phone, media: Media): unknown {
  swallow(call, '', ['phone_number_id'])
  const number = textParameter(call.parameters, 'phone_number_id')
  if (number !== undefined && number !== WHATSAPP.phoneNumberId) throw unsupportedRequest(call.method, media.id)
  if (call.method === 'DELETE') {
    phone.media.delete(media.id)
    call.mutations.push({ object: media.id, field: 'media', before: media.name, after: null })
    return { success: true }
  }
  if (call.method !== 'GET') throw unsupportedRequest(call.method, media.id)
  return {
    messaging_product: 'whatsapp',
    url: `${new URL(call.base).origin}${downloadPath(media.id, call.now + URL_LIVES)}`,
    mime_type: media.type,
    sha256: media.sha256,
    file_size: media.content.length,
    id: media.id,
  }
}

const DOWNLOADS = '/whatsapp_business/attachments/'

const signatureOf = (id: string, until: number): string =>
  createHmac('sha256', WHATSAPP.appSecret).update(`${id} ${until}`).digest('base64url')

const downloadPath = (id: string, until: number): string =>
  `${DOWNLOADS}?mid=${id}&ext=${Math.floor(until / 1000)}&hash=${signatureOf(id, Math.floor(until / 1000))}`

/**
 * Serves the bytes of a URL that `mediaNode` returned; returns null for any other request.
 *
 * @returns 404 if the URL has expired or is invalid, or if the token is not the business's
 */
export function downloadMedia(phone: Phone, request: Request): Response | null {
  const url = new URL(request.url)
  if (url.pathname !== DOWNLOADS || request.method !== 'GET') return null
  const { mid = '', ext = '', hash } = Object.fromEntries(url.searchParams)
  const now = phone.now()
  const isOurs = request.headers.get('authorization') === `Bearer ${WHATSAPP.token}`
  const isGood = isOurs && hash === signatureOf(mid, Number(ext)) && Number(ext) * 1000 > now
  const media = isGood ? phone.media.find(mid, now) : undefined
  if (media === undefined) return new Response('Not found', { status: 404 })
  return new Response(new Uint8Array(media.content), { headers: { 'content-type': media.type } })
}
