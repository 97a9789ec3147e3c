import { hashOf } from '../canonical.js'
import type { Json, JsonObject } from '../json.js'
import type { LaunchObject, MediaFile } from '../launch-object.js'
import type { LaunchAd, LaunchCreative, LaunchSpec } from '../launch-spec.js'
import { MESSAGE_CALLS } from '../meta/call-to-action.js'
import { NO_PRODUCT_SHOWCASE } from '../meta/opt-outs.js'
import { FieldBuilder } from './fill-defaults.js'

export const creativeKey = (ad: string): string => `creative/${ad}`
export const mediaKey = (kind: 'image' | 'video', path: string): string => `${kind}/${path}`

/** Characters of the content's hash in a name. With 32 bits, two contents have the same hash once in four billion cases. */
const HASH_LETTERS = 8

/** Returns the creative, with the parameters of `POST /act_<id>/adcreatives`. */
export function creativeObject(
  spec: LaunchSpec,
  ad: LaunchAd,
  files: ReadonlyMap<string, MediaFile>,
  optsOut: boolean,
): LaunchObject {
  const { creative } = ad
  const builder = new FieldBuilder()
  const story: JsonObject = withoutNull({
    page_id: creative.pageId,
    instagram_user_id: creative.instagramUserId,
    ...storyOf(ad, builder),
  })
  const content = { object_story_spec: story, ...(creative.urlTags === null ? {} : { url_tags: creative.urlTags }) }
  const hashes = [creative.media.path, creative.thumbnail].map((path) => (path === null ? null : files.get(path)?.sha256))
  const name = `${spec.key} | ${ad.key} | ${hashOf([content, hashes]).slice(0, HASH_LETTERS)}`
  // The opt-out is not part of the hash, so that a creative from before v27.0 keeps its name and is not replaced.
  const fields = { name, ...content, ...(optsOut ? { degrees_of_freedom_spec: NO_PRODUCT_SHOWCASE } : {}) }
  if (optsOut) {
    const why = 'Meta may add products of a catalogue to the ad unless it is off'
    builder.note('degrees_of_freedom_spec.creative_features_spec.product_extensions.enroll_status', 'OPT_OUT', why)
  }
  return { key: creativeKey(ad.key), kind: 'creative', name, parent: null, fields, filled: builder.filled }
}

function storyOf(ad: LaunchAd, builder: FieldBuilder): JsonObject {
  const { creative } = ad
  const call = callOf(ad, builder)
  const link = linkOf(creative, builder)
  if (creative.media.kind === 'video') return { video_data: videoData(creative, call, builder) }
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

function videoData(creative: LaunchCreative, call: Json, builder: FieldBuilder): JsonObject {
  const video = mediaKey('video', creative.media.path)
  const thumbnail = { $thumbnail: video }
  if (creative.thumbnail === null) {
    const why = 'Meta requires a thumbnail, and has made this one from the video'
    builder.note('object_story_spec.video_data.image_url', thumbnail, why)
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

/** Meta requires a link even in ads that open a conversation or an instant form. Source: Marketing API, click-to-message and lead ads. */
const CONVERSATION_LINKS: Readonly<Record<string, string>> = {
  WHATSAPP_MESSAGE: 'https://api.whatsapp.com/send',
  MESSAGE_PAGE: 'https://fb.com/messenger_doc/',
}
const FORM_LINK = 'https://fb.me/'

/** Whether the link is a phone number, which only the button may have. */
const isPhone = (link: string | null): boolean => link?.startsWith('tel:') === true

function linkOf({ link, leadFormId, callToAction, media, pageId }: LaunchCreative, builder: FieldBuilder): string | null {
  if (media.kind === 'video' || (link !== null && !isPhone(link))) return link
  if (isPhone(link)) {
    const page = `https://www.facebook.com/${pageId}`
    builder.note(
      'object_story_spec.link_data.link',
      page,
      'Meta requires a link in addition to the phone number, and this is the page’s',
    )
    return page
  }
  const [address, why] =
    leadFormId === null
      ? [CONVERSATION_LINKS[callToAction ?? ''], 'Meta requires this link in ads that open a conversation']
      : [FORM_LINK, 'Meta requires this link in ads that open an instant form']
  if (address !== undefined) builder.note('object_story_spec.link_data.link', address, why)
  return address ?? null
}

/** Returns the button and what it opens; null without one. */
function callOf({ creative }: LaunchAd, builder: FieldBuilder): Json {
  const { callToAction: written, leadFormId, media, link } = creative
  const field = `object_story_spec.${media.kind === 'video' ? 'video_data' : 'link_data'}.call_to_action.type`
  let type = written
  if (type === null && leadFormId !== null) {
    type = 'SIGN_UP'
    builder.note(field, type, 'an instant form is opened by a button')
  } else if (type === null && isPhone(link)) {
    type = 'CALL_NOW'
    builder.note(field, type, 'a phone number is called by a button')
  } else if (type === null && link !== null && media.kind === 'video') {
    type = 'LEARN_MORE'
    builder.note(field, type, 'in a video ad, Meta puts the link on a button')
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
