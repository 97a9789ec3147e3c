/** All that a request may touch, put together once when the server starts. */

import { dayAt } from './calendar.js'
import { Delivery } from './delivery/delivery.js'
import { seedScene, sceneProfiles } from './delivery/seed.js'
import { UsageLimits, type AccessTier } from './graph/limits.js'
import { effectiveStatus } from './graph/status.js'
import { ImageStore } from './media/image-store.js'
import { VideoStore } from './media/video-store.js'
import { keptFact, type StateDatabase } from './state/database.js'
import { ObjectStore } from './state/objects.js'

export interface World {
  readonly database: StateDatabase
  /** The sandbox's clock in milliseconds. */
  readonly now: () => number
  readonly seed: number
  /** When the sandbox was first started; the scene counts its days from there. */
  readonly firstStart: number
  readonly objects: ObjectStore
  readonly images: ImageStore
  readonly videos: VideoStore
  readonly delivery: Delivery
  readonly limits: UsageLimits
}

/** Reads the state, or makes the scene in an empty one. The seed of a state file is the one it was made with. */
export function openWorld(database: StateDatabase, seed: number, now: () => number, tier: AccessTier): World {
  const kept = keptFact(database, 'first-start', () => ({ seed, at: now() }))
  const objects = new ObjectStore(database)
  if (objects.size === 0) database.transaction(() => seedScene(objects, dayAt(kept.at)))()
  return {
    database,
    now,
    seed: kept.seed,
    firstStart: kept.at,
    objects,
    images: new ImageStore(database),
    videos: new VideoStore(database),
    delivery: new Delivery(objects, kept.seed, dayAt(kept.at), sceneProfiles()),
    limits: new UsageLimits(
      tier,
      () => objects.all('ad').filter((ad) => effectiveStatus(objects, ad, now()) === 'ACTIVE').length,
    ),
  }
}
