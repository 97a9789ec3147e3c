import { beforeEach, describe, expect, it } from 'vitest'

import { HOUR } from '../../engine/clock/zone.js'
import { questionSize } from '../../store/account/question-sizes.js'
import { type ActivityRoom, openActivityRoom } from '../../test/support/activity-room.js'
import { metaError } from '../../test/support/meta-double.js'
import { inPages, type PageSizes } from './question-size.js'

const LIST: PageSizes = { largest: 200, smallest: 50, hasReports: false }
const INSIGHTS: PageSizes = { ...LIST, hasReports: true }

let room: ActivityRoom
beforeEach(async () => {
  room = await openActivityRoom()
})

/** Makes one attempt while Meta accepts pages of up to `limit` rows; returns the requested page. */
async function ask(limit: number, sizes = LIST): Promise<number | null> {
  let asked: number | null = -1
  const work = (page: number | null) => {
    asked = page
    return page !== null && page > limit ? Promise.reject(metaError('page-too-large')) : Promise.resolve()
  }
  await inPages(room.dependencies, 'moda-tr', 'ads', sizes, work).catch(() => {})
  return asked
}
async function tries(count: number, limit: number, sizes = LIST): Promise<(number | null)[]> {
  const pages: (number | null)[] = []
  for (let one = 0; one < count; one++) pages.push(await ask(limit, sizes))
  return pages
}

describe('the page of a question', () => {
  it('starts at the largest size, is halved when refused, and then stays at the size that was answered', async () => {
    expect(await tries(3, 1000)).toEqual([200, 200, 200])
    expect(await questionSize(room.store, 'moda-tr', 'ads')).toBeNull()
    expect(await tries(4, 60)).toEqual([200, 100, 50, 50])
  })

  it('is doubled every few hours, so that an outage does not affect an account for long', async () => {
    await tries(3, 60)
    room.clock.now += 3 * HOUR
    expect(await tries(2, 150)).toEqual([100, 100])
    room.clock.now += 3 * HOUR
    expect(await tries(3, 150)).toEqual([200, 100, 100])
    room.clock.now += 3 * HOUR
    expect(await tries(2, 1000)).toEqual([200, 200])
    expect(await questionSize(room.store, 'moda-tr', 'ads')).toBeNull()
  })

  it('starts over if the smallest size was refused too, and the error says that Meta is unavailable', async () => {
    expect(await tries(4, 0)).toEqual([200, 100, 50, 200])
    await tries(1, 0)
    const failing = inPages(room.dependencies, 'moda-tr', 'ads', LIST, () => Promise.reject(metaError('page-too-large')))
    await expect(failing).rejects.toMatchObject({ kind: 'temporarily-unavailable' })
  })

  it('becomes a report if reports are available and the smallest page, or the whole request, was refused', async () => {
    expect(await tries(5, 0, INSIGHTS)).toEqual([200, 100, 50, null, null])
    room.clock.now += 3 * HOUR
    expect(await tries(2, 1000, INSIGHTS)).toEqual([50, 50])
    const failing = inPages(room.dependencies, 'moda-tr', 'ads', INSIGHTS, () => Promise.reject(metaError('too-much-data')))
    await expect(failing).rejects.toMatchObject({ kind: 'too-much-data' })
    expect(await ask(1000, INSIGHTS)).toBeNull()
  })

  it('is not changed by unrelated errors', async () => {
    const failing = inPages(room.dependencies, 'moda-tr', 'ads', LIST, () => Promise.reject(metaError('rate-limited')))
    await expect(failing).rejects.toMatchObject({ kind: 'rate-limited' })
    expect(await ask(1000)).toBe(200)
  })
})
