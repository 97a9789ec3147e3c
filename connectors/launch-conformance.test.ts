/**
 * Creating: the client against the sandbox, which was written independently from the same contract. Each must accept what the
 * other sends, and an object whose answer was lost must be found again.
 */

import { createHash, randomBytes } from 'node:crypto'

import { describe, expect, it } from 'vitest'

import { IDENTITY } from '../sandbox/base/identity.js'
import {
  ACCOUNT,
  adFields,
  adsetFields,
  campaignFields,
  clock,
  DAY,
  failure,
  image,
  IMPATIENT,
  launched,
  linkCreative,
  meta,
  MINUTE,
  named,
  nameIn,
  play,
  requests,
  TARGETING,
  uploadVideo,
} from '../test/conformance/launch-sandbox.js'
import type { CreatableKind, ObjectFields } from './meta/launch-object.js'

describe('a launch', () => {
  it('is read back as it was sent; it is first in process and in review, and then paused', async () => {
    const client = meta()
    const hash = await image(client)
    const asked = {
      campaign: campaignFields(),
      adset: (campaign: string) =>
        adsetFields(campaign, { start_time: '2026-12-01T09:00:00+0300', end_time: '2026-12-15T23:59:00+0300' }),
      creative: linkCreative(hash),
    }
    const campaign = (await client.createObject(ACCOUNT, 'campaign', asked.campaign)).id
    const adset = (await client.createObject(ACCOUNT, 'adset', asked.adset(campaign))).id
    const creative = (await client.createObject(ACCOUNT, 'creative', asked.creative)).id
    const ad = (await client.createObject(ACCOUNT, 'ad', adFields(adset, creative))).id

    const states = async () =>
      (
        await Promise.all([
          client.readObject('campaign', campaign),
          client.readObject('adset', adset),
          client.readObject('ad', ad),
        ])
      ).map((read) => read?.effective_status)
    expect(await states()).toEqual(['IN_PROCESS', 'IN_PROCESS', 'PENDING_REVIEW'])
    clock.now += MINUTE
    expect(await states()).toEqual(['PAUSED', 'PAUSED', 'PAUSED'])

    expect(await client.readObject('campaign', campaign)).toMatchObject({ ...asked.campaign, id: campaign })
    expect(await client.readObject('adset', adset)).toMatchObject({
      ...asked.adset(campaign),
      name: expect.any(String) as string,
    })
    expect(await client.readObject('creative', creative)).toMatchObject(asked.creative)
    expect(await client.readObject('ad', ad)).toMatchObject({ adset_id: adset, creative: { creative_id: creative } })
  })

  it('delivers once it is set active, and not before', async () => {
    const client = meta()
    const { campaign, adset, ad } = await launched(client)
    clock.now += DAY
    for (const id of [ad, adset, campaign]) await client.updateStatus(id, 'ACTIVE')
    const active = await client.readEntity('adset', adset)
    expect(active).toMatchObject({ effective_status: 'ACTIVE', learning_stage_info: { status: 'LEARNING', conversions: 0 } })
    const rows = async () => {
      const read = await meta().readInsights({
        accountId: ACCOUNT,
        currency: 'TRY',
        level: 'adset',
        since: '2026-11-20',
        until: new Date(clock.now + 3 * 60 * MINUTE).toISOString().slice(0, 10),
        increment: 'day',
        attribution: ['7d_click', '1d_view'],
      })
      return read.filter(({ entity_id: id }) => id === adset)
    }
    expect(await rows()).toEqual([])
    clock.now += 2 * DAY
    const delivered = await rows()
    const spent = delivered.reduce((sum, { spend }) => sum + spend, 0)
    expect(delivered.length).toBe(3)
    // About two days of 500 TRY a day; weekdays and chance make it vary.
    expect(spent).toBeGreaterThan(60_000)
    expect(spent).toBeLessThan(130_000)
    await client.updateStatus(campaign, 'PAUSED')
  })

  it('with a video uploads it in chunks and waits until it is processed', async () => {
    const client = meta()
    const bytes = randomBytes(2_500_000)
    const { videoId } = await uploadVideo(client, bytes)
    expect(await client.readVideoStatus(videoId)).toMatchObject({ status: 'processing', message: null })
    expect(await client.videoThumbnail(videoId)).toBeNull()
    const creative = (thumbnail: string) => ({
      name: named('Video'),
      object_story_spec: {
        page_id: IDENTITY.pageId,
        video_data: {
          video_id: videoId,
          image_url: thumbnail,
          message: 'Yaz',
          call_to_action: { type: 'SHOP_NOW', value: { link: 'https://modatr.example' } },
        },
      },
    })
    expect(await failure(client.createObject(ACCOUNT, 'creative', creative('https://x.example/a.jpg')))).toMatchObject({
      subcode: 1885252,
    })
    clock.now += MINUTE
    expect(await client.readVideoStatus(videoId)).toEqual({ status: 'ready', progress: 100, message: null })
    const thumbnail = await client.videoThumbnail(videoId)
    expect(thumbnail).toMatch(/^https:/)
    expect((await client.createObject(ACCOUNT, 'creative', creative(thumbnail ?? ''))).id).toMatch(/^\d+$/)
    const made = (await requests('path=advideos&effects=true')).flatMap(({ mutations }) => mutations)
    expect(made.find(({ object, field }) => object === videoId && field === 'created')?.after).toEqual({
      kind: 'video',
      name: 'hero.mp4',
      bytes: bytes.length,
      md5: createHash('md5').update(bytes).digest('hex'),
    })
  })
})

