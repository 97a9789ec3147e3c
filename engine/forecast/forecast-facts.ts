/**
 * `forecast(…)` of rules, computed from the facts alone: a forecast in a backtest knows no more than was known on that day.
 * Computing a forecast takes long, so the rules are evaluated twice. In the first pass the lookup collects the forecasts that
 * are needed; they are then computed elsewhere, and the second pass finds them.
 */

import { type ArrivedShare } from '../anomaly/lateness.js'
import { isoDay, startOfMonth } from '../clock/day.js'
import { dayNumberAt } from '../clock/zone.js'
import type { Horizon } from '../expression/syntax.js'
import type { Estimate, FactEntity, Facts, MetricReference } from '../facts/facts.js'
import { arrivesAtOnce, findMetric, type MetricFormula } from '../metric/catalogue.js'
import { Unknown } from '../value/value.js'
import { accuracyInWords } from './accuracy.js'
import { BudgetLevels } from './budget-levels.js'
import { type BudgetChange, type DailyHistory, HistoryReader } from './daily-history.js'
import { Delivery } from './delivery.js'
import type { Forecast, ForecastPoint } from './forecast.js'
import { settled, stillToCome } from './late-counts.js'
import { ratioOf } from './ratio.js'
import { reconcile, summed } from './reconcile.js'
import { wideningOf } from './special-days.js'
import { dailyBudgetOf, mostSpendOf } from './spend-bound.js'
import type { ForecastLookup, ForecastTask } from './task.js'
import { plus, totalOf, within } from './total.js'

export interface ForecastFactsOptions {
  readonly lookup: ForecastLookup
  /** Known changes of an entity's daily budget, by which the history before them is rescaled; none by default. */
  readonly budgetChanges?: (entity: FactEntity) => readonly BudgetChange[]
  /** How much of the conversions has usually arrived by now; without it the last three days count as unknown. */
  readonly arrived?: ArrivedShare
}

/** The total over a horizon, with its model and accuracy in words. */
export interface ForecastAnswer {
  readonly total: ForecastPoint
  readonly model: string
  readonly accuracy: string | null
}

/** Forecasts have one of two lengths, in days, so that a month's and a week's share one computation. */
const HORIZONS = [32, 92]
const FURTHEST_DAYS = HORIZONS.at(-1)! - 1
const IN_TURKISH = {
  'not-enough-history': 'tahmin için yeterli geçmiş yok',
  'timed-out': 'tahminin hesaplanması çok uzun sürdü',
} as const
const NOT_YET = new Unknown('its forecast has not been worked out yet', 'tahmini henüz hesaplanmadı')

/** @param facts the data that forecasts are made from; their moment is the moment of the forecast */
export function forecastFacts(facts: Facts, options: ForecastFactsOptions): Required<Pick<Facts, 'forecast'>> {
  const forecaster = new Forecaster(facts, options)
  return {
    forecast: (entity, metric, horizon) => {
      const answer = forecaster.answer(entity, metric, horizon)
      return answer instanceof Unknown ? { value: answer, detail: null } : estimateOf(answer)
    },
  }
}

function estimateOf({ total, model, accuracy }: ForecastAnswer): Estimate {
  const bands = [
    { level: 0.8, lo: total.lo80, hi: total.hi80 },
    { level: 0.95, lo: total.lo95, hi: total.hi95 },
  ]
  return { value: total.mean, detail: { model, bands, ...(accuracy === null ? {} : { accuracy }) } }
}

interface Tree {
  readonly account: Forecast | null
  readonly campaigns: ReadonlyMap<string, Forecast>
}

const NO_TREE: Tree = { account: null, campaigns: new Map() }
/** An account with more delivering campaigns is forecast as a whole: hundreds of forecasts would delay the tick. */
const MOST_CAMPAIGNS = 40
/** Stopped campaigns matter if they brought more than this share of the total of this many days. */
const [STOPPED, LATELY] = [0.05, 28]

/** Forecasts of the entities in one set of facts. */
export class Forecaster {
  readonly #history: HistoryReader
  readonly #delivery: Delivery
  readonly #levels: BudgetLevels
  readonly #today: number
  readonly #trees = new Map<string, Tree>()

  constructor(
    private readonly facts: Facts,
    private readonly options: ForecastFactsOptions,
  ) {
    this.#history = new HistoryReader(facts)
    this.#delivery = new Delivery(facts)
    const changes = options.budgetChanges ?? (() => [])
    this.#levels = new BudgetLevels(facts, this.#history, (entity) => this.#delivery.isStopped(entity), changes)
    this.#today = dayNumberAt(facts.at, facts.account.timezone)
  }

