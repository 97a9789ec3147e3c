/** Reads the URLs of ads' pictures twice a day, and sooner if a new ad has none. */

import { heartbeat } from '@temporalio/activity'

import type { MetaClient } from '../../connectors/meta/client.js'
import type { Account } from '../../engine/account/account.js'
import { HOUR, MINUTE } from '../../engine/clock/zone.js'
import { lacksPictures, savePictures } from '../../store/account/ad-pictures.js'
import type { ActivityDependencies } from '../base/dependencies.js'
import { isTimeFor } from '../base/throttle.js'
import { inPages, LIST_PAGES } from './question-size.js'
import { unlessRefused } from './sync-account-details.js'

/** Meta's URLs expire after some days. */
const EVERY = 12 * HOUR
/** The limit if new ads keep coming. */
const AT_MOST_EVERY = 10 * MINUTE

export async function syncAdPictures(
  dependencies: ActivityDependencies,
  client: MetaClient,
  { name, id }: Pick<Account, 'name' | 'id'>,
): Promise<void> {
  const { store } = dependencies
  const now = dependencies.now()
  if (!(await lacksPictures(store, name, now - EVERY))) return
  if (!isTimeFor(store, `pictures of ${name}`, AT_MOST_EVERY, now)) return
  await unlessRefused(dependencies, `the pictures of ${name}`, async () => {
    // Uses the page size of the ads, because the pictures are fields of ads.
    const found = await inPages(dependencies, name, 'ads', LIST_PAGES, (page) =>
      client.listAdPictures(id, { page: page ?? LIST_PAGES.smallest, onPage: (rows) => heartbeat(rows) }),
    )
    await savePictures(
      store,
      found.map(({ ad, creative, thumbnailUrl, imageUrl }) => ({
        account: name,
        ad,
        creative,
        thumbnail_url: thumbnailUrl,
        image_url: imageUrl,
        learned_at: now,
      })),
    )
  })
}
