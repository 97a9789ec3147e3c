/** Changes and copies by the Meta client against the sandbox, which was written independently from the same contract. */

import { describe, expect, it } from 'vitest'

import { IDENTITY } from '../sandbox/base/identity.js'
import { ACCOUNT, activeAdset, control, failure, IMPATIENT, meta } from '../test/support/connector-sandbox.js'

describe('changing', () => {
  it('a status and a budget can be read back', async () => {
    const client = meta()
    const { id, daily_budget: before } = await activeAdset()
    await client.updateStatus(id, 'PAUSED')
    expect(await client.readEntity('adset', id)).toMatchObject({ status: 'PAUSED', daily_budget: before })
    await client.updateStatus(id, 'ACTIVE')
    const target = (before ?? 0) + 1_000
    await client.updateBudget(id, { field: 'daily_budget', amount: target })
    expect(await client.readEntity('adset', id)).toMatchObject({ status: 'ACTIVE', daily_budget: target })
  })

  it('a budget below the minimum is refused with a message and not changed', async () => {
    const { id, daily_budget: before } = await activeAdset()
    const error = await failure(meta().updateBudget(id, { field: 'daily_budget', amount: 1 }))
    expect(error).toMatchObject({ kind: 'invalid-request', code: 100, subcode: 1885272, mayHaveBeenCarriedOut: false })
    expect(error.userTitle).toBe('Budget is too low')
    expect((await meta().readEntity('adset', id)).daily_budget).toBe(before)
  })

  it('the wrong kind of budget is refused', async () => {
    const { id } = await activeAdset()
    expect(await failure(meta().updateBudget(id, { field: 'lifetime_budget', amount: 500_000 }))).toMatchObject({
      kind: 'invalid-request',
    })
  })
})

describe('creating and naming', () => {
  it('a bid is set if the strategy has one, and otherwise refused with a message', async () => {
    const client = meta()
    const adsets = await client.listAdsets(ACCOUNT)
    const bidding = adsets.find(({ bid_strategy }) => bid_strategy === 'COST_CAP')
    await client.updateBid(bidding?.id ?? '', 8_500)
    expect(await client.readEntity('adset', bidding?.id ?? '')).toMatchObject({ bid_amount: 8_500 })
    const other = adsets.find(({ bid_strategy }) => bid_strategy === 'LOWEST_COST_WITHOUT_CAP')
    expect(await failure(client.updateBid(other?.id ?? '', 8_500))).toMatchObject({ kind: 'invalid-request', code: 100 })
  })

  it('a name and labels can be read back; setting them replaces the old ones', async () => {
    const client = meta()
    const { id, name } = await activeAdset()
    await client.rename(id, `${name} | ölçek`)
    await client.setLabels(id, ['yaz', 'kazanan'])
    await client.setLabels(id, ['kazanan'])
    const read = await client.readEntity('adset', id)
    expect([read.name, read.adlabels.map((label) => label.name)]).toEqual([`${name} | ölçek`, ['kazanan']])
    await client.rename(id, name)
  })

  it('a copy is paused, has its suffix, and is found among the copies', async () => {
    const client = meta()
    const { id, name, daily_budget: budget } = await activeAdset()
    const copy = await client.copy({ level: 'adset', id, suffix: ' | copy 1a2b3c' })
    const found = await client.listCopies('adset', id)
    expect(found.filter((one) => one.name.endsWith('copy 1a2b3c')).map((one) => one.id)).toEqual([copy])
    expect(await client.readEntity('adset', copy)).toMatchObject({
      name: `${name} | copy 1a2b3c`,
      status: 'PAUSED',
      daily_budget: budget,
    })
    const [ad] = (await client.listAds(ACCOUNT)).filter(({ adset_id }) => adset_id === id)
    const sibling = await client.copy({ level: 'ad', id: ad!.id, suffix: ' | b' })
    expect(await client.readEntity('ad', sibling)).toMatchObject({ name: `${ad!.name} | b`, adset_id: id })

    expect(await client.listParts('adset', copy)).toEqual([])
    const inside = await client.copy({ level: 'ad', id: ad!.id, suffix: null, into: copy })
    expect(await client.listParts('adset', copy)).toEqual([{ level: 'ad', id: inside, name: ad!.name, source: ad!.id }])
    expect((await client.listParts('adset', id)).find((part) => part.id === ad!.id)?.source).toBeNull()
  })

  it('an edit is in the activity log with its author, and has the same id each time it is read', async () => {
    const client = meta()
    const { id, name } = await activeAdset()
    await client.rename(id, `${name} | kayıt`)
    await control('POST', 'edits', { object: id, by: 'person', name })
    const read = async () =>
      (await client.listActivities(ACCOUNT, { since: 0, until: Date.parse('2099-01-01') })).filter((one) => one.objectId === id)
    const [last, first] = await read()
    expect(last).toMatchObject({ type: 'update_ad_set_name', actorName: 'Ayşe Yılmaz', applicationName: 'Ads Manager' })
    expect(first).toMatchObject({
      actorName: IDENTITY.systemUser.name,
      applicationId: IDENTITY.appId,
      extra: { old_value: name, new_value: `${name} | kayıt` },
    })
    expect((await read()).map((one) => one.id).slice(0, 2)).toEqual([last!.id, first!.id])
  })

  it('every ad has the URLs of its images', async () => {
    const pictures = await meta().listAdPictures(ACCOUNT)
    expect(pictures.map(({ ad }) => ad).sort()).toEqual((await meta().listAds(ACCOUNT)).map(({ id }) => id).sort())
    for (const { creative, thumbnailUrl, imageUrl } of pictures) {
      expect(creative).toMatch(/^\d+$/)
      for (const url of [thumbnailUrl, imageUrl ?? thumbnailUrl]) expect(URL.canParse(url!)).toBe(true)
    }
  })

  it('a copy is found after a lost answer, and is not found if it was never made', async () => {
    const { id } = await activeAdset()
    for (const [kind, made] of [
      ['timeout-after-write', true],
      ['timeout-before-write', false],
    ] as const) {
      await control('PUT', 'faults', [{ kind, match: { method: 'POST', path: '/copies' } }])
      const suffix = ` | ${kind}`
      const lost = meta(IDENTITY.token, IDENTITY.appSecret, IMPATIENT).copy({ level: 'adset', id, suffix })
      expect(await failure(lost)).toMatchObject({ kind: 'unknown-outcome', mayHaveBeenCarriedOut: true })
      await control('PUT', 'faults', [])
      const copies = await meta().listCopies('adset', id)
      expect(copies.some(({ name }) => name.endsWith(suffix))).toBe(made)
    }
  })

  it('automated rules are read from all pages', async () => {
    const rules = await meta().listAdRules(ACCOUNT)
    expect(rules.length).toBeGreaterThan(4)
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length)
    expect(rules.every(({ evaluation_spec: spec }) => spec !== null)).toBe(true)
  })
})