  /** Returns the total of a metric over a horizon; for a ratio, the ratio of its two sums. */
  answer(entity: FactEntity, { metric, actionType }: MetricReference, horizon: Horizon): ForecastAnswer | Unknown {
    if (horizon.kind === 'days' && horizon.count > FURTHEST_DAYS)
      return new Unknown(`forecasts reach at most ${FURTHEST_DAYS} days ahead`)
    const made = formulaOf(metric, actionType)
    if (made === null || made.kind === 'asked')
      return new Unknown(`\`${metric}\` cannot be summed over days, so it has no forecast`)
    if (made.kind === 'sum') return this.#sum(entity, made.measure, horizon)
    // Both are requested before either's absence is reported, so that both are computed.
    const [numerator, denominator] = [this.#sum(entity, made.numerator, horizon), this.#sum(entity, made.denominator, horizon)]
    if (numerator instanceof Unknown) return numerator
    if (denominator instanceof Unknown) return denominator
    const total = ratioOf(numerator.total, denominator.total, made.scale)
    if (total === null) return new Unknown(`\`${made.denominator}\`, which it is divided by, is expected to be zero`)
    const model = `${made.numerator}: ${numerator.model}; ${made.denominator}: ${denominator.model}`
    const accuracies = [`${made.numerator} ${numerator.accuracy}`, `${made.denominator} ${denominator.accuracy}`]
    const isTried = numerator.accuracy !== null && denominator.accuracy !== null
    return { total, model, accuracy: isTried ? accuracies.join(', ') : null }
  }

  /**
   * Returns the forecast of a measure day by day, beginning with today, or the reason why there is none. The campaigns'
   * forecasts add up to the account's, if all delivering campaigns have one.
   */
  daily(entity: FactEntity, measure: string, days: number): Forecast | Unknown {
    if (this.#delivery.isStopped(entity)) return stopped(days)
    const own = this.#base(entity, measure, days)
    if (entity.scope !== 'account' && entity.scope !== 'campaign') return own
    const { account, campaigns } = this.#tree(measure, days)
    const reconciled = entity.scope === 'account' ? account : campaigns.get(entity.key)
    return own instanceof Unknown ? own : (reconciled ?? own)
  }

  /** Returns the forecasts of the account and its campaigns, reconciled so that they add up; empty if one of them has none. */
  #tree(measure: string, days: number): Tree {
    const key = `${measure} ${HORIZONS.find((length) => length >= days) ?? days}`
    let tree = this.#trees.get(key)
    if (tree === undefined) this.#trees.set(key, (tree = this.#reconciled(measure, days)))
    return tree
  }

  #reconciled(measure: string, days: number): Tree {
    const { facts } = this
    const delivering = facts.entities('campaign').filter((campaign) => !this.#delivery.isStopped(campaign))
    const [self] = facts.entities('account')
    if (self === undefined || delivering.length === 0 || delivering.length > MOST_CAMPAIGNS) return NO_TREE
    const whole = this.#base(self, measure, days)
    const parts = delivering.map((campaign) => this.#base(campaign, measure, days))
    if (whole instanceof Unknown || parts.some((part) => part instanceof Unknown)) return NO_TREE
    const known = parts as Forecast[]
    const join = this.#hasStopped(self, delivering, measure) ? summed : reconcile
    const steps = whole.points.map((point, step) =>
      join(
        point,
        known.map(({ points }) => points[step]!),
      ),
    )
    return {
      account: { ...whole, points: steps.map((step) => step.whole) },
      campaigns: new Map(
        delivering.map(({ key }, index) => [key, { ...known[index]!, points: steps.map(({ parts }) => parts[index]!) }]),
      ),
    }
  }

  /**
   * Whether a relevant part of the account's recent total came from campaigns that no longer deliver. The account's history
   * then says little about the campaigns that remain.
   */
  #hasStopped(account: FactEntity, delivering: readonly FactEntity[], measure: string): boolean {
    const days = dayRange(this.#today - LATELY, this.#today - 1)
    const had = (entity: FactEntity): number => {
      const value = this.facts.total(entity, measure, days)
      return typeof value === 'number' ? value : 0
    }
    const remaining = delivering.reduce((sum, campaign) => sum + had(campaign), 0)
    return had(account) - remaining > STOPPED * had(account)
  }

  #base(entity: FactEntity, measure: string, days: number): Forecast | Unknown {
    const task = this.#taskOf(entity, measure, days)
    if (task instanceof Unknown) return task
    const result = this.options.lookup(task)
    if (result === null) return NOT_YET
    if (result.kind === 'forecast') return this.#bounded(result, entity, measure)
    return new Unknown(result.reason, IN_TURKISH[result.kind])
  }

  #sum(entity: FactEntity, measure: string, horizon: Horizon): ForecastAnswer | Unknown {
    const { facts } = this
    const isMonth = horizon.kind === 'month'
    const [from, to] = isMonth ? [0, startOfMonth(this.#today, 1) - this.#today] : [1, horizon.count + 1]
    const forecast = this.daily(entity, measure, to)
    if (forecast instanceof Unknown) return forecast
    const past = isMonth ? this.#monthSoFar(entity, measure) : 0
    if (past instanceof Unknown) return past
    const today = isMonth ? facts.total(entity, measure, dayRange(this.#today, this.#today)) : 0
    const soFar = typeof today === 'number' ? today : 0
    const coming = totalOf(forecast, from, to)
    const most = measure === 'spend' ? this.#mostSpend(entity, to - from, soFar) : Infinity
    // The total is at least what today already has, and spend at most what the budgets allow.
    const total = plus(within(coming, soFar, Math.max(soFar, most)), past)
    const { model, accuracy } = forecast
    return { total, model, accuracy: accuracy === null ? null : accuracyInWords(accuracy, 'day') }
  }

  /** Returns this month's total up to yesterday, including the late counts still to come. */
  #monthSoFar(entity: FactEntity, measure: string): number | Unknown {
    const first = startOfMonth(this.#today)
    if (first === this.#today) return 0
    const value = this.facts.total(entity, measure, dayRange(first, this.#today - 1))
    if (typeof value === 'number') return value + this.#stillToCome(entity, measure, isoDay(first))
    return value instanceof Unknown
      ? value
      : new Unknown('the total so far this month is not known', 'bu ayın şimdiye kadarki toplamı bilinmiyor')
  }

  #stillToCome(entity: FactEntity, measure: string, from: string): number {
    if (arrivesAtOnce(measure)) return 0
    const history = this.#history.read(entity, measure)
    return history instanceof Unknown ? 0 : stillToCome(history, from, measure, this.facts, this.options.arrived)
  }

  #mostSpend(entity: FactEntity, days: number, soFar: number): number {
    const budget = dailyBudgetOf(this.facts, entity)
    return budget === null ? Infinity : Math.max(soFar, mostSpendOf(budget, days))
  }

  /** Limits each day's spend to what the budgets allow on one day. */
  #bounded(forecast: Forecast, entity: FactEntity, measure: string): Forecast {
    const budget = measure === 'spend' ? dailyBudgetOf(this.facts, entity) : null
    if (budget === null) return forecast
    const most = mostSpendOf(budget, 1)
    return { ...forecast, points: forecast.points.map((point) => within(point, -Infinity, most)) }
  }

  #taskOf(entity: FactEntity, measure: string, days: number): ForecastTask | Unknown {
    const history = this.#history.read(entity, measure)
    if (history instanceof Unknown) return history
    const horizon = HORIZONS.find((length) => length >= days)
    if (horizon === undefined) return new Unknown(`forecasts reach at most ${FURTHEST_DAYS} days ahead`)
    const { timezone, currency } = this.facts.account
    const country = currency === 'TRY' || timezone === 'Europe/Istanbul' ? 'TR' : 'INTERNATIONAL'
    const widen = Array.from({ length: horizon }, (_, step) => wideningOf(this.#today + step, country))
    const asSettled = (daily: DailyHistory): DailyHistory => settled(daily, measure, this.facts, this.options.arrived)
    const { values, shifts } = this.#levels.levelled(entity, asSettled(history), (part) => {
      const own = this.#history.read(part, measure)
      return own instanceof Unknown ? own : asSettled(own)
    })
    return { history: { values, period: 7, ...(shifts.length === 0 ? {} : { shifts }) }, horizon, widen }
  }
}

/** An entity that does not deliver is forecast as zero: nothing comes until someone starts it again. */
const stopped = (days: number): Forecast => ({
  kind: 'forecast',
  model: 'not delivering: zero',
  members: [],
  points: Array.from({ length: days }, () => NOTHING),
  accuracy: null,
  together: 0,
  notes: [],
})
const NOTHING: ForecastPoint = { mean: 0, lo80: 0, hi80: 0, lo95: 0, hi95: 0 }

const dayRange = (since: number, until: number) => ({ since: isoDay(since), until: isoDay(until) })

function formulaOf(metric: string, actionType: string | null): MetricFormula | null {
  if (metric === 'action') return actionType === null ? null : { kind: 'sum', measure: `action:${actionType}` }
  return findMetric(metric)?.made ?? null
}
