/** `tetik backtest` without its words: rules over days of numbers, of a file or of the store. */

import { backtest, type BacktestDay, type BacktestFiring, type BacktestOptions } from '../../engine/backtest/backtest.js'
import type { BacktestSource } from '../../engine/backtest/source.js'
import { after } from '../../engine/backtest/spend-after-firing.js'
import { dayNumberOf, isoDay, parseDay } from '../../engine/clock/day.js'
import type { FactEntity } from '../../engine/facts/facts.js'
import type { Rule } from '../../engine/rule/rule.js'
import { OptionError } from '../base/option-error.js'

/** One account with the rules that are played back on it. */
export interface BacktestRun extends Pick<BacktestOptions, 'paceOf'> {
  readonly source: BacktestSource
  readonly rules: readonly Rule[]
  /** What is to be said of its numbers, a sentence each. */
  readonly notes?: readonly string[]
}

export interface BacktestReport {
  readonly from: string
  /** The last day that was judged: earlier than was asked for where the report is partial. */
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
  /** On the days after the first firing of each entity: minor units; null where it is not known. */
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

/** @throws OptionError where the days make no sense */
export async function runBacktest(
  runs: readonly BacktestRun[],
  period: BacktestPeriod,
  { onDay, isStopped }: BacktestProgress = {},
): Promise<BacktestReport> {
  if (runs.length === 0) throw new OptionError('there is no rule to play back')
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
    // All accounts side by side, so that what is partial is so for all of them alike.
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
    // Lets a signal through.
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

/** The days that are played back. @throws OptionError where they make no sense */
export function daysOf(runs: readonly BacktestRun[], period: BacktestPeriod, notes: string[]): { from: string; to: string } {
  const given = { from: dayGiven('--from', period.from), to: dayGiven('--to', period.to) }
  const known = runs.flatMap(({ source }) => source.days ?? [])
  if (known.length === 0) throw new OptionError('nothing is known of any day: a backtest wants daily numbers')
  const first = known.map((days) => days.first).sort()[0]!
  const last = known
    .map((days) => days.last)
    .sort()
    .at(-1)!
  const [from, to] = [given.from ?? first, given.to ?? last]
  if (from > last) throw new OptionError(`nothing is known from ${from} on, only of ${first} to ${last}`)
  if (to < first) throw new OptionError(`nothing is known up to ${to}, only of ${first} to ${last}`)
  if (from > to) throw new OptionError(`the days end on ${to}, before they begin on ${from}`)
  if (from < first) notes.push(`Nothing is known before ${first}: the days begin there.`)
  if (to > last) notes.push(`Nothing is known after ${last}: the days end there.`)
  return { from: from < first ? first : from, to: to > last ? last : to }
}

function dayGiven(option: string, text: string | undefined): string | null {
  if (text === undefined) return null
  const dayNumber = parseDay(text)
  if (dayNumber === null) throw new OptionError(`${option} ${text} is no day; write it as 2026-03-10`)
  return isoDay(dayNumber)
}

function noteHooks(runs: readonly BacktestRun[], notes: string[]): void {
  for (const { rules } of runs)
    for (const { id, cadence } of rules)
      if (cadence.kind === 'hook')
        notes.push(`The rule ${id} waits for the event ${cadence.name}, and events are not played back.`)
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
