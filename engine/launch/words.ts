/** Launches and their objects in words, for Temporal's timeline, messages, `tetik plan` and the API. */

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

/** Returns for example `ad set “Women 25-44”`. */
export const objectInWords = ({ kind, name }: Pick<LaunchObject, 'kind' | 'name'>): string => `${KINDS[kind]} “${name}”`

/** Returns for example `create ad set “Women 25-44”`, shortened to the limit of Temporal's summaries. */
export function stepTitle(object: LaunchObject, action: Exclude<PlannedAction, 'none'>): string {
  const verb = object.media !== undefined ? 'upload' : { create: 'create', update: 'change', replace: 'replace' }[action]
  return oneLine(`${verb} ${objectInWords(object)}`)
}

/** Returns for example `3 to create, 1 to change`, or `nothing to do`. */
export function countsInWords(actions: readonly PlannedAction[]): string {
  const count = (action: PlannedAction, text: string): string[] => {
    const many = actions.filter((one) => one === action).length
    return many === 0 ? [] : [`${many} ${text}`]
  }
  const parts = [...count('create', 'to create'), ...count('update', 'to change'), ...count('replace', 'to replace')]
  return parts.length === 0 ? 'nothing to do' : parts.join(', ')
}

/** Returns what a launch would create, for a request for approval. */
export function launchInWords(spec: LaunchSpec, language: Language): string {
  const { campaign, adsets, ads, currency } = spec
  const money = (budget: { readonly kind: 'daily' | 'lifetime'; readonly amount: number }): string => {
    const amount = moneyText(budget.amount, { language, currency })
    if (language === 'tr') return budget.kind === 'daily' ? `günde ${amount}` : `toplam ${amount}`
    return budget.kind === 'daily' ? `${amount} a day` : `${amount} in all`
  }
  const sets = adsets.map(({ name, budget }) => (budget === null ? `“${name}”` : `“${name}” (${money(budget)})`)).join(', ')
  const made = ads.reduce((sum, ad) => sum + ad.adsets.length, 0)
  const own = campaign.budget === null ? '' : ` (${money(campaign.budget)})`
  return language === 'tr'
    ? `“${spec.key}” yayını: “${campaign.name}” kampanyası${own}; reklam setleri: ${sets}; ${made} reklam; ${spec.publish === 'active' ? 'etkinleştirilir' : 'duraklatılmış kalır'}.`
    : `Launch ${spec.key}: campaign “${campaign.name}”${own}; ad sets: ${sets}; ${made} ad${made === 1 ? '' : 's'}; ${spec.publish === 'active' ? 'set active' : 'left paused'}.`
}
