/** Where an entity is: names repeat, and what it is in tells two of one name apart. */

import type { FactEntity, Facts } from '../../engine/facts/facts.js'
import { grouped } from './grouped.js'

/** Names of what is above an entity, from the campaign down; none where the data does not say. */
export function namesAbove(facts: Pick<Facts, 'owner'>, entity: FactEntity): { campaign: string | null; adset: string | null } {
  const nameOf = (scope: 'campaign' | 'adset'): string | null => {
    const isBeneath = entity.scope === 'ad' || (entity.scope === 'adset' && scope === 'campaign')
    return isBeneath ? (facts.owner(entity, scope)?.name ?? null) : null
  }
  return { campaign: nameOf('campaign'), adset: nameOf('adset') }
}

/** `TR | Summer / Women`; '' where nothing is known above the entity. */
export function pathAbove(facts: Pick<Facts, 'owner'>, entity: FactEntity): string {
  const { campaign, adset } = namesAbove(facts, entity)
  return [campaign, adset].filter((name) => name !== null).join(' / ')
}

/** `TR | Summer / Women / Video 3`: what a person can write where a name alone is several. */
export const pathOf = (facts: Pick<Facts, 'owner'>, entity: FactEntity): string =>
  [pathAbove(facts, entity), entity.name ?? entity.id ?? entity.key].filter((part) => part !== '').join(' / ')

/** What tells entities of one name apart, by their keys: what they are in, and the id where that is the same too. */
export function toldApart(facts: Pick<Facts, 'owner'>, entities: readonly FactEntity[]): ReadonlyMap<string, string> {
  const labels = new Map<string, string>()
  for (const named of grouped(entities, ({ name }) => name ?? '').values()) {
    if (named.length < 2 || named[0]!.name === null) continue
    for (const [path, sharing] of grouped(named, (entity) => pathAbove(facts, entity))) {
      for (const { key, id } of sharing) {
        const parts = [path, sharing.length > 1 || path === '' ? (id ?? '') : ''].filter((part) => part !== '')
        if (parts.length > 0) labels.set(key, parts.join(', '))
      }
    }
  }
  return labels
}
