/**
 * An account as the guardrails see it: its entities as last read, plus all unsettled changes. So each of two simultaneous
 * carry-outs takes the other's change into account.
 */

import { amountOf, targetOf } from '../../engine/change/ledger-value.js'
import { HOUR } from '../../engine/clock/zone.js'
import { entitiesAsOf, type Entity, type EntityLevel } from '../../store/account/entities.js'
import type { Store } from '../../store/base/store.js'
import { type Mutation, openMutations } from '../../store/decisions/mutations.js'
import { openHolds, type PauseHold } from '../../store/decisions/pause-holds.js'

/** A change that may already be made at Meta although it was not read back yet. */
type UnsettledChange = Pick<Mutation, 'entity_id' | 'field' | 'target'>

export class AccountSnapshot {
  readonly #byId = new Map<string, Entity>()
  readonly #unsettled: UnsettledChange[]
  readonly #holders = new Map<string, string[]>()

  constructor(
    entities: readonly Entity[],
    unsettled: readonly UnsettledChange[],
    holds: readonly Pick<PauseHold, 'entity_id' | 'holder'>[],
  ) {
    for (const entity of entities) this.#byId.set(`${entity.level}/${entity.id}`, entity)
    this.#unsettled = [...unsettled]
    for (const { entity_id: id, holder } of holds) this.#holders.set(id, [...(this.#holders.get(id) ?? []), holder])
  }

  /** Returns a copy, to which other changes can be added. */
  copy(): AccountSnapshot {
    const holds = [...this.#holders].flatMap(([id, holders]) => holders.map((holder) => ({ entity_id: id, holder })))
    return new AccountSnapshot([...this.#byId.values()], this.#unsettled, holds)
  }

  find(level: EntityLevel, id: string | null): Entity | null {
    return id === null ? null : (this.#byId.get(`${level}/${id}`) ?? null)
  }

  /** Replaces one entity by a newer reading. */
  replace(entity: Entity): void {
    this.#byId.set(`${entity.level}/${entity.id}`, entity)
  }

  all(level: EntityLevel): Entity[] {
    return [...this.#byId.values()].filter((entity) => entity.level === level)
  }

  /** Returns its children and their children. */
  beneath(entity: Entity): Entity[] {
    if (entity.level === 'ad') return []
    return [...this.#byId.values()].filter((other) =>
      entity.level === 'campaign'
        ? other.level !== 'campaign' && other.campaignId === entity.id
        : other.level === 'ad' && other.adsetId === entity.id,
    )
  }

  /** Returns the ad set and the campaign that it belongs to, as far as they are known. */
  above(entity: Entity): Entity[] {
    const adset = entity.level === 'ad' ? this.find('adset', entity.adsetId) : null
    const campaign = entity.level === 'campaign' ? null : this.find('campaign', entity.campaignId)
    return [adset, campaign].filter((found) => found !== null)
  }

  /** Returns who holds its pause. */
  holders(id: string): readonly string[] {
    return this.#holders.get(id) ?? []
  }

  /** Adds a change that was just allowed, so that it counts from now on. */
  expect(change: UnsettledChange): void {
    this.#unsettled.push(change)
  }

  /** Whether an unsettled change may pause it. */
  mayBePaused(id: string): boolean {
    return this.#unsettled.some(({ entity_id: of, field, target }) => of === id && field === 'status' && target === 'PAUSED')
  }

  mayBeStarted(id: string): boolean {
    return this.#unsettled.some(({ entity_id: of, field, target }) => of === id && field === 'status' && target === 'ACTIVE')
  }

  /** Whether an unsettled change may change its budget. */
  budgetMayChange(id: string): boolean {
    return this.#unsettled.some(({ entity_id: of, field }) => of === id && field.endsWith('_budget'))
  }

  /** Returns the larger of its budget and the targets of unsettled changes, in minor units; null if it has no such budget. */
  largestBudget(entity: Entity, field: 'daily_budget' | 'lifetime_budget'): number | null {
    const now = field === 'daily_budget' ? entity.dailyBudget : entity.lifetimeBudget
    if (now === null) return null
    const coming = this.#unsettled.filter((change) => change.entity_id === entity.id && change.field === field)
    return Math.max(now, ...coming.map((change) => amountOf(targetOf(change)) ?? 0))
  }

  /** Whether it and all its parents are active; null if it is active and some parent is unknown. */
  isDelivering(entity: Entity): boolean | null {
    if (entity.status !== 'ACTIVE') return false
    const above = this.above(entity)
    if (above.some(({ status }) => status !== 'ACTIVE')) return false
    return above.length === { campaign: 0, adset: 1, ad: 2 }[entity.level] ? true : null
  }
}

/** How long a change without an outcome counts as unsettled, in milliseconds: longer than any attempt lasts. */
const UNSETTLED_FOR = HOUR

/**
 * @param except the ledger's row of the change that is checked, which must not count against itself
 */
export async function loadSnapshot(store: Store, account: string, now: number, except: string | null): Promise<AccountSnapshot> {
  const entities = await entitiesAsOf(store, account)
  const open = await openMutations(store, account, { since: now - UNSETTLED_FOR, except })
  const holds = await openHolds(store, account)
  return new AccountSnapshot(entities, open, holds)
}
