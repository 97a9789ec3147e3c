/** What a launch makes at Meta, one thing after the other. */

import type { LaunchObject, MediaFile } from '../launch-object.js'
import type { LaunchAd, LaunchSpec } from '../launch-spec.js'
import { adsetKey, adsetObject } from './adset.js'
import { campaignObject } from './campaign.js'
import { creativeKey, creativeObject, mediaKey } from './creative.js'

/**
 * In an order in which each can be made: what another refers to comes before it.
 *
 * @param media what is known of the files that `mediaOf` names, by path
 * @param optsOut whether the object of this key opts out of what Meta switches on by itself (`opt-outs.ts`)
 * @throws RangeError if one of them is not among these
 */
export function objectsOf(
  launch: LaunchSpec,
  media: ReadonlyMap<string, MediaFile>,
  optsOut: (key: string) => boolean,
): readonly LaunchObject[] {
  return [
    ...mediaObjects(launch, media),
    campaignObject(launch),
    ...launch.adsets.map((adset) => adsetObject(launch, adset, optsOut(adsetKey(adset.key)))),
    ...launch.ads.map((ad) => creativeObject(launch, ad, media, optsOut(creativeKey(ad.key)))),
    ...launch.ads.flatMap((ad) => ad.adsets.map((adset) => adObject(ad, adset))),
  ]
}

function mediaObjects(launch: LaunchSpec, media: ReadonlyMap<string, MediaFile>): readonly LaunchObject[] {
  const objects = new Map<string, LaunchObject>()
  for (const { creative } of launch.ads) {
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
  if (file === undefined) throw new RangeError(`nothing is known of the file ${path}`)
  const { sha256, bytes } = file
  const name = path.split('/').at(-1)!
  return { key: mediaKey(kind, path), kind, name, parent: null, fields: { sha256 }, filled: [], media: { path, sha256, bytes } }
}

/** Parameters of `POST /act_<id>/ads`. */
const adObject = ({ key, name }: LaunchAd, adset: string): LaunchObject => ({
  key: `ad/${key}/${adset}`,
  kind: 'ad',
  name,
  parent: adsetKey(adset),
  fields: { name, adset_id: { $id: adsetKey(adset) }, creative: { creative_id: { $id: creativeKey(key) } } },
  filled: [],
})
