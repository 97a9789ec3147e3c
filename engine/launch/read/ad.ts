/** An ad of a spec, with its creative. */

import { didYouMean } from '../../diagnostic/nearest.js'
import type { Fields } from '../../document/fields.js'
import { parseKebabId } from '../../document/kebab-id.js'
import type { Objective } from '../../metric/attributes.js'
import type { LaunchAd, LaunchCreative } from '../launch-spec.js'
import { MESSAGE_CALLS } from '../meta/call-to-action.js'
import type { AdSource, CreativeSource } from './schema.js'
import { parseLink, parseMediaPath, parseObjectId, parseObjectName, parseUrlTags } from './written-value.js'

export interface AdContext {
  readonly objective: Objective | undefined
  /** The destination of each ad set by its key; null if it is not in the file. */
  readonly destinations: ReadonlyMap<string, string | null>
  /** Whether the file exists, by its path in the spec. */
  readonly hasFile: (path: string) => boolean
}

/** Reports every error. Returns null if an error leaves too little to return. */
export function readAd(written: Partial<AdSource>, path: string, fields: Fields, context: AdContext): LaunchAd | null {
  const key = fields.read(`${path}/key`, written.key, (text) => parseKebabId(text, 'the key of an ad', 'hero-video'))
  const name = fields.has(`${path}/name`) ? fields.read(`${path}/name`, written.name, parseObjectName) : key
  const adsets = readAdsets(written.adsets, `${path}/adsets`, fields, context)
  const source = written.creative ?? {}
  const creative = readCreative(source, `${path}/creative`, fields, context)
  const destinations = new Set((written.adsets ?? []).map((adset) => context.destinations.get(adset) ?? null))
  checkCall(source, `${path}/creative`, fields, destinations)
  checkLink(source, `${path}/creative`, fields, { objective: context.objective, destinations })
  if (key === null || name === null || creative === null) return null
  return { key, name, adsets, creative }
}

function readAdsets(
  written: Partial<AdSource>['adsets'],
  path: string,
  fields: Fields,
  { destinations }: AdContext,
): readonly string[] {
  const known = [...destinations.keys()]
  const adsets = new Set<string>()
  for (const [index, adset] of (written ?? []).entries()) {
    if (adset === undefined) continue
    const at = `${path}/${index}`
    if (adsets.has(adset))
      fields.fault(at, 'duplicate-name', `\`${adset}\` is listed twice`, 'an ad is created once in each ad set')
    else if (!destinations.has(adset)) {
      const hint =
        didYouMean(adset, known) ?? (known.length === 0 ? undefined : `there are ${known.map((key) => `\`${key}\``).join(', ')}`)
      fields.fault(at, 'unknown-adset', `no ad set has the key \`${adset}\``, hint)
    }
    adsets.add(adset)
  }
  if (written?.length === 0) fields.fault(path, 'empty', 'the ad is in no ad set', 'add the key of an ad set, or remove the ad')
  return [...adsets]
}

function readCreative(
  written: Partial<CreativeSource>,
  path: string,
  fields: Fields,
  { hasFile }: AdContext,
): LaunchCreative | null {
  const at = (key: keyof CreativeSource): string => `${path}/${key}`
  const pageId = fields.read(at('page_id'), written.page_id, parseObjectId)
  const media = readMedia(written, path, fields)
  const thumbnail = fields.read(at('thumbnail'), written.thumbnail, (text) => parseMediaPath(text, 'image'))
  if (fields.has(at('thumbnail')) && !fields.has(at('video'))) {
    fields.keyFault(at('thumbnail'), 'needless-key', 'only a video has a thumbnail', 'remove it')
  }
  for (const [key, file] of [
    [media?.kind ?? 'image', media?.path],
    ['thumbnail', thumbnail],
  ] as const) {
    if (file != null && !hasFile(file)) fields.fault(at(key), 'missing-media', `there is no file \`${file}\` next to the spec`)
  }
  const read = {
    instagramUserId: fields.read(at('instagram_user_id'), written.instagram_user_id, parseObjectId),
    link: fields.read(at('link'), written.link, parseLink),
    leadFormId: fields.read(at('lead_form_id'), written.lead_form_id, parseObjectId),
    urlTags: fields.read(at('url_tags'), written.url_tags, parseUrlTags),
  }
  if (pageId === null || media === null) return null
  return {
    pageId,
    media,
    thumbnail,
    text: written.text?.trim() ?? null,
    headline: written.headline?.trim() ?? null,
    description: written.description?.trim() ?? null,
    callToAction: written.call_to_action ?? null,
    ...read,
  }
}

