import { describe, expect, test } from 'vitest'

import { replaceLaunches } from '../../../store/launches/launches.js'
import { testApi } from '../../../test/support/api.js'
import { readPostedSpec } from './launches.js'

const SPEC = `
launch: summer-sale
account: moda-tr
campaign: { name: "TR | Summer", objective: OUTCOME_TRAFFIC, special_ad_categories: [] }
adsets:
  - { key: women, daily_budget: 500 TRY, optimization_goal: LINK_CLICKS, targeting: { geo_locations: { countries: [TR] } } }
ads:
  - { key: hero, adsets: [women], creative: { page_id: "1", image: a.png, text: Yaz, link: "https://modatr.example", call_to_action: SHOP_NOW } }
`
const yaml = { 'content-type': 'application/yaml' }

describe('a posted launch spec', () => {
  test('with errors is refused with all errors and their places, and nothing is stored', async () => {
    const { ask, context } = await testApi()
    const body = SPEC.replace('500 TRY', '500 USD').replace('OUTCOME_TRAFFIC', 'OUTCOME_TRAFIC')
    const response = await ask('/api/launches', { method: 'POST', body, headers: yaml })
    expect(response.status).toBe(422)
    const problem = (await response.json()) as { type: string; errors: { where: string }[] }
    expect(problem.type).toBe('urn:tetik:spec-rejected')
    expect(problem.errors.map(({ where }) => where.split(':')[1])).toEqual(['4', '6'])
    expect(await context.store.db.selectFrom('launches').select('key').execute()).toEqual([])
  })

  test.each([
    ['text/plain', SPEC, 415],
    ['application/yaml', '', 422],
    ['application/json', '[', 422],
    ['application/yaml', Buffer.from([0xff, 0xfe]).toString('latin1') + '\u0000', 422],
  ])('of the type %s with this body is refused', async (type, body, status) => {
    const { ask } = await testApi()
    expect((await ask('/api/launches', { method: 'POST', body, headers: { 'content-type': type } })).status).toBe(status)
  })

  test('is not stored while Temporal is unreachable, and the same request may be repeated', async () => {
    const { ask, context } = await testApi()
    const headers = { ...yaml, 'idempotency-key': 'once' }
    for (let time = 0; time < 2; time += 1) {
      expect((await ask('/api/launches', { method: 'POST', body: SPEC, headers })).status).toBe(503)
    }
    expect(await context.store.db.selectFrom('launch_runs').select('id').execute()).toEqual([])
  })

  test('without an Idempotency-Key is refused', async () => {
    const { app } = await testApi()
    const headers = { authorization: 'Bearer test-token-of-the-api', ...yaml }
    expect((await app.request('/api/launches', { method: 'POST', body: SPEC, headers })).status).toBe(400)
  })
})

test('an unknown launch is reported, and a loaded one is shown even if it has no objects', async () => {
  const { ask, context } = await testApi()
  expect((await ask('/api/launches/summer-sale')).status).toBe(404)
  for (const what of ['plan', 'publish']) {
    expect((await ask(`/api/launches/summer-sale/${what}`, { method: 'POST' })).status).toBe(404)
  }
  await replaceLaunches(context.store, [readPostedSpec(SPEC, context.settings(), 1)], 1)
  const shown = await ask('/api/launches/summer-sale')
  expect(await shown.json()).toMatchObject({ key: 'summer-sale', loaded: true, runs: [], objects: [] })
})
