/** Checks the images of a creative, which are given by the hash of an uploaded image or by a URL. */

import { stillUrl } from '../media/video-node.js'
import { refused } from '../protocol/errors.js'
import { IMAGE_HOST } from '../state/image-store.js'
import type { World } from '../world/world.js'

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

/**
 * @param given the hash and the URL, if there are any
 * @param place the place of the URL, for the error: `object_story_spec[link_data][picture]`
 * @throws GraphError 100 for an image that the account does not have, 3858258 for a URL that cannot be reached
 */
export function checkImage(world: World, given: { readonly hash?: unknown; readonly url?: unknown }, place: string): void {
  checkImageHash(world, given.hash)
  const url = text(given.url)
  if (url === null || isOwn(world, url)) return
  const field = /\[(\w+)\]$/.exec(place)?.[1] ?? place
  throw refused(
    3858258,
    'Image could not be downloaded',
    `The image at ${place} could not be downloaded: the sandbox fetches nothing from the network. Upload the image instead.`,
    [field],
  )
}

/** @throws GraphError 100 if the account has no such image */
function checkImageHash(world: World, given: unknown): void {
  const hash = text(given)
  if (hash === null || world.images.find(hash)?.status === 'ACTIVE') return
  throw refused(null, 'Invalid image hash', `The account has no image with the hash ${hash}. Upload it first.`, ['image_hash'])
}

/** Whether a URL is one of the sandbox's own, which are the only ones that it can reach. */
function isOwn(world: World, url: string): boolean {
  if (url.startsWith(`${IMAGE_HOST}/images/`))
    return world.images.find(url.slice(`${IMAGE_HOST}/images/`.length))?.status === 'ACTIVE'
  const [, id = '', index = ''] = /\/videos\/(\d+)\/still-(\d)\.jpg$/.exec(url) ?? []
  return world.videos.find(id) !== null && url === stillUrl(id, Number(index))
}