describe('what an earlier attempt may have created', () => {
  it.each([
    ['timeout-after-write', true],
    ['timeout-before-write', false],
    ['malformed-json', true],
    ['connection-reset', false],
  ] as const)('is found by its name, parent and time if it was created: %s', async (kind, made) => {
    const client = meta()
    const { campaign, adset, creative } = await launched(client)
    const wanted: readonly [CreatableKind, string, string | null, ObjectFields][] = [
      ['campaign', 'campaigns', null, campaignFields()],
      ['adset', 'adsets', campaign, adsetFields(campaign)],
      ['creative', 'adcreatives', null, linkCreative(await image(client))],
      ['ad', 'ads', adset, adFields(adset, creative)],
    ]
    for (const [what, edge, parent, fields] of wanted) {
      await play([{ kind, match: { method: 'POST', path: `/${edge}` } }])
      const began = clock.now
      const lost = meta(IMPATIENT).createObject(ACCOUNT, what, fields)
      expect(await failure(lost), what).toMatchObject({ kind: 'unknown-outcome', mayHaveBeenCarriedOut: true, retryable: false })
      await play([])
      const query = { name: nameIn(fields), parent, createdAfter: began }
      const found = await client.findCreated(ACCOUNT, what, query)
      expect(found.length, what).toBe(made ? 1 : 0)
      const earlier = await client.findCreated(ACCOUNT, what, { ...query, name: `${query.name}?` })
      expect(earlier, what).toEqual([])
      if (what !== 'creative') {
        expect(await client.findCreated(ACCOUNT, what, { ...query, createdAfter: clock.now + MINUTE }), what).toEqual([])
      }
    }
  })

  it('is found twice if two have the same name, but not in another parent', async () => {
    const client = meta()
    const [one, other] = [await launched(client), await launched(client)]
    const fields = adsetFields(one.campaign)
    const ids = [
      (await client.createObject(ACCOUNT, 'adset', fields)).id,
      (await client.createObject(ACCOUNT, 'adset', fields)).id,
    ]
    const query = { name: nameIn(fields), parent: one.campaign, createdAfter: clock.now - MINUTE }
    const found = await client.findCreated(ACCOUNT, 'adset', query)
    expect(found.map(({ id }) => id).sort()).toEqual(ids.sort())
    expect(found.every(({ createdAt }) => createdAt !== null && Math.abs(createdAt - clock.now) < 1000)).toBe(true)
    expect(await client.findCreated(ACCOUNT, 'adset', { ...query, parent: other.campaign })).toEqual([])
    await client.deleteObject(ids[0] ?? '')
    expect((await client.findCreated(ACCOUNT, 'adset', query)).map(({ id }) => id)).toEqual([ids[1]])
  })

  it.each([
    [{ kind: 'http-500' }, 'temporarily-unavailable', true],
    [{ kind: 'rate-limit', code: 613, subcode: 5044001 }, 'rate-limited', false],
    [{ kind: 'rate-limit', code: 17, subcode: 2446079 }, 'rate-limited', false],
    [{ kind: 'token-expired' }, 'authentication', false],
  ])('is stated by the error that Meta returned: %o', async (fault, kind, mayBeDone) => {
    await play([fault])
    const error = await failure(meta().createObject(ACCOUNT, 'campaign', campaignFields()))
    expect(error).toMatchObject({ kind, mayHaveBeenCarriedOut: mayBeDone })
  })
})

describe('validating', () => {
  it('accepts a valid object and creates nothing', async () => {
    const client = meta()
    const before = (await requests('effects=true')).length
    const fields = campaignFields()
    await client.validateObject(ACCOUNT, 'campaign', fields)
    expect(await client.findCreated(ACCOUNT, 'campaign', { name: nameIn(fields), parent: null, createdAfter: 0 })).toEqual([])
    expect((await requests('effects=true')).length).toBe(before)
  })

  it('refuses what creating would refuse, and nothing can have been created even without an answer', async () => {
    const fields = campaignFields({ is_adset_budget_sharing_enabled: null })
    expect(await failure(meta().validateObject(ACCOUNT, 'campaign', fields))).toMatchObject({ code: 100, subcode: 4834011 })
    await play([{ kind: 'timeout-after-write', match: { method: 'POST' } }])
    expect(await failure(meta(IMPATIENT).validateObject(ACCOUNT, 'campaign', campaignFields()))).toMatchObject({
      kind: 'timed-out',
      mayHaveBeenCarriedOut: false,
    })
  })
})

