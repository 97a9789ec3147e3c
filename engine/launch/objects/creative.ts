import { hashOf } from '../canonical.js'
import type { Json, JsonObject } from '../json.js'
import type { LaunchObject, MediaFile } from '../launch-object.js'
import type { LaunchAd, LaunchCreative, LaunchSpec } from '../launch-spec.js'
import { MESSAGE_CALLS } from '../meta/call-to-action.js'
import { NO_PRODUCT_SHOWCASE } from '../meta/opt-outs.js'
import { Filling } from './fill-defaults.js'

export const creativeKey = (ad: string): string => `creative/${ad}`
export const mediaKey = (kind: 'image' | 'video', path: string): string => `${kind}/${path}`

/** Characters of the content's hash in a name: one in four thousand million equal names would still have other content. */
const HASH_LETTERS = 8

/** Parameters of `POST /act_<id>/adcreatives`. */
export function creativeObject(
  launch: LaunchSpec,
  ad: LaunchAd,
  files: ReadonlyMap<string, MediaFile>,
  optsOut: boolean,
): LaunchObject {
  const { creative } = ad
  const filling = new Filling()
  const story: JsonObject = withoutNull({
    page_id: creative.pageId,
    instagram_user_id: creative.instagramUserId,
    ...storyOf(ad, filling),
  })
  const content = { object_story_spec: story, ...(creative.urlTags === null ? {} : { url_tags: creative.urlTags }) }
  const hashes = [creative.media.path, creative.thumbnail].map((path) => (path === null ? null : files.get(path)?.sha256))
  const name = `${launch.key} | ${ad.key} | ${hashOf([content, hashes]).slice(0, HASH_LETTERS)}`
  // Not a part of the name: a creative from before the version that switches it on keeps its name and stays.
  const fields = { name, ...content, ...(optsOut ? { degrees_of_freedom_spec: NO_PRODUCT_SHOWCASE } : {}) }
  if (optsOut) {
    const why = 'Meta may add products of a catalogue to the ad unless it is off'
    filling.note('degrees_of_freedom_spec.creative_features_spec.product_extensions.enroll_status', 'OPT_OUT', why)
  }
  return { key: creativeKey(ad.key), kind: 'creative', name, parent: null, fields, filled: filling.filled }
}

function storyOf(ad: LaunchAd, filling: Filling): JsonObject {
  const { creative } = ad
  const call = callOf(ad, filling)
  const link = linkOf(creative, filling)
  if (creative.media.kind === 'video') return { video_data: videoData(creative, call, filling) }
  const image = { $hash: mediaKey('image', creative.media.path) }
  if (link === null) return { photo_data: withoutNull({ image_hash: image, caption: creative.text }) }
  return {
    link_data: withoutNull({
      link,
      message: creative.text,
      name: creative.headline,
      description: creative.description,
      image_hash: image,
      call_to_action: call,
    }),
  }
}

function videoData(creative: LaunchCreative, call: Json, filling: Filling): JsonObject {
  const video = mediaKey('video', creative.media.path)
  const thumbnail = { $thumbnail: video }
  if (creative.thumbnail === null) {
    const why = 'Meta wants an image that stands for the video, and has taken this one from it'
    filling.note('object_story_spec.video_data.image_url', thumbnail, why)
  }
  return withoutNull({
    video_id: { $id: video },
    ...(creative.thumbnail === null
      ? { image_url: thumbnail }
      : { image_hash: { $hash: mediaKey('image', creative.thumbnail) } }),
    message: creative.text,
    title: creative.headline,
    link_description: creative.description,
    call_to_action: call,
  })
}

/** Where conversations and instant forms lead, Meta still wants an address. Source: Marketing API, click-to-message and lead ads. */
const STANDING_LINKS: Readonly<Record<string, string>> = {
  WHATSAPP_MESSAGE: 'https://api.whatsapp.com/send',
  MESSAGE_PAGE: 'https://fb.com/messenger_doc/',
}
const FORM_LINK = 'https://fb.me/'

/** What a call rings is the button's alone. */
const isCall = (link: string | null): boolean => link?.startsWith('tel:') === true

function linkOf({ link, leadFormId, callToAction, media, pageId }: LaunchCreative, filling: Filling): string | null {
  if (media.kind === 'video' || (link !== null && !isCall(link))) return link
  if (isCall(link)) {
    const page = `https://www.facebook.com/${pageId}`
    filling.note(
      'object_story_spec.link_data.link',
      page,
      'Meta wants an address in addition to the number, and this one is the page’s',
    )
    return page
  }
  const [standing, why] =
    leadFormId === null
      ? [STANDING_LINKS[callToAction ?? ''], 'Meta wants an address there, and this one stands for the conversation']
      : [FORM_LINK, 'Meta wants an address there, and this one stands for the instant form']
  if (standing !== undefined) filling.note('object_story_spec.link_data.link', standing, why)
  return standing ?? null
}

/** The button, and what it opens. */
function callOf({ creative }: LaunchAd, filling: Filling): Json {
  const { callToAction: said, leadFormId, media, link } = creative
  const field = `object_story_spec.${media.kind === 'video' ? 'video_data' : 'link_data'}.call_to_action.type`
  let type = said
  if (type === null && leadFormId !== null) {
    type = 'SIGN_UP'
    filling.note(field, type, 'an instant form opens by a button')
  } else if (type === null && isCall(link)) {
    type = 'CALL_NOW'
    filling.note(field, type, 'a number is called by a button')
  } else if (type === null && link !== null && media.kind === 'video') {
    type = 'LEARN_MORE'
    filling.note(field, type, 'Meta hangs the link of a video on its button')
  }
  if (type === null || type === 'NO_BUTTON') return type === null ? null : { type }
  const conversation = MESSAGE_CALLS[type]
  const value = withoutNull({
    ...(leadFormId === null ? {} : { lead_gen_form_id: leadFormId }),
    ...(leadFormId === null && conversation !== undefined ? { app_destination: conversation } : {}),
    ...(leadFormId === null && conversation === undefined ? { link } : {}),
  })
  return { type, ...(Object.keys(value).length === 0 ? {} : { value }) }
}

const withoutNull = (members: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null))
