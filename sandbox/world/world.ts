/** The state that requests may use, assembled when the server starts: a world for each account, and all worlds together. */

import { Calendar } from '../base/calendar.js'
import type { Account } from '../delivery/account.js'
import { Delivery } from '../delivery/delivery.js'
import { type AccessTier, UsageLimits } from '../protocol/limits.js'
import { keptFact, type StateDatabase } from '../state/database.js'
import { ImageStore } from '../state/image-store.js'
import { ObjectStore } from '../state/objects.js'
import { effectiveStatus } from '../state/status.js'
import { VideoStore } from '../state/video-store.js'
import { historyWitness, recordPayments } from './history.js'
import { sceneProfiles, seedScene } from './seed.js'

/** One ad account with everything that belongs to it, and nothing of another account. */
export interface World {
  readonly account: Account
  /** Days and hours in the account's time zone. */
  readonly calendar: Calendar
  readonly database: StateDatabase
  /** The sandbox's clock in milliseconds. */
  readonly now: () => number
  readonly seed: number
  /** When the sandbox was first started; the scenes count their days from there. */
  readonly firstStart: number
  readonly objects: ObjectStore
  readonly images: ImageStore
  readonly videos: VideoStore
  readonly delivery: Delivery
  readonly limits: UsageLimits
}

/** The worlds of all accounts that the token can access. */
export class Worlds {
  constructor(readonly all: readonly World[]) {}

  /** The world of the first account, which also handles requests that belong to no account. */
  get first(): World {
    const [first] = this.all
    if (!first) throw new Error('The sandbox has no account.')
    return first
  }

  /** @param id without `act_` */
  ofAccount(id: string): World | undefined {
    return this.all.find(({ account }) => account.id === id)
  }

  /** The world that a campaign, an ad set, an ad, a creative or a video belongs to. */
  owning(id: string): World | undefined {
    return this.all.find(({ objects, videos }) => objects.find(id) !== undefined || videos.find(id) !== null)
  }
}

export interface WorldSettings {
  /** Stored in the state; an existing state keeps its seed. */
  readonly seed: number
  readonly now: () => number
  readonly tier: AccessTier
}

/** Opens the worlds from the state, and creates the scene of every account that has no objects yet. */
export function openWorlds(database: StateDatabase, accounts: readonly Account[], settings: WorldSettings): Worlds {
  const { seed, at } = keptFact(database, 'first-start', () => ({ seed: settings.seed, at: settings.now() }))
  const open = (account: Account): World => openWorld(database, account, { ...settings, seed }, at)
  return new Worlds(database.transaction(() => accounts.map(open))())
}

function openWorld(database: StateDatabase, account: Account, { seed, now, tier }: WorldSettings, firstStart: number): World {
  const calendar = new Calendar(account.timezoneName)
  const objects = new ObjectStore(database, account.id)
  if (objects.size === 0) {
    const log = { database, account }
    seedScene(objects, account, calendar, calendar.dayAt(firstStart), historyWitness(log, objects, firstStart))
    recordPayments(log, calendar, firstStart)
  }
  return {
    account,
    calendar,
    database,
    now,
    seed,
    firstStart,
    objects,
    images: new ImageStore(database, account.id),
    videos: new VideoStore(database, account.id),
    delivery: new Delivery(objects, seed, calendar, firstStart, account.payment, sceneProfiles(account)),
    limits: new UsageLimits(
      tier,
      account.business.id,
      () => objects.all('ad').filter((ad) => effectiveStatus(objects, ad, now()) === 'ACTIVE').length,
    ),
  }
}
