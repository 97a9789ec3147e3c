/** Rescales histories to today’s budgets: spend follows its budget, and results follow spend. */

import type { FactEntity, Facts } from '../facts/facts.js'
import { Unknown } from '../value/value.js'
import { type BudgetChange, type DailyHistory, type HistoryReader, levelAt, shiftsOf } from './daily-history.js'

type Shifts = ReturnType<typeof shiftsOf>

export interface Levelled {
  readonly values: DailyHistory['values']
  /** Changes of level that `values` do not contain yet. */
  readonly shifts: Shifts
}

/** An entity with a budget of its own that changed. */
interface ChangedBudget {
  readonly entity: FactEntity
  readonly campaign: FactEntity
  readonly shifts: Shifts
}

/** Budget changes and their effect, as of the moment of one set of facts. */
export class BudgetLevels {
  readonly #shifts = new Map<string, Shifts>()
  #changed: readonly ChangedBudget[] | null = null

  /** @param changesOf the known changes of an entity's own budget, or of the budget that it shares */
  constructor(
    private readonly facts: Facts,
    private readonly history: HistoryReader,
    private readonly isStopped: (entity: FactEntity) => boolean,
    private readonly changesOf: (entity: FactEntity) => readonly BudgetChange[],
  ) {}

  /** @param read reads an entity's history of the measure to be forecast, prepared in the same way as `history` */
  levelled(entity: FactEntity, history: DailyHistory, read: (part: FactEntity) => DailyHistory | Unknown): Levelled {
    const owner = this.#ownerOf(entity)
    if (owner !== null) return { values: history.values, shifts: this.#shiftsOf(owner) }
    // An entity that spends several budgets moves by as much as those of its parts whose budgets changed.
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

  /** Returns the entity whose budget `entity` spends; null if it spends more than one. */
  #ownerOf(entity: FactEntity): FactEntity | null {
    if (entity.scope === 'account' || entity.scope === 'group') return null
    const campaign = this.facts.owner(entity, 'campaign')
    if (campaign !== null && this.changesOf(campaign).length > 0) return campaign
    return entity.scope === 'campaign' ? null : this.facts.owner(entity, 'adset')
  }

  #within(entity: FactEntity): readonly ChangedBudget[] {
    this.#changed ??= this.#findChanged()
    if (entity.scope === 'account') return this.#changed
    return this.#changed.filter(({ campaign }) =>
      entity.scope === 'group' ? this.facts.owner(campaign, 'group')?.key === entity.key : campaign.key === entity.key,
    )
  }

  /** Returns all delivering entities with a budget of their own that changed. */
  #findChanged(): readonly ChangedBudget[] {
    const { facts } = this
    const found: ChangedBudget[] = []
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

  #shiftsOf(owner: FactEntity): Shifts {
    const key = `${owner.scope} ${owner.key}`
    let shifts = this.#shifts.get(key)
    if (shifts === undefined) {
      const changes = this.changesOf(owner)
      const spend = changes.length === 0 ? null : this.history.read(owner, 'spend')
      shifts = spend === null || spend instanceof Unknown ? [] : shiftsOf(spend, changes)
      this.#shifts.set(key, shifts)
    }
    return shifts
  }
}
