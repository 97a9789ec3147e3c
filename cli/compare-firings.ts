/** What a change of rules changes: the firings of now beside those of the rules as they were. */

import type { BacktestFiring } from '../engine/backtest/backtest.js'
import type { BacktestReport } from './run-backtest.js'

export interface ComparedFirings {
  /** As the user named it. */
  readonly revision: string
  readonly added: readonly BacktestFiring[]
  readonly removed: readonly BacktestFiring[]
  /** Every rule that is there now or was then. */
  readonly rules: readonly ComparedRule[]
}

export interface ComparedRule {
  readonly rule: string
  /** Firings of the revision and of now; null where there is no such rule. */
  readonly before: number | null
  readonly after: number | null
  readonly added: number
  readonly removed: number
}

/** Firings are the same where the rule's id, the account, the entity and the day are. */
export function compareFirings(revision: string, before: BacktestReport, after: BacktestReport): ComparedFirings {
  const [then, now] = [new Set(before.firings.map(keyOf)), new Set(after.firings.map(keyOf))]
  const added = after.firings.filter((firing) => !then.has(keyOf(firing)))
  const removed = before.firings.filter((firing) => !now.has(keyOf(firing)))
  const ids = [...new Set([...after.summary, ...before.summary].map(({ rule }) => rule.id))]
  const count = (firings: readonly BacktestFiring[], id: string): number => firings.filter(({ rule }) => rule.id === id).length
  const rules = ids.map((rule) => ({
    rule,
    before: before.summary.some((one) => one.rule.id === rule) ? count(before.firings, rule) : null,
    after: after.summary.some((one) => one.rule.id === rule) ? count(after.firings, rule) : null,
    added: count(added, rule),
    removed: count(removed, rule),
  }))
  return { revision, added, removed, rules }
}

const keyOf = ({ rule, entity, day }: BacktestFiring): string =>
  JSON.stringify([rule.id, rule.account, entity.scope, entity.key, day])
