/**
 * The account that the sandbox starts with: a Turkish fashion shop with an example of everything. Days count from the first start.
 */

import type { AuthorKind } from '../base/author.js'
import type { DeliveryProfile } from './profile.js'

/** What happened to an object before the first start. */
export interface SceneChange {
  readonly day: number
  readonly hour: number
  readonly set: Record<string, unknown>
  /** A person in Ads Manager unless said otherwise. */
  readonly by?: AuthorKind
}

export interface SceneAd {
  readonly name: string
  readonly history?: readonly SceneChange[]
}

/** What an ad set is optimised for, by the names of its fields. */
export interface SceneGoal {
  readonly optimization_goal: string
  readonly destination_type: string
  /** The promoted object: the account's page, or an event of its pixel. */
  readonly promoted: 'page' | { readonly event: string }
  /** The button of its ads. */
  readonly button: string
}

export interface SceneAdSet {
  readonly key: string
  readonly name: string
  /** Day of creation and hour of that day. */
  readonly born: readonly [day: number, hour: number]
  /** In kuruş per day; absent if the campaign has the budget. */
  readonly dailyBudget?: number
  /** Only for an ad set with a bid strategy that needs an amount. */
  readonly bid?: { readonly strategy: 'COST_CAP' | 'LOWEST_COST_WITH_BID_CAP'; readonly amount: number }
  readonly lifetime?: { readonly budget: number; readonly days: number }
  readonly profile: DeliveryProfile
  readonly targeting: Record<string, unknown>
  /** Purchases on the website unless said otherwise. */
  readonly goal?: SceneGoal
  readonly ads: ReadonlyArray<string | SceneAd>
  readonly history?: readonly SceneChange[]
}

export interface SceneCampaign {
  readonly key: string
  readonly name: string
  readonly objective: string
  readonly born: readonly [day: number, hour: number]
  readonly dailyBudget?: number
  readonly adsets: readonly SceneAdSet[]
  readonly history?: readonly SceneChange[]
}

/** History begins this many days before the first start. */
const HISTORY_DAYS = 130

export const turkey = (ageMin: number, ageMax: number, genders?: readonly number[]): Record<string, unknown> => ({
  geo_locations: { countries: ['TR'], location_types: ['home', 'recent'] },
  age_min: ageMin,
  age_max: ageMax,
  ...(genders ? { genders } : {}),
  targeting_automation: { advantage_audience: 0 },
})

