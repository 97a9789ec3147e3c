/** Whether any part of an entity delivers. Meta calls a campaign active even if everything in it is paused. */

import { isoDay } from '../clock/day.js'
import { dayNumberAt } from '../clock/zone.js'
import type { FactEntity, Facts } from '../facts/facts.js'
import type { DayRange } from '../value/ranges.js'

const BELOW = { campaign: 'adset', adset: 'ad' } as const

/** Delivery as of the moment of one set of facts. */
export class Delivery {
  readonly #below = new Map<'adset' | 'ad', ReadonlyMap<string, readonly FactEntity[]>>()

  readonly #week: DayRange

  constructor(private readonly facts: Facts) {
    const today = dayNumberAt(facts.at, facts.account.timezone)
    this.#week = { since: isoDay(today - 7), until: isoDay(today - 1) }
  }

  /** Whether the data shows that no part of the entity delivers. */
  isStopped(entity: FactEntity): boolean {
    const { facts } = this
    if (entity.scope === 'account' || entity.scope === 'group') {
      const all = facts.entities('campaign')
      const own = entity.scope === 'account' ? all : all.filter((one) => facts.owner(one, 'group')?.key === entity.key)
      return own.length > 0 && own.every((campaign) => this.isStopped(campaign))
    }
    if (!this.#delivers(entity)) return true
    if (entity.scope === 'ad') return false
    const below = this.#of(entity.scope).get(entity.key) ?? []
    return below.length > 0 && below.every((one) => this.isStopped(one))
  }

  /** Decides by the status; data without one (a file of rows, for example) by whether anything was delivered within a week. */
  #delivers(entity: FactEntity): boolean {
    const { facts } = this
    const status = facts.attribute(entity, 'delivering')
    // A file without status has `delivering: true` for every entity, which proves nothing.
    if (status === false || typeof facts.attribute(entity, 'effective_status') === 'string') return status !== false
    const had = ['spend', 'impressions'].map((measure) => facts.total(entity, measure, this.#week))
    return !had.includes(0) || had.some((value) => typeof value === 'number' && value > 0)
  }

  #of(scope: keyof typeof BELOW): ReadonlyMap<string, readonly FactEntity[]> {
    const known = this.#below.get(BELOW[scope])
    if (known !== undefined) return known
    const made = new Map<string, FactEntity[]>()
    for (const one of this.facts.entities(BELOW[scope])) {
      const above = this.facts.owner(one, scope)
      if (above === null) continue
      const own = made.get(above.key)
      if (own === undefined) made.set(above.key, [one])
      else own.push(one)
    }
    this.#below.set(BELOW[scope], made)
    return made
  }
}
