import { expect, it } from 'vitest'

import { fieldsOf } from '../../../sandbox/catalog/catalog.js'
import { adsetId, campaignIdAt } from '../../../sandbox/delivery/seed.js'
import { IDENTITY } from '../../../sandbox/identity.js'
import { Clock, start } from '../../../sandbox/test-client.js'
import { nodeClass, sdkAt } from './sdk.js'

const ACCOUNT = `act_${IDENTITY.accountId}`
const AD = '12021000003' + '0000001'
const NODES: ReadonlyArray<[type: string, id: string]> = [
  ['AdAccount', ACCOUNT],
  ['Campaign', campaignIdAt(0)],
  ['AdSet', adsetId('kadin-genis')],
  ['Ad', AD],
  ['AdCreative', AD.replace('12021000003', '12021000004')],
]

it.each(NODES)('%s is read with every field that Meta documents, and refused with one that there is not', async (type, id) => {
  const { sandbox } = await start({ now: new Clock().now })
  sdkAt(sandbox.url)
  const Type = nodeClass(type)
  const node = await new Type(id).get(Object.values(Type.Fields))
  expect(node._data.id).toBe(id)
  await expect(new Type(id).get(fieldsOf(type))).resolves.toBeDefined()
  await expect(new Type(id).get(['nonsense'])).rejects.toMatchObject({ status: 400, response: { code: 100 } })
})

it('insights are read with every field, and those without a value are left out of the row', async () => {
  const { sandbox } = await start({ now: new Clock().now })
  sdkAt(sandbox.url)
  const rows = await new (nodeClass('AdAccount'))(ACCOUNT).getInsights(Object.values(nodeClass('AdsInsights').Fields), {
    date_preset: 'last_7d',
  })
  expect(rows[0]?._data).toMatchObject({ account_id: IDENTITY.accountId, spend: expect.stringMatching(/^\d/) as unknown })
  expect(rows[0]?._data).not.toHaveProperty('auction_bid')
})
