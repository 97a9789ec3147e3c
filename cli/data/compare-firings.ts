/** What a change of rules changes: the firings of now beside those of the rules as they were. */

import type { BacktestFiring } from '../../engine/backtest/backtest.js'
import type { BacktestReport } from './run-backtest.js'

export interface ComparedFirings {
  /** As the user named it. */
  readonly revision: string
  /** The last day that both were played back to: later firings are not compared. */
  readonly to: string
  readonly added: readonly BacktestFiring[]
  readonly removed: readonly BacktestFiring[]
  /** Every rule that is there now or was then. */
  readonly rules: readonly ComparedRule[]
}

interface ComparedRule {
  readonly rule: string
  /** Firings of the revision and of now; null where there is no such rule. */
  readonly before: number | null
  readonly after: number | null
  readonly added: number
  readonly removed: number
}

/** What is compared of a report; `days` are those that were judged. */
export type PlayedBack = Pick<BacktestReport, 'days' | 'firings'> & {
  readonly summary: readonly { readonly rule: { readonly id: string } }[]
}

/**
 * Firings are the same where the rule's id, the account, the entity and the day are. Null where one of the two was stopped
 * before its first day: what was not judged is no difference.
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
