/** Computes the facts of a dataset as of one moment, with the settings of one account and the pace of one rule. */

import { isoDay } from '../clock/day.js'
import { RESULTS_DIFFERENCE } from '../metric/meta-results.js'
import type { DayRange, HourRange } from '../value/ranges.js'
import type { Scope } from '../value/scope.js'
import { Unknown, type Value } from '../value/value.js'
import type { DatasetEntity } from './dataset-source.js'
import type { Dataset, DatasetGroup, Subtree } from './dataset.js'
import type { FactAccount, FactEntity, FactGroup, Facts } from './facts.js'
import { HoursVerdict } from './hours-verdict.js'
import { KnownWindows, NOTHING_YET, type Stretch } from './known-windows.js'
import { WindowSums } from './window-sums.js'

export interface FactsOptions {
  readonly account: FactAccount
  /** The moment that is evaluated, epoch milliseconds. */
  readonly at: number
  /** Milliseconds between the rule's evaluations. Today's synced numbers may be up to twice this plus one hour old. */
  readonly pace: number
  /** The JSON of the event that triggered the rule. */
  readonly payload?: unknown
  /** Compute `forecast`, `expected` and `anomaly`; one that is missing is missing from the facts too. */
  readonly estimates?: Pick<Facts, 'forecast' | 'expected' | 'anomaly'>
}

/** Facts that also report whether a window is known, which holds for all entities and measures alike. */
export interface WindowedFacts extends Facts {
  /** Returns why a window of days is not fully known, or null if it is. */
  whyUnknown(days: DayRange): Unknown | null
}

export const factsOf = (dataset: Dataset, options: FactsOptions): WindowedFacts => new DatasetFacts(dataset, options)

const NO_CAMPAIGNS = new Unknown('no campaign name matches the group’s globs')

class DatasetFacts implements WindowedFacts {
  readonly account: FactAccount
  readonly at: number
  readonly payload?: unknown
  readonly forecast?: NonNullable<Facts['forecast']>
  readonly expected?: NonNullable<Facts['expected']>
  readonly anomaly?: NonNullable<Facts['anomaly']>
  readonly #dataset: Dataset
  readonly #self: FactEntity
  readonly #groups: readonly FactEntity[]
  readonly #known: KnownWindows
  readonly #sums: WindowSums
  readonly #groupsOfCampaign = new Map<DatasetEntity, readonly FactEntity[]>()

  constructor(dataset: Dataset, { account, at, pace, payload, estimates }: FactsOptions) {
    this.account = account
    this.at = at
    this.#dataset = dataset
    this.#known = new KnownWindows(dataset, at, pace, account.timezone)
    this.#sums = new WindowSums(dataset, account, at, this.#known, new HoursVerdict(dataset, at, account.timezone))
    this.#self = { scope: 'account', key: account.name, id: account.id, name: account.name }
    this.#groups = (account.groups ?? []).map(({ name }) => ({ scope: 'group', key: name, id: null, name }))
    if (payload !== undefined) this.payload = payload
    if (estimates?.forecast) this.forecast = estimates.forecast.bind(estimates)
    if (estimates?.expected) this.expected = estimates.expected.bind(estimates)
    if (estimates?.anomaly) this.anomaly = estimates.anomaly.bind(estimates)
  }

