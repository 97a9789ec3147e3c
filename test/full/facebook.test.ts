import { expect, it } from 'vitest'

import { IDENTITY } from '../../sandbox/base/identity.js'
import { start } from '../../sandbox/test-client.js'
import { expectNothingSwallowed } from '../support/swallowed.js'
import { pythonWith } from './python.js'

it('Meta’s Python SDK reads with all fields, creates, uploads and batches', async ({ skip }) => {
  const python = await pythonWith('facebook')
  if (typeof python === 'string') return skip(python)
  const { sandbox } = await start()
  const { accountId, pageId, pixelId, appId, appSecret, token } = IDENTITY
  const output = await python.run('facebook.py', sandbox.url, `act_${accountId}`, pageId, pixelId, appId, appSecret, token)
  const said = JSON.parse(output) as Record<string, unknown>
  for (const name of ['campaigns', 'adsets', 'ads', 'creatives', 'pixels', 'audiences']) {
    const [read, total] = said[name] as [number, number]
    expect([name, read > 0, read]).toEqual([name, true, total])
  }
  expect(said).toMatchObject({
    account: IDENTITY.accountName,
    insights_async: said.insights,
    video: 3,
    previews: 1,
    ad: { status: 'PAUSED', campaign: { name: 'Python | Yaz' } },
  })
  expect(said.batch).toMatchObject([{ success: true }, { data: [{ name: 'Kadın 25+' }] }, { error: 100 }])
  await expectNothingSwallowed(sandbox.url)
})
