/** Histories at the level of today’s budgets: spend follows its budget, and what spend brings follows it as well. */

import type { FactEntity, Facts } from '../facts/facts.js'
import { Unknown } from '../value/value.js'
import { type BudgetChange, type DailyHistory, type HistoryReader, levelAt, shiftsOf } from './daily-history.js'

type Shifts = ReturnType<typeof shiftsOf>

export interface Levelled {
  readonly values: DailyHistory['values']
  /** Changes of the level that are still to be made of `values`. */
  readonly shifts: Shifts
}

interface Holder {
  readonly entity: FactEntity
  readonly campaign: FactEntity
  readonly shifts: Shifts
}

/** Of one moment's facts. */
export class BudgetLevels {
  readonly #shifts = new Map<string, Shifts>()
  #changed: readonly Holder[] | null = null

  /** @param changesOf known changes of the budget that an entity has itself, or that it has from above */
  constructor(
    private readonly facts: Facts,
    private readonly history: HistoryReader,
    private readonly isStopped: (entity: FactEntity) => boolean,
    private readonly changesOf: (entity: FactEntity) => readonly BudgetChange[],
  ) {}

  /** @param read the history of an entity as it is taken for the forecast, for the measure that is forecast */
  levelled(entity: FactEntity, history: DailyHistory, read: (part: FactEntity) => DailyHistory | Unknown): Levelled {
    const holder = this.#holderOf(entity)
    if (holder !== null) return { values: history.values, shifts: this.#shiftsOf(holder) }
    // A whole of several budgets: it moves by as much as the parts do whose budgets changed.
    const values = [...history.values]
    for (const { entity: part, shifts } of this.#within(entity)) {
      const own = read(part)
      if (own instanceof Unknown) continue
      for (const [index, value] of own.values.entries()) {
        const whole = values[index]
        if (value === null || whole === null || whole === undefined) continue
        values[index] = Math.max(0, whole + value * (levelAt(shifts, index) - 1))
      }
    }
    return { values, shifts: [] }
  }

  /** Who has the one budget that an entity spends; null for a whole of several. */
  #holderOf(entity: FactEntity): FactEntity | null {
    if (entity.scope === 'account' || entity.scope === 'group') return null
    const campaign = this.facts.owner(entity, 'campaign')
    if (campaign !== null && this.changesOf(campaign).length > 0) return campaign
    return entity.scope === 'campaign' ? null : this.facts.owner(entity, 'adset')
  }

  #within(entity: FactEntity): readonly Holder[] {
    this.#changed ??= this.#findChanged()
    if (entity.scope === 'account') return this.#changed
    return this.#changed.filter(({ campaign }) =>
      entity.scope === 'group' ? this.facts.owner(campaign, 'group')?.key === entity.key : campaign.key === entity.key,
    )
  }

  /** What delivers with a budget of its own that changed. */
  #findChanged(): readonly Holder[] {
    const { facts } = this
    const found: Holder[] = []
    const add = (entity: FactEntity, campaign: FactEntity): void => {
      const shifts = this.isStopped(entity) ? [] : this.#shiftsOf(entity)
      if (shifts.length > 0) found.push({ entity, campaign, shifts })
    }
    const shared = new Set<string>()
    for (const campaign of facts.entities('campaign')) {
      if (this.changesOf(campaign).length === 0) continue
      shared.add(campaign.key)
      add(campaign, campaign)
    }
    for (const adset of facts.entities('adset')) {
      const campaign = facts.owner(adset, 'campaign')
      if (campaign !== null && !shared.has(campaign.key)) add(adset, campaign)
    }
    return found
  }

  #shiftsOf(holder: FactEntity): Shifts {
    const key = `${holder.scope} ${holder.key}`
    let shifts = this.#shifts.get(key)
    if (shifts === undefined) {
      const changes = this.changesOf(holder)
      const spend = changes.length === 0 ? null : this.history.read(holder, 'spend')
      shifts = spend === null || spend instanceof Unknown ? [] : shiftsOf(spend, changes)
      this.#shifts.set(key, shifts)
    }
    return shifts
  }
}
