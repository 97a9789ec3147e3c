/** The database as the source of a backtest: for each moment, what was known at that moment. */

import { questionOfRules } from '../../activities/facts/facts-for-rules.js'
import { type FactsQuestion, type KnownAccount, loadEstimates, loadKnown } from '../../activities/facts/load-facts.js'
import { mindsLateness } from '../../activities/facts/rule-needs.js'
import type { Account } from '../../engine/account/account.js'
import { DayTables } from '../../engine/backtest/columns/day-table.js'
import { Universe } from '../../engine/backtest/columns/entity-order.js'
import { endOfDay } from '../../engine/backtest/evaluation-days.js'
import { firstDayAsked } from '../../engine/backtest/reach.js'
import type { BacktestSource, KnownAt } from '../../engine/backtest/source.js'
import { dayNumberOf, isoDay } from '../../engine/clock/day.js'
import { DAY, dayNumberAt } from '../../engine/clock/zone.js'
import { type DatasetEntity } from '../../engine/facts/dataset-source.js'
import { Dataset } from '../../engine/facts/dataset.js'
import { factsOf, type WindowedFacts } from '../../engine/facts/facts-of-dataset.js'
import type { FactAccount, FactEntity } from '../../engine/facts/facts.js'
import type { Rule } from '../../engine/rule/rule.js'
import type { Store } from '../../store/base/store.js'
import { estimatesOn, lookup } from '../data/estimates-on-data.js'

/** What is the same for all rules: the first sync of the account, and every entity it ever had. */
export interface Observed {
  /** When the first successful sync of days finished, epoch milliseconds. */
  readonly firstSync: number
  readonly entities: readonly FactEntity[]
}

export interface StoreSourceOptions {
  readonly store: Store
  readonly account: Account
  readonly observed: Observed
  readonly level: FactsQuestion['level']
  readonly rules: readonly Rule[]
  readonly now: number
}

/**
 * Opens the stored data of an account. Days before its first sync are evaluated on what that sync returned for them, like the rows of a
 * file: every entity counts as delivering, and its status, budgets and the like are unknown. Later days are evaluated on what was known
 * at the end of each. Only days that have ended are evaluated.
 */
export async function openStoreSource(options: StoreSourceOptions): Promise<BacktestSource> {
  const { store, account, observed, level, now } = options
  // The first sync of an account takes a while and consists of several parts.
  const learned = Math.min(now, observed.firstSync + DAY)
  const first = await loadKnown(store, account, { at: learned, knownAt: learned, level, days: true, hoursSince: null })
  const before = new Dataset({ ...first.source, entities: first.source.entities.map(asUnwatched), knowledge: { kind: 'file' } })
  const today = dayNumberAt(now, account.timezone)
  const days =
    before.days === null || before.days.first >= today ? null : { first: isoDay(before.days.first), last: isoDay(today - 1) }
  return new StoreSource(options, first.account, before, days)
}

function asUnwatched(entity: DatasetEntity): DatasetEntity {
  const { objective } = entity.attributes
  return { ...entity, attributes: { delivering: true, ...(objective === undefined ? {} : { objective }) }, history: {} }
}

class StoreSource implements BacktestSource {
  readonly #tablesBefore: DayTables

  constructor(
    private readonly options: StoreSourceOptions,
    readonly account: FactAccount,
    private readonly before: Dataset,
    readonly days: BacktestSource['days'],
  ) {
    this.#tablesBefore = this.#tables(before, account)
  }

  entities(scope: FactEntity['scope']): readonly FactEntity[] {
    const { account } = this
    if (scope === 'account') return [{ scope, key: account.name, id: account.id, name: account.name }]
    if (scope === 'group') return (account.groups ?? []).map(({ name }) => ({ scope, key: name, id: null, name }))
    return this.options.observed.entities.filter((entity) => entity.scope === scope)
  }

  async at(moment: number, whole = false): Promise<KnownAt> {
    const { store, account, observed, level, rules } = this.options
    if (moment < observed.firstSync) {
      const facts = (pace: number) => this.#facts(this.before, this.account, moment, pace)
      return { tables: this.#tablesBefore, facts, entities: 'with rows' }
    }
    const zone = account.timezone
    const since = whole ? null : firstDayAsked(rules, moment, zone)
    const known = await loadKnown(store, account, {
      ...questionOfRules(rules, level, { at: moment, knownAt: moment }, zone),
      ...(since === null ? {} : { daysSince: since }),
    })
    const dataset = new Dataset(known.source)
    const { result } = known.account
    const compares = whole || rules.some(mindsLateness)
    const estimatesOf = await loadEstimates(store, account, { at: moment, knownAt: moment, level, compares, result, lookup })
    return {
      tables: this.#tables(dataset, known.account),
      facts: (pace) => this.#facts(dataset, known.account, moment, pace, estimatesOf),
      entities: 'listed',
    }
  }

  async afterwards(to: string): Promise<WindowedFacts> {
    const { store, account, level, now } = this.options
    const at = endOfDay(dayNumberOf(to), account.timezone) ?? now
    const known: KnownAccount = await loadKnown(store, account, { at, knownAt: now, level, days: true, hoursSince: null })
    return factsOf(new Dataset(known.source), { account: known.account, at, pace: DAY })
  }

  #tables(dataset: Dataset, account: FactAccount): DayTables {
    return new DayTables(new Universe(dataset, factsOf(dataset, { account, at: 0, pace: 0 })), account)
  }

  #facts(dataset: Dataset, account: FactAccount, at: number, pace: number, estimatesOf = estimatesOn): WindowedFacts {
    const plain = factsOf(dataset, { account, at, pace })
    return factsOf(dataset, { account, at, pace, estimates: estimatesOf(plain) })
  }
}