  entities(scope: Scope): readonly FactEntity[] {
    if (scope === 'account') return [this.#self]
    return scope === 'group' ? this.#groups : this.#dataset.entities(scope)
  }

  owner(entity: FactEntity, scope: Scope): FactEntity | null {
    if (scope === 'account') return this.#self
    if (scope === entity.scope) return entity
    const own = this.#find(entity)
    if (own === null || own.scope === 'group') return null
    if (scope === 'group') {
      const groups = this.#groupsOf(own)
      // A campaign in several groups has no single owner.
      return groups?.length === 1 ? groups[0]! : null
    }
    if (scope === 'campaign') return own.campaign === null ? null : this.#dataset.find('campaign', own.campaign)
    return scope === 'adset' && own.adset !== null ? this.#dataset.find('adset', own.adset) : null
  }

  isInNoGroup(entity: FactEntity): boolean {
    const own = this.account.groups === undefined ? null : this.#find(entity)
    return own !== null && own.scope !== 'group' && this.#groupsOf(own)?.length === 0
  }

  attribute(entity: FactEntity, attribute: string): Value {
    if (attribute === 'id') return entity.id ?? new Unknown('the data has no ids')
    const own = this.#find(entity)
    const hasOneName = own === null || own.scope === 'group' || own.history?.['name'] === undefined
    if (attribute === 'name' && hasOneName) return entity.name ?? new Unknown('the data has no names')
    const missing = new Unknown(`the data has no \`${attribute}\``)
    if (own === null) return missing
    if (own.scope === 'group') return this.#groupNamed(own.key)?.values[attribute] ?? missing
    const since = own.since?.[attribute]
    if (since !== undefined) return Math.max(0, this.at - since)
    const dated = own.history?.[attribute]
    if (dated !== undefined) {
      const today = isoDay(this.#known.today)
      let latest: (typeof dated)[number] | null = null
      for (const one of dated) if (one.day <= today && (latest === null || one.day >= latest.day)) latest = one
      return latest?.value ?? missing
    }
    return Object.hasOwn(own.attributes, attribute) ? (own.attributes[attribute] ?? missing) : missing
  }

  goal(entity: FactEntity): string | null {
    const own = this.#find(entity)
    return own === null || own.scope === 'group' ? null : this.#dataset.resultOf(own)
  }

  resultMeasure(entity: FactEntity): string | null {
    const goals = new Set(this.#dataset.goalsWithin(this.#find(entity)).map((goal) => goal ?? this.account.result))
    return goals.size > 1 ? null : ([...goals][0] ?? this.account.result)
  }

  attribution(entity: FactEntity): readonly string[] {
    const { attribution } = this.account
    return attribution ? [attribution] : this.#dataset.attributionsWithin(this.#find(entity))
  }

  resultsDifference(entity: FactEntity, days: DayRange): number {
    if (!this.#dataset.hasMeasure(RESULTS_DIFFERENCE)) return 0
    const value = this.total(entity, RESULTS_DIFFERENCE, days)
    return typeof value === 'number' ? value : 0
  }

  total(entity: FactEntity, measure: string, days: DayRange): Value {
    return this.#within(entity, measure, this.#known.daysOf(days))
  }

  whyUnknown(days: DayRange): Unknown | null {
    return this.#known.whyUnknown(this.#known.daysOf(days))
  }

  hourlyTotal(entity: FactEntity, measure: string, hours: HourRange): Value {
    const stretch = this.#known.hoursOf(hours)
    return stretch instanceof Unknown ? stretch : this.#within(entity, measure, stretch)
  }

  knownDays(): DayRange | null {
    const days = this.#known.knownDays()
    return days === null ? null : { since: isoDay(days.first), until: isoDay(days.last) }
  }

  lifetimeTotal(entity: FactEntity, measure: string): Value {
    if (this.#dataset.knowledge.kind === 'undated')
      return this.#sum(entity, measure, { resolution: 'day', since: -Infinity, until: Infinity })
    const days = this.#known.knownDays()
    return days === null ? NOTHING_YET : this.#within(entity, measure, { resolution: 'day', since: days.first, until: days.last })
  }

  /** Returns the groups that contain an entity's campaign; null if the data does not name its campaign. */
  #groupsOf(own: DatasetEntity): readonly FactEntity[] | null {
    const campaign = own.scope === 'campaign' ? own : own.campaign === null ? null : this.#dataset.find('campaign', own.campaign)
    if (campaign === null || campaign.name === null) return null
    let groups = this.#groupsOfCampaign.get(campaign)
    if (groups === undefined) {
      groups = this.#groups.filter(({ key }) => this.#find({ scope: 'group', key })!.campaigns.includes(campaign))
      this.#groupsOfCampaign.set(campaign, groups)
    }
    return groups
  }

  #groupNamed = (name: string): FactGroup | undefined => this.account.groups?.find((group) => group.name === name)

  #find(entity: { readonly scope: 'group'; readonly key: string }): DatasetGroup | null
  #find(entity: Pick<FactEntity, 'scope' | 'key'>): Subtree
  #find(entity: Pick<FactEntity, 'scope' | 'key'>): Subtree {
    if (entity.scope === 'account') return null
    if (entity.scope === 'group') {
      const group = this.#groupNamed(entity.key)
      return group === undefined ? null : this.#dataset.group(group.name, group.campaigns)
    }
    return this.#dataset.find(entity.scope, entity.key)
  }

  #within(entity: FactEntity, measure: string, stretch: Stretch): Value {
    return this.#known.whyUnknown(stretch) ?? this.#sum(entity, measure, stretch)
  }

  #sum(entity: FactEntity, measure: string, stretch: Stretch): Value {
    const own = this.#find(entity)
    if (own === null && entity.scope !== 'account') return new Unknown('this entity is not in the data')
    if (own?.scope === 'group' && own.campaigns.length === 0) return NO_CAMPAIGNS
    return this.#sums.of(own, measure, stretch)
  }
}
