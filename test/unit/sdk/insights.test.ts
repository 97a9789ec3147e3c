import type { Cursor } from 'facebook-nodejs-business-sdk'
import { expect, it } from 'vitest'

import { IDENTITY } from '../../../sandbox/base/identity.js'
import { Clock, start } from '../../../sandbox/test-client.js'
import { sdk, sdkAt } from './sdk.js'

const ACCOUNT = `act_${IDENTITY.accountId}`
const WEEK = { level: 'ad', date_preset: 'last_7d', time_increment: 1, breakdowns: ['gender'] }

/** All rows of all pages. */
async function pagesOf(first: Cursor): Promise<ReadonlyArray<Readonly<Record<string, unknown>>>> {
  const rows = first.map(({ _data: row }) => row)
  for (let cursor = first; cursor.hasNext(); rows.push(...cursor.map(({ _data: row }) => row))) cursor = await cursor.next()
  return rows
}

it('a report has the same rows as a direct request, page by page', async () => {
  const client = await start({ now: new Clock().now })
  const account = new sdk.AdAccount(ACCOUNT, {}, undefined, sdkAt(client.sandbox.url))
  const fields = ['ad_id', 'spend', 'impressions', 'actions']
  const direct = await pagesOf(await account.getInsights(fields, { ...WEEK, limit: 50 }))
  const report = await account.getInsightsAsync(fields, WEEK)
  let done = 0
  while (done < 100) {
    done = Number((await report.get(['async_status', 'async_percent_completion']))._data.async_percent_completion)
  }
  expect(await pagesOf(await report.getInsights([], { limit: 40 }))).toEqual(direct)
  expect(direct.length).toBeGreaterThan(100)
})

it('edges can be paged to the end, with a total count', async () => {
  const client = await start({ now: new Clock().now })
  const account = new sdk.AdAccount(ACCOUNT, {}, undefined, sdkAt(client.sandbox.url))
  const first = await account.getAds(['name'], { limit: 5, summary: true })
  const ads = await pagesOf(first)
  expect([ads.length, new Set(ads.map(({ id }) => id)).size]).toEqual([24, 24])
})
