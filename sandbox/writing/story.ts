/** Reads the post that a creative describes in `object_story_spec`. */

import { fieldsOf } from '../catalog/catalog.js'
import { isReady } from '../media/video-node.js'
import { invalidParameter, refused } from '../protocol/errors.js'
import { idOf, isRecord } from '../protocol/parameters.js'
import { checkAsset } from '../reading/assets.js'
import type { Call } from '../request/call.js'
import { missing } from '../request/required.js'
import type { World } from '../world/world.js'
import { readCallToAction } from './call-to-action.js'
import { checkImage } from './image.js'

/** The creative's fields that follow from its story. */
export interface Story {
  readonly title: string | null
  readonly body: string | null
  readonly link: string | null
  readonly call_to_action_type: string | null
  readonly image_hash: string | null
  readonly video_id: string | null
  readonly object_type: 'SHARE' | 'VIDEO' | 'PHOTO' | 'STATUS'
}

const KINDS = ['link_data', 'video_data', 'photo_data', 'text_data', 'template_data'] as const
/** Threads is documented for ads, but not in the SDKs' objects yet. */
const SPEC_KEYS = [...fieldsOf('AdCreativeObjectStorySpec'), 'threads_user_id']
const LINK_KEYS = fieldsOf('AdCreativeLinkData')
const CHILD_KEYS = fieldsOf('AdCreativeLinkDataChildAttachment')
const VIDEO_KEYS = fieldsOf('AdCreativeVideoData')
/** The number of cards of a carousel. */
const CARDS = { least: 2, most: 10 }

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

/** @throws GraphError 100 if it is not a valid story, or uses assets that the account does not have */
export function readStory(call: Call, spec: unknown): Story {
  if (!isRecord(spec)) throw invalidParameter('Param object_story_spec must be an object')
  if ('instagram_actor_id' in spec) throw invalidParameter('instagram_actor_id is no longer supported: use instagram_user_id')
  onlyKeys(spec, SPEC_KEYS, 'object_story_spec')
  for (const key of ['page_id', 'instagram_user_id']) {
    const id = spec[key]
    if (id === undefined && key === 'page_id') throw missing('object_story_spec[page_id]')
    if (id !== undefined && idOf(id) === null) throw invalidParameter(`Param object_story_spec[${key}] must be a valid ID`)
  }
  checkAsset(call.world, 'Page', spec.page_id, 'object_story_spec[page_id]')
  if (spec.instagram_user_id !== undefined) {
    checkAsset(call.world, 'IGUser', spec.instagram_user_id, 'object_story_spec[instagram_user_id]')
  }
  const kinds = KINDS.filter((kind) => spec[kind] !== undefined)
  const [kind, ...others] = kinds
  if (kind === undefined || others.length > 0)
    throw invalidParameter(`Param object_story_spec must have exactly one of ${KINDS.join(', ')}`)
  const data = spec[kind]
  if (!isRecord(data)) throw invalidParameter(`Param object_story_spec[${kind}] must be an object`)
  switch (kind) {
    case 'link_data':
      return linkStory(call.world, data, kind)
    case 'video_data':
      return videoStory(call, data)
    case 'photo_data':
      return photoStory(call.world, data)
    case 'text_data':
      return plain('STATUS', text(data.message))
    case 'template_data':
      return linkStory(call.world, data, kind)
  }
}

const plain = (type: Story['object_type'], body: string | null): Story => ({
  title: null,
  body,
  link: null,
  call_to_action_type: null,
  image_hash: null,
  video_id: null,
  object_type: type,
})

function photoStory(world: World, data: Record<string, unknown>): Story {
  const path = 'object_story_spec[photo_data]'
  onlyKeys(data, fieldsOf('AdCreativePhotoData'), path)
  if (text(data.image_hash) === null && text(data.url) === null) throw missing(`${path}[image_hash]`)
  checkImage(world, { hash: data.image_hash, url: data.url }, `${path}[url]`)
  return { ...plain('PHOTO', text(data.caption)), image_hash: text(data.image_hash) }
}

