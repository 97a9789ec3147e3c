/** `act_{id}/adimages`: uploading, listing and deleting images. */

import { UploadedFile } from '../base/uploaded-file.js'
import { pickFields } from '../protocol/documented.js'
import { invalidParameter, permissionMissing, refused } from '../protocol/errors.js'
import { parseFields } from '../protocol/fields.js'
import { cutPage } from '../protocol/paging.js'
import { listParameter, textParameter } from '../protocol/parameters.js'
import { type Call, withToken } from '../request/call.js'
import type { EdgeAnswer } from '../request/edge-answer.js'
import { required } from '../request/required.js'
import { imageSize } from '../state/image-size.js'
import { type Image, imageUrl } from '../state/image-store.js'
import type { World } from '../world/world.js'

/** The largest image in bytes (Marketing API, ad image). */
const LARGEST = 30 * 1024 * 1024

/** Uploads an image as base64 in `bytes`, or any number of files in a form, whatever the names of its parts. */
export function uploadImages(call: Call): Record<string, unknown> {
  const { parameters, world, now } = call
  const files = Object.entries(parameters).filter((entry): entry is [string, UploadedFile] => entry[1] instanceof UploadedFile)
  const others = Object.fromEntries(Object.entries(parameters).filter(([, value]) => !(value instanceof UploadedFile)))
  if (others.copy_from !== undefined) {
    throw permissionMissing('Ad account owner has NOT grant ads_management or ads_read permission on the source account')
  }
  const uploads = files.map(([, file]) => ({ key: file.name, name: file.name, content: file.content }))
  const encoded = textParameter(others, 'bytes')
  if (encoded !== undefined) {
    uploads.push({ key: 'bytes', name: textParameter(others, 'name') ?? 'bytes', content: decoded(encoded) })
  }
  if (uploads.length === 0) throw invalidParameter('Either bytes or a file must be given')
  const sizes = uploads.map(({ name, content }) => checkedSize(name, content))
  const images = uploads.map(({ key, name, content }, index) => {
    const size = sizes[index]
    if (size === undefined) throw new Error(`The image ${name} was not measured.`)
    const image = world.images.add(name, content, size, now)
    call.mutations.push({
      object: image.hash,
      field: 'created',
      before: null,
      after: { kind: 'image', name, bytes: image.bytes },
    })
    return [key, { hash: image.hash, url: imageUrl(image.hash), height: image.height, width: image.width, name }] as const
  })
  return { images: Object.fromEntries(images) }
}

function decoded(text: string): Buffer {
  if (!/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(text)) throw invalidParameter('Param bytes must be base64')
  return Buffer.from(text, 'base64')
}

function checkedSize(name: string, content: Buffer): { width: number; height: number } {
  const size = imageSize(content)
  if (size === null) {
    throw refused(null, 'Invalid image', `The file ${name} is not an image. Use a JPG, PNG, GIF or WebP file.`, ['filename'])
  }
  if (content.length > LARGEST) throw refused(null, 'Image is too large', `The file ${name} is larger than 30 MB.`, ['filename'])
  return size
}

const FIELDS: Readonly<Record<string, (image: Image, world: World) => unknown>> = {
  id: ({ hash }, { account }) => `${account.id}:${hash}`,
  account_id: (_image, { account }) => account.id,
  hash: ({ hash }) => hash,
  name: ({ name }) => name,
  status: ({ status }) => status,
  url: ({ hash }) => imageUrl(hash),
  permalink_url: ({ hash }) => imageUrl(hash),
  width: ({ width }) => width,
  height: ({ height }) => height,
  original_width: ({ width }) => width,
  original_height: ({ height }) => height,
  created_time: ({ createdTime }, { calendar }) => calendar.instantText(createdTime),
  updated_time: ({ createdTime }, { calendar }) => calendar.instantText(createdTime),
}

/** Lists all images, or those with `hashes`. Deleted ones are listed only by their hashes. */
export function listImages(call: Call): EdgeAnswer {
  const hashes = listParameter(call.parameters, 'hashes')
  const name = textParameter(call.parameters, 'name')
  const found = call.world.images
    .all()
    .filter((image) => (hashes === undefined ? image.status !== 'DELETED' : hashes.includes(image.hash)))
    .filter((image) => name === undefined || image.name.includes(name))
  const url = `${call.base}/act_${call.world.account.id}/adimages`
  const page = cutPage(found, ({ hash }) => hash, { url, parameters: withToken(call, call.parameters) })
  call.rows += page.items.length
  const asked = parseFields(call.parameters.fields)
  const names = asked.length > 0 ? asked.map((field) => field.name) : ['id', 'hash']
  const data = page.items.map((image) => pickFields('AdImage', names, FIELDS, image, call.world))
  return { data, ...(page.paging ? { paging: page.paging } : {}) }
}

/** `DELETE act_{id}/adimages?hash=`. An image that a creative uses cannot be deleted. */
export function deleteImage(call: Call): { success: true } {
  const hash = required(textParameter(call.parameters, 'hash'), 'hash')
  const image = call.world.images.find(hash)
  if (image === null || image.status === 'DELETED')
    throw invalidParameter('Param hash must be the hash of an image in the account')
  const shown = call.world.objects
    .all('creative')
    .some(({ fields }) => fields.status !== 'DELETED' && JSON.stringify(fields).includes(hash))
  if (shown) throw invalidParameter('The image is used by a creative and cannot be deleted')
  call.mutations.push({ object: hash, field: 'status', before: 'ACTIVE', after: 'DELETED' })
  call.world.images.delete(hash)
  return { success: true }
}
