/** Checks the assets of a creative that Meta assembles: its images and videos must belong to the account. */

import { invalidParameter } from '../protocol/errors.js'
import { idOf, isRecord } from '../protocol/parameters.js'
import type { World } from '../world/world.js'
import { checkImage } from './image.js'

/** @throws GraphError 100 for an image or a video that does not exist */
export function checkAssetFeed(world: World, feed: Readonly<Record<string, unknown>>): void {
  partsOf(feed, 'images').forEach(({ hash, url }, index) => {
    checkImage(world, { hash, url }, `asset_feed_spec[images][${index}][url]`)
  })
  partsOf(feed, 'videos').forEach((video, index) => {
    const place = `asset_feed_spec[videos][${index}]`
    if (world.videos.find(idOf(video.video_id) ?? '') === null)
      throw invalidParameter(`Param ${place}[video_id] must be the id of a video in the account`)
    checkImage(world, { hash: video.thumbnail_hash, url: video.thumbnail_url }, `${place}[thumbnail_url]`)
  })
}

function partsOf(feed: Readonly<Record<string, unknown>>, name: string): readonly Record<string, unknown>[] {
  const parts = feed[name] ?? []
  if (!Array.isArray(parts) || !parts.every(isRecord))
    throw invalidParameter(`Param asset_feed_spec[${name}] must be an array of objects`)
  return parts
}
