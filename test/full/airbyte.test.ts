import { expect, it } from 'vitest'

import { IDENTITY } from '../../sandbox/base/identity.js'
import { start } from '../../sandbox/test-client.js'
import { expectNothingSwallowed } from '../support/swallowed.js'
import { pythonWith } from './python.js'

interface Message {
  readonly type: string
  readonly record?: { readonly stream: string; readonly data: Record<string, unknown> }
  readonly connectionStatus?: { readonly status: string; readonly message?: string }
  readonly trace?: { readonly error?: { readonly internal_message?: string } }
}

const DAY = 86_400_000
/** Insights of the same days with different breakdowns: each must have the same total of impressions. */
const INSIGHTS = [
  'ads_insights',
  'ads_insights_age_and_gender',
  'ads_insights_country',
  'ads_insights_region',
  'ads_insights_delivery_platform_and_device_platform',
  'ads_insights_action_type',
]
const OBJECTS = ['ad_account', 'campaigns', 'ad_sets', 'ads', 'ad_creatives', 'custom_audiences', 'custom_conversions']
/** Streams without objects in the account, or with breakdowns for which Meta may return no rows. */
const EMPTY = ['images', 'videos', 'ads_insights_platform_and_device', 'ads_insights_action_product_id']

it('Airbyte’s source reads objects, creatives and insights with breakdowns', async ({ skip }) => {
  const python = await pythonWith('airbyte')
  if (typeof python === 'string') return skip(python)
  const { sandbox } = await start()
  const day = (before: number): string => `${new Date(Date.now() - before * DAY).toISOString().slice(0, 10)}T00:00:00Z`
  const read = async (since: string, streams: readonly string[]): Promise<Message[]> => {
    const { accountId, token } = IDENTITY
    const output = await python.run('airbyte.py', sandbox.url, accountId, token, since, day(2), ...streams)
    const lines = output.split('\n').filter((line) => line.startsWith('{'))
    return lines.map((line) => JSON.parse(line) as Message)
  }
  // The source skips objects that have not changed since the start date.
  const messages = [...(await read(day(200), OBJECTS)), ...(await read(day(4), [...INSIGHTS, ...EMPTY]))]
  expect(messages.flatMap(({ trace }) => trace?.error?.internal_message ?? [])).toEqual([])
  expect(messages.find(({ type }) => type === 'CONNECTION_STATUS')?.connectionStatus).toMatchObject({ status: 'SUCCEEDED' })
  const recordsOf = (stream: string) => messages.flatMap(({ record }) => (record?.stream === stream ? [record.data] : []))
  for (const stream of OBJECTS) expect([stream, recordsOf(stream).length > 0]).toEqual([stream, true])
  for (const stream of EMPTY) expect([stream, recordsOf(stream).length]).toEqual([stream, 0])
  const impressions = INSIGHTS.map((stream) => recordsOf(stream).reduce((sum, row) => sum + Number(row.impressions), 0))
  expect(new Set(impressions).size, String(impressions)).toBe(1)
  expect(impressions[0]).toBeGreaterThan(0)
  await expectNothingSwallowed(sandbox.url)
})