export const SCENE: readonly SceneCampaign[] = [
  {
    key: 'moda-yaz',
    name: 'TR | Moda | Yaz indirimi',
    objective: 'OUTCOME_SALES',
    born: [-HISTORY_DAYS, 0],
    adsets: [
      {
        key: 'kadin-genis',
        name: 'Kadın 25-44 | Geniş',
        born: [-HISTORY_DAYS, 0],
        dailyBudget: 90_000,
        profile: {
          purchaseCost: 6_600,
          mille: 7_400,
          linkRate: 0.0135,
          orderValue: 35_800,
          appetite: 0.98,
          weight: 1,
          audience: 900_000,
          milleTrend: 0.0012,
        },
        targeting: turkey(25, 44, [2]),
        ads: ['Yaz indirimi | Video | Plaj', 'Yaz indirimi | Karusel | Elbiseler'],
        history: [{ day: -41, hour: 10, set: { daily_budget: 120_000 } }],
      },
      {
        key: 'erkek-ilgi',
        name: 'Erkek 25-54 | İlgi alanları',
        born: [-HISTORY_DAYS, 0],
        dailyBudget: 52_000,
        // The expensive one: its cost was fine until ten days ago, and has been far above every target since.
        profile: {
          purchaseCost: 8_800,
          mille: 8_100,
          linkRate: 0.0098,
          orderValue: 32_500,
          appetite: 0.99,
          weight: 1,
          audience: 620_000,
          turn: { day: -10, factor: 3.6, ramp: 5 },
        },
        targeting: turkey(25, 54, [1]),
        ads: ['Erkek | Gömlek | Statik', 'Erkek | Keten takım | Video'],
      },
      {
        key: 'benzer-1',
        name: 'Benzer %1 | Alışveriş yapanlar',
        born: [-96, 11],
        dailyBudget: 90_000,
        bid: { strategy: 'COST_CAP', amount: 9_000 },
        profile: {
          purchaseCost: 7_000,
          mille: 8_800,
          linkRate: 0.0152,
          orderValue: 39_800,
          appetite: 0.97,
          weight: 1,
          audience: 480_000,
        },
        targeting: turkey(18, 65),
        ads: ['Benzer | Karusel | Çok satanlar', 'Benzer | UGC | Ayşe anlatıyor'],
      },
      {
        key: 'sepet-14',
        name: 'Sepeti terk edenler | 14 gün',
        born: [-HISTORY_DAYS, 0],
        dailyBudget: 40_000,
        profile: {
          purchaseCost: 4_500,
          mille: 12_500,
          linkRate: 0.026,
          orderValue: 34_200,
          appetite: 0.93,
          weight: 1,
          audience: 65_000,
        },
        targeting: turkey(18, 65),
        ads: ['Sepet | Dinamik katalog', 'Sepet | %10 indirim kodu'],
      },
    ],
  },
  {
    key: 'moda-prospecting',
    name: 'TR | Moda | Prospecting (CBO)',
    objective: 'OUTCOME_SALES',
    born: [-110, 9],
    dailyBudget: 220_000,
    adsets: [
      {
        key: 'broad',
        name: 'Broad 18-65 | Advantage+ audience',
        born: [-110, 9],
        profile: {
          purchaseCost: 7_200,
          mille: 6_300,
          linkRate: 0.0112,
          orderValue: 34_700,
          appetite: 0.99,
          weight: 5,
          audience: 4_200_000,
        },
        targeting: { ...turkey(18, 65), targeting_automation: { advantage_audience: 1 } },
        ads: ['Broad | Video | Lookbook', 'Broad | Static | Best sellers'],
      },
      {
        key: 'lookalike-3',
        name: 'Lookalike 3% | Purchasers',
        born: [-110, 9],
        profile: {
          purchaseCost: 6_900,
          mille: 7_700,
          linkRate: 0.0138,
          orderValue: 37_000,
          appetite: 0.98,
          weight: 3,
          audience: 1_300_000,
        },
        targeting: turkey(21, 55),
        ads: ['LAL | Carousel | New in', 'LAL | UGC | Unboxing'],
      },
      {
        key: 'streetwear',
        name: 'Interests | Streetwear',
        born: [-110, 9],
        profile: {
          purchaseCost: 15_500,
          mille: 8_400,
          linkRate: 0.0091,
          orderValue: 29_100,
          appetite: 0.95,
          weight: 2,
          audience: 730_000,
        },
        targeting: turkey(18, 34),
        ads: ['Streetwear | Video | Hoodie', 'Streetwear | Static | Sneakers'],
        history: [{ day: -20, hour: 16, set: { status: 'PAUSED' } }],
      },
    ],
  },
  {
    key: 'yeni-sezon',
    name: 'TR | Yeni sezon lansmanı',
    objective: 'OUTCOME_SALES',
    born: [-12, 10],
    adsets: [
      {
        key: 'yeni-kadin',
        name: 'Yeni sezon | Kadın 18-34',
        born: [-2, 14],
        dailyBudget: 22_000,
        profile: {
          purchaseCost: 9_600,
          mille: 7_900,
          linkRate: 0.0126,
          orderValue: 38_600,
          appetite: 0.92,
          weight: 1,
          audience: 540_000,
        },
        targeting: turkey(18, 34, [2]),
        ads: ['Yeni sezon | Video | Trençkot', 'Yeni sezon | Karusel | Triko'],
      },
      {
        key: 'yeni-video',
        name: 'Yeni sezon | Video izleyenler',
        born: [-4, 12],
        dailyBudget: 60_000,
        profile: {
          purchaseCost: 7_400,
          mille: 9_300,
          linkRate: 0.0161,
          orderValue: 39_200,
          appetite: 0.95,
          weight: 1,
          audience: 210_000,
        },
        targeting: turkey(18, 55),
        ads: ['Video izleyenler | Video | Kampanya filmi', 'Video izleyenler | Statik | Ceket'],
      },
      {
        key: 'lansman-ayi',
        name: 'Yeni sezon | Lansman ayı',
        born: [-12, 10],
        lifetime: { budget: 2_400_000, days: 30 },
        profile: {
          purchaseCost: 7_300,
          mille: 8_200,
          linkRate: 0.0142,
          orderValue: 41_400,
          appetite: 0.94,
          weight: 1,
          audience: 760_000,
        },
        targeting: turkey(20, 50),
        ads: ['Lansman | Video | Podyum', 'Lansman | Karusel | Sonbahar'],
      },
    ],
  },
  {
    key: 'always-on',
    name: 'EN | Brand | Always on',
    objective: 'OUTCOME_SALES',
    born: [-HISTORY_DAYS, 0],
    adsets: [
      {
        key: 'remarketing-30',
        name: 'Remarketing 30d | Always on',
        born: [-HISTORY_DAYS, 0],
        dailyBudget: 45_000,
        profile: {
          purchaseCost: 5_200,
          mille: 11_800,
          linkRate: 0.0214,
          orderValue: 33_000,
          appetite: 0.96,
          weight: 1,
          audience: 120_000,
        },
        targeting: turkey(18, 65),
        ads: ['Remarketing | Catalogue', 'Remarketing | Free shipping'],
      },
      {
        key: 'followers',
        name: 'Instagram followers | Always on',
        born: [-HISTORY_DAYS, 0],
        dailyBudget: 30_000,
        profile: {
          purchaseCost: 5_600,
          mille: 9_900,
          linkRate: 0.0188,
          orderValue: 31_900,
          appetite: 0.95,
          weight: 1,
          audience: 88_000,
        },
        targeting: turkey(18, 65),
        ads: ['Followers | Story | New in', 'Followers | Reel | Behind the scenes'],
      },
    ],
  },
]
