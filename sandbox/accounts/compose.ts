/** Helpers that define the agency's accounts briefly: amounts in whole units of the currency, and defaults for the rest. */

import type { Account } from '../delivery/account.js'
import type { DeliveryProfile } from '../delivery/profile.js'
import { type SceneAdSet, type SceneCampaign, type SceneGoal, turkey } from '../delivery/scene.js'

/** The day, counted from the first start, on which most campaigns of the agency begin. */
const BORN = -120

export const FORMS: SceneGoal = {
  optimization_goal: 'LEAD_GENERATION',
  destination_type: 'ON_AD',
  promoted: 'page',
  button: 'SIGN_UP',
}
export const SITE_LEADS: SceneGoal = {
  optimization_goal: 'OFFSITE_CONVERSIONS',
  destination_type: 'WEBSITE',
  promoted: { event: 'LEAD' },
  button: 'SIGN_UP',
}
export const WHATSAPP_CHATS: SceneGoal = {
  optimization_goal: 'CONVERSATIONS',
  destination_type: 'WHATSAPP',
  promoted: 'page',
  button: 'WHATSAPP_MESSAGE',
}
export const CONTACTS: SceneGoal = {
  optimization_goal: 'OFFSITE_CONVERSIONS',
  destination_type: 'WEBSITE',
  promoted: { event: 'CONTACT' },
  button: 'CONTACT_US',
}

const OBJECTIVES = new Map<SceneGoal | undefined, string>([
  [undefined, 'OUTCOME_SALES'],
  [FORMS, 'OUTCOME_LEADS'],
  [SITE_LEADS, 'OUTCOME_LEADS'],
  [WHATSAPP_CHATS, 'OUTCOME_ENGAGEMENT'],
  [CONTACTS, 'OUTCOME_LEADS'],
])

type Given = Pick<Account, 'number' | 'id' | 'name' | 'website' | 'payment'> & { readonly company: string }

/** Returns a Turkish client, with lira and Istanbul's time zone. */
export const client = ({ company, ...given }: Given, campaigns: readonly SceneCampaign[]): Account => ({
  ...given,
  business: { id: `2011223344557${String(given.number).padStart(2, '0')}`, name: company, country: 'TR' },
  currency: 'TRY',
  timezoneName: 'Europe/Istanbul',
  timezoneId: 134,
  page: { id: `1100220033007${String(given.number).padStart(2, '0')}`, name: given.name },
  pixel: { id: `7744112255887${String(given.number).padStart(2, '0')}`, name: `${given.name} web` },
  campaigns,
})

type CampaignMore = Partial<Omit<SceneCampaign, 'key' | 'name' | 'adsets'>>

/** The campaign's objective follows from the goal of its first ad set. `dailyBudget` is in minor units. */
export const campaign = (key: string, name: string, adsets: readonly SceneAdSet[], more: CampaignMore = {}): SceneCampaign => ({
  key,
  name,
  objective: OBJECTIVES.get(adsets[0]?.goal) ?? 'OUTCOME_SALES',
  born: [BORN, 9],
  adsets,
  ...more,
})

export interface Spending {
  /** Daily budget; null if the campaign has the budget. */
  readonly daily: number | null
  /** Cost per result. */
  readonly cost: number
  /** Order value; by default five times the cost. */
  readonly order?: number
}

type AdsetMore = Partial<Omit<SceneAdSet, 'key' | 'name' | 'ads' | 'profile'>> & { readonly profile?: Partial<DeliveryProfile> }

export function adset(
  key: string,
  name: string,
  { daily, cost, order = 5 * cost }: Spending,
  ads: SceneAdSet['ads'],
  { profile, ...more }: AdsetMore = {},
): SceneAdSet {
  return {
    key,
    name,
    born: [BORN, 10],
    ...(daily === null ? {} : { dailyBudget: daily * 100 }),
    targeting: turkey(18, 65),
    ads,
    profile: {
      purchaseCost: cost * 100,
      mille: 7_600,
      linkRate: 0.0132,
      orderValue: order * 100,
      appetite: 0.97,
      weight: 1,
      audience: 700_000,
      ...profile,
    },
    ...more,
  }
}
