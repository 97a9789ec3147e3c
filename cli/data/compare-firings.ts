/** Compares the firings of the current rules with those of the rules at a git revision. */

import type { BacktestFiring } from '../../engine/backtest/backtest.js'
import type { BacktestReport } from './run-backtest.js'

export interface ComparedFirings {
  /** As the user named it. */
  readonly revision: string
  /** The last day that both backtests reached: later firings are not compared. */
  readonly to: string
  readonly added: readonly BacktestFiring[]
  readonly removed: readonly BacktestFiring[]
  /** Every rule that exists now or existed then. */
  readonly rules: readonly ComparedRule[]
}

interface ComparedRule {
  readonly rule: string
  /** Firings at the revision and now; null if the rule does not exist there. */
  readonly before: number | null
  readonly after: number | null
  readonly added: number
  readonly removed: number
}

/** The part of a report that is compared; `days` are those that were evaluated. */
export type PlayedBack = Pick<BacktestReport, 'days' | 'firings'> & {
  readonly summary: readonly { readonly rule: { readonly id: string } }[]
}

/**
 * Compares two backtests. Firings are the same if rule id, account, entity and day are. Returns null if one of the two was stopped
 * before its first day: days that were not evaluated are not a difference.
 */
export function compareFirings(revision: string, before: PlayedBack, after: PlayedBack): ComparedFirings | null {
  const to = [before, after].map(({ days }) => days.at(-1)?.day ?? '').sort()[0]!
  if (to === '') return null
  const judged = ({ firings }: PlayedBack): Firings => firings.filter(({ day }) => day <= to)
  const [old, current] = [judged(before), judged(after)]
  const [then, now] = [new Set(old.map(keyOf)), new Set(current.map(keyOf))]
  const added = current.filter((firing) => !then.has(keyOf(firing)))
  const removed = old.filter((firing) => !now.has(keyOf(firing)))
  const ids = [...new Set([...after.summary, ...before.summary].map(({ rule }) => rule.id))]
  const count = (firings: Firings, id: string): number => firings.filter(({ rule }) => rule.id === id).length
  const rules = ids.map((rule) => ({
    rule,
    before: before.summary.some((one) => one.rule.id === rule) ? count(old, rule) : null,
    after: after.summary.some((one) => one.rule.id === rule) ? count(current, rule) : null,
    added: count(added, rule),
    removed: count(removed, rule),
  }))
  return { revision, to, added, removed, rules }
}

type Firings = readonly BacktestFiring[]

const keyOf = ({ rule, entity, day }: BacktestFiring): string =>
  JSON.stringify([rule.id, rule.account, entity.scope, entity.key, day])
