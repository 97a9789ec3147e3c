/** An account of 5,000 ads for performance tests: forty campaigns of a retailer, of whose ad sets about half deliver today. */

import { textHash, uniform } from '../base/random.js'
import type { Account } from '../delivery/account.js'
import type { SceneAdSet, SceneCampaign, SceneChange } from '../delivery/scene.js'
import { adset, campaign, client } from './compose.js'

const CAMPAIGNS = 40
const ADSETS = 25
const ADS = 5

const GOODS = ['Elbise', 'Mont', 'Gömlek', 'Ayakkabı', 'Çanta', 'Pijama', 'Kazak', 'Etek', 'Pantolon', 'Aksesuar']
const AUDIENCES = ['Geniş', 'Benzer %1', 'Benzer %3', 'İlgi', 'Sepet']
const FORMATS = ['Video', 'Karusel', 'Statik', 'Reels', 'Katalog']

const of = <T>(list: readonly T[], index: number): T => list[index % list.length] as T
const chance = (about: string, which: number): number => uniform(2_026, textHash(about), which)

/** Two of three ad sets were paused at some time since they began, yesterday at the latest. */
function historyOf(key: string, born: number): SceneChange[] {
  if (chance(key, 1) > 0.66) return []
  return [{ day: Math.floor(born * chance(key, 2)), hour: 9 + Math.floor(9 * chance(key, 3)), set: { status: 'PAUSED' } }]
}

function adsetOf(campaignIndex: number, index: number, born: number): SceneAdSet {
  const key = `${campaignIndex}-${index}`
  const name = `${of(AUDIENCES, index)} | ${of(GOODS, campaignIndex)} ${index + 1}`
  const spending = { daily: 100 + 10 * Math.floor(40 * chance(key, 4)), cost: 60 + Math.floor(120 * chance(key, 5)) }
  const ads = Array.from({ length: ADS }, (_, ad) => `${of(FORMATS, ad)} | ${of(GOODS, campaignIndex)} ${index + 1}.${ad + 1}`)
  return adset(key, name, spending, ads, { born: [born, 8], history: historyOf(key, born) })
}

/** Returns a campaign that began between two months and three days ago. */
function campaignOf(_: unknown, index: number): SceneCampaign {
  const born = -3 - Math.floor(57 * chance(`campaign ${index}`, 1))
  const adsets = Array.from({ length: ADSETS }, (_none, adsetIndex) => adsetOf(index, adsetIndex, born))
  return campaign(`campaign-${index}`, `TR | ${of(GOODS, index)} | ${index + 1}`, adsets, { born: [born, 7] })
}

export const largeAccount = (): Account =>
  client(
    {
      number: 99,
      id: '2026000099',
      name: 'Büyük Mağaza',
      company: 'Büyük Mağazacılık A.Ş.',
      website: 'buyukmagaza.example',
      payment: { card: 'VISA *9999' },
    },
    Array.from({ length: CAMPAIGNS }, campaignOf),
  )
