/** The objects that a launch creates at Meta. */

import type { LaunchObject, MediaFile } from '../launch-object.js'
import type { LaunchAd, LaunchSpec } from '../launch-spec.js'
import { adsetKey, adsetObject } from './adset.js'
import { campaignObject } from './campaign.js'
import { creativeKey, creativeObject, mediaKey } from './creative.js'

/**
 * Returns the objects in the order of creation: references only point to earlier ones.
 *
 * @param media the files that `mediaOf` names, by path
 * @param optsOut whether the object with this key opts out of features that Meta enables by default (`opt-outs.ts`)
 * @throws RangeError if a file is missing from `media`
 */
export function objectsOf(
  spec: LaunchSpec,
  media: ReadonlyMap<string, MediaFile>,
  optsOut: (key: string) => boolean,
): readonly LaunchObject[] {
  return [
    ...mediaObjects(spec, media),
    campaignObject(spec),
    ...spec.adsets.map((adset) => adsetObject(spec, adset, optsOut(adsetKey(adset.key)))),
    ...spec.ads.map((ad) => creativeObject(spec, ad, media, optsOut(creativeKey(ad.key)))),
    ...spec.ads.flatMap((ad) => ad.adsets.map((adset) => adObject(ad, adset))),
  ]
}

function mediaObjects(spec: LaunchSpec, media: ReadonlyMap<string, MediaFile>): readonly LaunchObject[] {
  const objects = new Map<string, LaunchObject>()
  for (const { creative } of spec.ads) {
    const { kind, path } = creative.media
    for (const object of [
      mediaObject(kind, path, media),
      ...(creative.thumbnail === null ? [] : [mediaObject('image', creative.thumbnail, media)]),
    ]) {
      objects.set(object.key, object)
    }
  }
  return [...objects.values()]
}

function mediaObject(kind: 'image' | 'video', path: string, media: ReadonlyMap<string, MediaFile>): LaunchObject {
  const file = media.get(path)
  if (file === undefined) throw new RangeError(`the file ${path} is missing from the media`)
  const { sha256, bytes } = file
  const name = path.split('/').at(-1)!
  return { key: mediaKey(kind, path), kind, name, parent: null, fields: { sha256 }, filled: [], media: { path, sha256, bytes } }
}

/** Returns the ad, with the parameters of `POST /act_<id>/ads`. */
const adObject = ({ key, name }: LaunchAd, adset: string): LaunchObject => ({
  key: `ad/${key}/${adset}`,
  kind: 'ad',
  name,
  parent: adsetKey(adset),
  fields: { name, adset_id: { $id: adsetKey(adset) }, creative: { creative_id: { $id: creativeKey(key) } } },
  filled: [],
})
