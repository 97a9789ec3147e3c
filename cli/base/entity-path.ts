/** Paths of entities. Names repeat, so the campaign and ad set above an entity distinguish it from others of its name. */

import type { FactEntity, Facts } from '../../engine/facts/facts.js'
import { grouped } from './grouped.js'

/** Returns the names of the campaign and ad set above an entity; null where the data does not have them. */
export function namesAbove(facts: Pick<Facts, 'owner'>, entity: FactEntity): { campaign: string | null; adset: string | null } {
  const nameOf = (scope: 'campaign' | 'adset'): string | null => {
    const isBeneath = entity.scope === 'ad' || (entity.scope === 'adset' && scope === 'campaign')
    return isBeneath ? (facts.owner(entity, scope)?.name ?? null) : null
  }
  return { campaign: nameOf('campaign'), adset: nameOf('adset') }
}

/** `TR | Summer / Women`; '' if nothing above the entity is known. */
export function pathAbove(facts: Pick<Facts, 'owner'>, entity: FactEntity): string {
  const { campaign, adset } = namesAbove(facts, entity)
  return [campaign, adset].filter((name) => name !== null).join(' / ')
}

/** `TR | Summer / Women / Video 3`: what a person can write if several entities have the name. */
export const pathOf = (facts: Pick<Facts, 'owner'>, entity: FactEntity): string =>
  [pathAbove(facts, entity), entity.name ?? entity.id ?? entity.key].filter((part) => part !== '').join(' / ')

/** Returns, by key, labels for entities that share a name: their path, with the id if the path is shared too. */
export function distinctLabels(facts: Pick<Facts, 'owner'>, entities: readonly FactEntity[]): ReadonlyMap<string, string> {
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