describe('changing and deleting', () => {
  it('sets the given fields and nothing else', async () => {
    const client = meta()
    const { adset } = await launched(client)
    const before = await client.readObject('adset', adset)
    const targeting = { ...TARGETING, age_max: 54 }
    await client.updateObject(adset, {
      name: 'Kadın 25-54',
      daily_budget: '60000',
      targeting: { ...targeting, geo_locations: { countries: ['TR'], location_types: ['home', 'recent'] } },
      end_time: '2027-06-01T00:00:00+0300',
    })
    expect(await client.readObject('adset', adset)).toEqual({
      ...before,
      name: 'Kadın 25-54',
      daily_budget: '60000',
      targeting: { ...targeting, geo_locations: { countries: ['TR'], location_types: ['home', 'recent'] } },
      end_time: '2027-06-01T00:00:00+0300',
    })
    await client.updateObject(adset, { end_time: '0' })
    expect(await client.readObject('adset', adset)).not.toHaveProperty('end_time')
  })

  it('removes a campaign’s spending limit with the number that Meta defines for it', async () => {
    const client = meta()
    const { campaign } = await launched(client)
    await client.updateObject(campaign, { spend_cap: '5000000' })
    expect(await client.readObject('campaign', campaign)).toMatchObject({ spend_cap: '5000000' })
    await client.updateObject(campaign, { spend_cap: '922337203685478' })
    expect(await client.readObject('campaign', campaign)).not.toHaveProperty('spend_cap')
  })

  it('changes nothing if Meta refuses', async () => {
    const client = meta()
    const { adset, ad } = await launched(client)
    const before = [await client.readObject('adset', adset), await client.readObject('ad', ad)]
    expect(await failure(client.updateObject(adset, { name: 'x', campaign_id: '1' }))).toMatchObject({ code: 100 })
    expect(await failure(client.updateObject(adset, { name: 'x', end_time: '2026-01-01T00:00:00Z' }))).toMatchObject({
      subcode: 1487033,
    })
    expect(await failure(client.updateObject(ad, { adset_id: '42' }))).toMatchObject({ code: 100 })
    expect([await client.readObject('adset', adset), await client.readObject('ad', ad)]).toEqual(before)
  })

  it('deletes an object with everything in it, but not a creative that is in use', async () => {
    const client = meta()
    const { campaign, adset, ad, creative } = await launched(client)
    expect(await failure(client.deleteObject(creative))).toMatchObject({ kind: 'invalid-request' })
    await client.deleteObject(ad)
    await client.deleteObject(creative)
    await client.deleteObject(campaign)
    for (const [kind, id] of [
      ['campaign', campaign],
      ['adset', adset],
      ['ad', ad],
      ['creative', creative],
      ['ad', '42'],
    ] as const) {
      expect(await client.readObject(kind, id), kind).toBeNull()
    }
    expect(await failure(client.createObject(ACCOUNT, 'adset', adsetFields(campaign)))).toMatchObject({ subcode: 1487566 })
  })
})

describe('before anything is sent', () => {
  it('an unfilled placeholder, an invalid amount and an invalid id are refused', async () => {
    const client = meta()
    const sent = async () => (await requests('')).length
    const before = await sent()
    const malformed: readonly Promise<unknown>[] = [
      client.createObject(ACCOUNT, 'adset', adsetFields('1', { campaign_id: { $id: 'campaign' } })),
      client.createObject(ACCOUNT, 'creative', linkCreative('x', { image_hash: { $hash: 'image/a.png' } })),
      client.createObject(ACCOUNT, 'adset', adsetFields('1', { daily_budget: '500.50' })),
      client.createObject(ACCOUNT, 'adset', adsetFields('1', { bid_amount: -1 })),
      client.createObject('act_1/../me', 'campaign', campaignFields()),
      client.updateObject('1?x=', { name: 'x' }),
      client.updateObject('1', {}),
      client.deleteObject('act_1'),
      client.findCreated(ACCOUNT, 'adset', { name: 'x', parent: '1/..', createdAfter: 0 }),
      client.readVideoStatus('1/..'),
    ]
    for (const work of malformed) {
      expect(await failure(work)).toMatchObject({ kind: 'invalid-request', mayHaveBeenCarriedOut: false, code: null })
    }
    expect(await sent()).toBe(before)
  })
})
