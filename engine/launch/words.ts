/** A launch and its objects in words: for Temporal's timeline, the owner's phone and the decision's trace. */

import { oneLine } from '../text/one-line.js'
import { type Language, moneyText } from '../text/value-text.js'
import type { LaunchObject, LaunchObjectKind } from './launch-object.js'
import type { PlannedAction } from './launch-plan.js'
import type { LaunchSpec } from './launch-spec.js'

const KINDS: Readonly<Record<LaunchObjectKind, string>> = {
  image: 'image',
  video: 'video',
  campaign: 'campaign',
  adset: 'ad set',
  creative: 'creative',
  ad: 'ad',
}

/** `ad set “Women 25-44”` */
export const objectInWords = ({ kind, name }: Pick<LaunchObject, 'kind' | 'name'>): string => `${KINDS[kind]} “${name}”`

/** `create ad set “Women 25-44”`, within what Temporal takes as a summary. */
export function stepTitle(object: LaunchObject, action: Exclude<PlannedAction, 'none'>): string {
  const verb = object.media !== undefined ? 'upload' : { create: 'create', update: 'change', replace: 'replace' }[action]
  return oneLine(`${verb} ${objectInWords(object)}`)
}

/** `3 to create, 1 to change`; `nothing to do` where that is so. */
export function countsInWords(actions: readonly PlannedAction[]): string {
  const count = (action: PlannedAction, word: string): string[] => {
    const many = actions.filter((one) => one === action).length
    return many === 0 ? [] : [`${many} ${word}`]
  }
  const parts = [...count('create', 'to create'), ...count('update', 'to change'), ...count('replace', 'to replace')]
  return parts.length === 0 ? 'nothing to do' : parts.join(', ')
}

/** What a launch would make, for somebody who is asked whether it may. */
export function launchInWords(launch: LaunchSpec, language: Language): string {
  const { campaign, adsets, ads, currency } = launch
  const money = (budget: { readonly kind: 'daily' | 'lifetime'; readonly amount: number }): string => {
    const amount = moneyText(budget.amount, { language, currency })
    if (language === 'tr') return budget.kind === 'daily' ? `günde ${amount}` : `toplam ${amount}`
    return budget.kind === 'daily' ? `${amount} a day` : `${amount} in all`
  }
  const sets = adsets.map(({ name, budget }) => (budget === null ? `“${name}”` : `“${name}” (${money(budget)})`)).join(', ')
  const made = ads.reduce((sum, ad) => sum + ad.adsets.length, 0)
  const own = campaign.budget === null ? '' : ` (${money(campaign.budget)})`
  return language === 'tr'
    ? `“${launch.key}” yayını: “${campaign.name}” kampanyası${own}; reklam setleri: ${sets}; ${made} reklam; ${launch.publish === 'active' ? 'etkinleştirilir' : 'duraklatılmış kalır'}.`
    : `Launch ${launch.key}: campaign “${campaign.name}”${own}; ad sets: ${sets}; ${made} ad${made === 1 ? '' : 's'}; ${launch.publish === 'active' ? 'set active' : 'left paused'}.`
}
