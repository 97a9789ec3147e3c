/** Where the numbers of a backtest come from: anything that returns what was known at a moment. */

import { dayNumberOf } from '../clock/day.js'
import type { Dataset } from '../facts/dataset.js'
import { factsOf, type FactsOptions, type WindowedFacts } from '../facts/facts-of-dataset.js'
import type { FactAccount, FactEntity } from '../facts/facts.js'
import type { Scope } from '../value/scope.js'
import { DayTables } from './columns/day-table.js'
import { Universe } from './columns/entity-order.js'
import { endOfDay } from './evaluation-days.js'

/** What was known at one moment. */
export interface KnownAt {
  /** The same object as long as its contents have not changed. */
  readonly tables: DayTables
  /** @param pace milliseconds between evaluations of a rule */
  facts(pace: number): WindowedFacts
  /** Whether entities exist from the beginning (`listed`), or from their first row on. */
  readonly entities: 'listed' | 'with rows'
}

export interface BacktestSource {
  readonly account: FactAccount
  /** First and last day with data, ISO dates; null if there is none. */
  readonly days: { readonly first: string; readonly last: string } | null
  /** All entities that ever existed. */
  entities(scope: Scope): readonly FactEntity[]
  /** @param whole whether to return everything that was known then, for forecasts, and not only what the rules need */
  at(moment: number, whole?: boolean): Promise<KnownAt>
  /** Returns what is known now about the days up to and including `to`: the actual outcome. */
  afterwards(to: string): Promise<WindowedFacts>
}

/** Makes forecasts and other estimates from the facts of a moment. */
export type EstimatesAt = (facts: WindowedFacts) => NonNullable<FactsOptions['estimates']>

/** Returns the rows of a file as a source. A day's row is known from that day on, and an entity exists from its first row on. */
export function fileSource(
  dataset: Dataset,
  account: FactAccount,
  days: { readonly first: string; readonly last: string } | null,
  estimatesAt: EstimatesAt | null = null,
): BacktestSource {
  // Estimates are computed from the facts without estimates.
  const factsAt = (at: number, pace: number): WindowedFacts => {
    const plain = factsOf(dataset, { account, at, pace })
    return estimatesAt === null ? plain : factsOf(dataset, { account, at, pace, estimates: estimatesAt(plain) })
  }
  const anyMoment = factsOf(dataset, { account, at: 0, pace: 0 })
  const tables = new DayTables(new Universe(dataset, anyMoment), account)
  return {
    account,
    days,
    entities: (scope) => anyMoment.entities(scope),
    at: (moment) => Promise.resolve({ tables, facts: (pace) => factsAt(moment, pace), entities: 'with rows' }),
    afterwards: (to) => {
      const at = endOfDay(dayNumberOf(to), account.timezone) ?? endOfDay(dayNumberOf(to) + 1, account.timezone)
      return Promise.resolve(factsOf(dataset, { account, at: at!, pace: 0 }))
    },
  }
}