/**
 * Reads a link or a carousel of links. In a template Meta fills in `{{product.name}}` and the like, and makes a card without a link
 * of its own for every product.
 */
function linkStory(world: World, data: Record<string, unknown>, kind: 'link_data' | 'template_data'): Story {
  const path = `object_story_spec[${kind}]`
  const isTemplate = kind === 'template_data'
  const check = (part: Record<string, unknown>, place: string): void => {
    const isFilledIn = (value: unknown): boolean =>
      isTemplate && (value === undefined || (typeof value === 'string' && /\{\{.*\}\}/.test(value)))
    if (!isFilledIn(part.link)) checkLink(part.link, `${place}[link]`)
    const url = isFilledIn(part.picture) ? undefined : part.picture
    checkImage(world, { hash: part.image_hash, url }, `${place}[picture]`)
  }
  onlyKeys(data, LINK_KEYS, path)
  check(data, path)
  const children = data.child_attachments ?? []
  if (!Array.isArray(children)) throw invalidParameter(`Param ${path}[child_attachments] must be an array`)
  if (data.child_attachments !== undefined && (children.length < CARDS.least || children.length > CARDS.most)) {
    throw refused(
      null,
      'Wrong number of carousel cards',
      `A carousel has ${CARDS.least} to ${CARDS.most} cards, and this one has ${children.length}.`,
      ['child_attachments'],
    )
  }
  children.forEach((child: unknown, index) => {
    const place = `${path}[child_attachments][${index}]`
    if (!isRecord(child)) throw invalidParameter(`Param ${place} must be an object`)
    onlyKeys(child, CHILD_KEYS, place)
    check(child, place)
    readCallToAction(child.call_to_action, `${place}[call_to_action]`)
  })
  const button = readCallToAction(data.call_to_action, `${path}[call_to_action]`)
  return {
    ...plain('SHARE', text(data.message)),
    title: text(data.name),
    link: text(data.link),
    call_to_action_type: button?.type ?? null,
    image_hash: text(data.image_hash),
  }
}

function videoStory(call: Call, data: Record<string, unknown>): Story {
  const path = 'object_story_spec[video_data]'
  onlyKeys(data, VIDEO_KEYS, path)
  const id = idOf(data.video_id)
  if (id === null) throw missing(`${path}[video_id]`)
  const video = call.world.videos.find(id)
  if (video === null) throw invalidParameter(`Param ${path}[video_id] must be the id of a video in the account`)
  if (!isReady(video, call.now)) {
    throw refused(
      1885252,
      'Video not ready for use in an ad',
      'The video is still being processed or has a problem. Wait until its status is ready.',
      ['video_id'],
    )
  }
  if (text(data.image_hash) === null && text(data.image_url) === null) {
    throw refused(
      1443226,
      'Your ad needs a video thumbnail',
      'Please specify one of image_hash or image_url in the video_data field of object_story_spec.',
      ['image_url'],
    )
  }
  checkImage(call.world, { hash: data.image_hash, url: data.image_url }, `${path}[image_url]`)
  const button = readCallToAction(data.call_to_action, `${path}[call_to_action]`)
  return {
    ...plain('VIDEO', text(data.message)),
    title: text(data.title),
    link: button?.link ?? null,
    call_to_action_type: button?.type ?? null,
    image_hash: text(data.image_hash),
    video_id: id,
  }
}

function checkLink(link: unknown, path: string): void {
  if (link === undefined) throw missing(path)
  if (typeof link !== 'string' || !URL.canParse(link) || !/^https?:$/.test(new URL(link).protocol)) {
    throw invalidParameter(`Param ${path} must be a valid URL`)
  }
}

function onlyKeys(record: Record<string, unknown>, known: readonly string[], path: string): void {
  const unknown = Object.keys(record).find((key) => !known.includes(key))
  if (unknown !== undefined) throw invalidParameter(`Param ${path} has an unknown key: ${unknown}`)
}
