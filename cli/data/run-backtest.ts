/** The work of `tetik backtest`: evaluates rules on past days of a file or of the database. */

import { backtest, type BacktestDay, type BacktestFiring, type BacktestOptions } from '../../engine/backtest/backtest.js'
import type { BacktestSource } from '../../engine/backtest/source.js'
import { after } from '../../engine/backtest/spend-after-firing.js'
import { dayNumberOf, isoDay, parseDay } from '../../engine/clock/day.js'
import type { FactEntity } from '../../engine/facts/facts.js'
import type { Rule } from '../../engine/rule/rule.js'
import { OptionError } from '../base/option-error.js'

/** One account with the rules that are evaluated on it. */
export interface BacktestRun extends Pick<BacktestOptions, 'paceOf'> {
  readonly source: BacktestSource
  readonly rules: readonly Rule[]
  /** Notes on its data, a sentence each. */
  readonly notes?: readonly string[]
}

export interface BacktestReport {
  readonly from: string
  /** The last day that was evaluated; earlier than requested if the report is partial. */
  readonly to: string
  readonly partial: boolean
  readonly timezone: string
  readonly currency: string | null
  readonly evaluations: number
  readonly unknown: number
  readonly days: readonly { readonly day: string; readonly firings: number }[]
  readonly firings: readonly BacktestFiring[]
  readonly summary: readonly RuleSummary[]
  /** What was left out or assumed, a sentence each. */
  readonly notes: readonly string[]
}

export interface RuleSummary {
  readonly rule: Rule
  readonly firings: number
  readonly entities: number
  /** In minor units, over the days after each entity's first firing; null if unknown. */
  readonly spendAfter: number | null
  readonly resultsAfter: number | null
}

export interface BacktestPeriod {
  readonly from?: string | undefined
  readonly to?: string | undefined
}

export interface BacktestProgress {
  /** Called after each day. */
  readonly onDay?: (done: number, all: number) => void
  /** Asked before each day. */
  readonly isStopped?: () => boolean
}

/** @throws OptionError if the period is invalid or has no data */
export async function runBacktest(
  runs: readonly BacktestRun[],
  period: BacktestPeriod,
  { onDay, isStopped }: BacktestProgress = {},
): Promise<BacktestReport> {
  if (runs.length === 0) throw new OptionError('there is no rule to backtest')
  const notes: string[] = []
  const { from, to } = daysOf(runs, period, notes)
  for (const run of runs) notes.push(...(run.notes ?? []))
  noteHooks(runs, notes)
  const playing = runs.map(({ rules, source, paceOf }) => backtest({ rules, source, from, to, ...(paceOf ? { paceOf } : {}) }))
  const days: { day: string; firings: number }[] = []
  const firings: BacktestFiring[] = []
  let [evaluations, unknown, partial] = [0, 0, false]
  const all = dayNumberOf(to) - dayNumberOf(from) + 1
  for (;;) {
    if (isStopped?.() === true) {
      partial = true
      break
    }
    // All accounts advance together, so that a partial result covers the same days for each.
    const turns = await Promise.all(playing.map((one) => one.next()))
    const judged = turns.flatMap(({ done, value }): BacktestDay[] => (done === true || value === undefined ? [] : [value]))
    const [first] = judged
    if (first === undefined) break
    for (const one of judged) {
      evaluations += one.evaluations
      unknown += one.unknown
      firings.push(...one.firings)
    }
    days.push({ day: first.day, firings: judged.reduce((sum, one) => sum + one.firings.length, 0) })
    onDay?.(dayNumberOf(first.day) - dayNumberOf(from) + 1, all)
    // Lets signal handlers run.
    await new Promise((resolve) => setImmediate(resolve))
  }
  for (const one of playing) await one.return(undefined)
  const last = days.at(-1)?.day ?? from
  return {
    from,
    to: partial ? last : to,
    partial,
    timezone: runs[0]!.source.account.timezone,
    currency: runs[0]!.source.account.currency,
    evaluations,
    unknown,
    days,
    firings,
    summary: await summaryOf(runs, firings, partial ? last : to),
    notes: [...new Set(notes)],
  }
}

/** Returns the first and last day to evaluate. @throws OptionError if the period is invalid or has no data */
export function daysOf(runs: readonly BacktestRun[], period: BacktestPeriod, notes: string[]): { from: string; to: string } {
  const given = { from: dayGiven('--from', period.from), to: dayGiven('--to', period.to) }
  const known = runs.flatMap(({ source }) => source.days ?? [])
  if (known.length === 0) throw new OptionError('there is no data for any day: a backtest needs daily numbers')
  const first = known.map((days) => days.first).sort()[0]!
  const last = known
    .map((days) => days.last)
    .sort()
    .at(-1)!
  const [from, to] = [given.from ?? first, given.to ?? last]
  if (from > last) throw new OptionError(`there is no data from ${from} on, only from ${first} to ${last}`)
  if (to < first) throw new OptionError(`there is no data up to ${to}, only from ${first} to ${last}`)
  if (from > to) throw new OptionError(`--to ${to} is before --from ${from}`)
  if (from < first) notes.push(`There is no data before ${first}: the backtest starts there.`)
  if (to > last) notes.push(`There is no data after ${last}: the backtest ends there.`)
  return { from: from < first ? first : from, to: to > last ? last : to }
}

function dayGiven(option: string, text: string | undefined): string | null {
  if (text === undefined) return null
  const dayNumber = parseDay(text)
  if (dayNumber === null) throw new OptionError(`${option} ${text} is not a day; write it as 2026-03-10`)
  return isoDay(dayNumber)
}

function noteHooks(runs: readonly BacktestRun[], notes: string[]): void {
  for (const { rules } of runs)
    for (const { id, cadence } of rules)
      if (cadence.kind === 'hook') notes.push(`The rule ${id} runs on the event ${cadence.name}; a backtest has no events.`)
}

async function summaryOf(runs: readonly BacktestRun[], firings: readonly BacktestFiring[], to: string): Promise<RuleSummary[]> {
  const summary: RuleSummary[] = []
  const byRule = new Map<Rule, BacktestFiring[]>()
  for (const firing of firings) {
    const own = byRule.get(firing.rule)
    if (own === undefined) byRule.set(firing.rule, [firing])
    else own.push(firing)
  }
  for (const { rules, source } of runs) {
    const facts = await source.afterwards(to)
    for (const rule of rules) {
      const own = byRule.get(rule) ?? []
      const first = new Map<string, { readonly entity: FactEntity; readonly day: string }>()
      for (const { entity, day } of own) if (!first.has(entity.key)) first.set(entity.key, { entity, day })
      const days = new Map([...first.values()].map(({ entity, day }) => [entity, day]))
      const { spend, results } = after(facts, days, to)
      summary.push({ rule, firings: own.length, entities: first.size, spendAfter: spend, resultsAfter: results })
    }
  }
  return summary
}