function readMedia(written: Partial<CreativeSource>, path: string, fields: Fields): LaunchCreative['media'] | null {
  const [image, video] = (['image', 'video'] as const).map((kind) =>
    fields.read(`${path}/${kind}`, written[kind], (text) => parseMediaPath(text, kind)),
  ) as [string | null, string | null]
  if (fields.has(`${path}/image`) && fields.has(`${path}/video`)) {
    const hint = 'the preview image of a video is its `thumbnail:`'
    fields.keyFault(`${path}/image`, 'contradiction', 'an ad has either an `image` or a `video`, not both', hint)
    return null
  }
  if (!fields.has(`${path}/image`) && !fields.has(`${path}/video`) && fields.has(path)) {
    fields.keyFault(path, 'missing-key', 'the ad has neither an `image` nor a `video`', 'for example `image: media/hero.jpg`')
  }
  if (image !== null) return { kind: 'image', path: image }
  return video === null ? null : { kind: 'video', path: video }
}

/** Reports an ad without the button that opens a conversation in an ad set whose destination is one. */
function checkCall(
  { call_to_action: call }: Partial<CreativeSource>,
  path: string,
  fields: Fields,
  destinations: ReadonlySet<string | null>,
): void {
  const place = `${path}/call_to_action`
  for (const [button, destination] of Object.entries(MESSAGE_CALLS)) {
    if (!destinations.has(destination) || call === button) continue
    const message = `an ad in an ad set with the destination ${destination} needs the button \`${button}\``
    if (destinations.size > 1 || fields.has(place))
      fields.fault(fields.has(place) ? place : `${path}/page_id`, 'wrong-button', message, 'create a separate ad for this ad set')
    else fields.fault(`${path}/page_id`, 'missing-key', message, `for example \`call_to_action: ${button}\``)
  }
}

/** The objectives whose ads do not need a link. */
const WITHOUT_LINK: readonly Objective[] = ['OUTCOME_AWARENESS', 'OUTCOME_ENGAGEMENT']

/** Reports a missing link or instant form. Meta refuses an ad without a link if its objective needs one (error subcode 2446383). */
function checkLink(
  { link, call_to_action: call, lead_form_id: form }: Partial<CreativeSource>,
  path: string,
  fields: Fields,
  { objective, destinations }: { readonly objective: Objective | undefined; readonly destinations: ReadonlySet<string | null> },
): void {
  if (destinations.has('ON_AD') && form === undefined && !fields.has(`${path}/lead_form_id`)) {
    fields.fault(
      `${path}/page_id`,
      'missing-key',
      'an ad in an ad set with the destination ON_AD needs an instant form',
      'for example `lead_form_id: "1234567890"`',
    )
    return
  }
  if (link !== undefined || fields.has(`${path}/link`) || objective === undefined || WITHOUT_LINK.includes(objective)) return
  if (form !== undefined || (call !== undefined && Object.hasOwn(MESSAGE_CALLS, call))) return
  if ([...destinations].some((destination) => destination?.startsWith('LEAD_FROM_') === true)) return
  const calls = destinations.has('PHONE_CALL')
  const example = calls ? 'tel:+905551112233' : 'https://www.example.com/summer'
  fields.fault(`${path}/page_id`, 'missing-key', `an ad of \`${objective}\` needs a \`link\``, `for example \`link: ${example}\``)
}
