/** Where a backtest's numbers come from: whatever answers what was known at a moment. */

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
  /** The same object as long as nothing that they hold has changed. */
  readonly tables: DayTables
  /** @param pace milliseconds between a rule's turns */
  facts(pace: number): WindowedFacts
  /** Whether an entity is there from its first row on, rather than from the beginning. */
  readonly entities: 'listed' | 'with rows'
}

export interface BacktestSource {
  readonly account: FactAccount
  /** First and last day of which anything is known, ISO dates; null where nothing is. */
  readonly days: { readonly first: string; readonly last: string } | null
  /** All entities that there ever were. */
  entities(scope: Scope): readonly FactEntity[]
  /** @param whole all that was known then, rather than what the rules ask about: for forecasts of their own */
  at(moment: number, whole?: boolean): Promise<KnownAt>
  /** What is known by now of the days up to and with `to`: what happened, seen from afterwards. */
  afterwards(to: string): Promise<WindowedFacts>
}

/** Forecasts and the like as of a moment: their maker gets the facts of that moment. */
export type EstimatesAt = (facts: WindowedFacts) => NonNullable<FactsOptions['estimates']>

/**
 * The rows of a file. A day's row is known from that day on, and an entity from its first row on: before, nobody could have
 * known that it would be there.
 */
export function fileSource(
  dataset: Dataset,
  account: FactAccount,
  days: { readonly first: string; readonly last: string } | null,
  estimatesAt: EstimatesAt | null = null,
): BacktestSource {
  // The inputs of estimates are in the facts: a second look at the same moment has both.
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
