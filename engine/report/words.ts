/** The sentences of a report, in one language. Numbers, money and dates are formatted by Intl (`value-text.ts`, `day-text.ts`). */

import type { ReportPeriod } from '../value/period.js'
import type { DecisionCounts } from './activity.js'
import type { ComparedWith, Ranking } from './report.js'

export interface ReportWords {
  readonly title: Readonly<Record<ReportPeriod, string>>
  /** Short names of metrics whose descriptions in the catalogue are too long for a line. */
  readonly metrics: Readonly<Record<string, string>>
  /** What the numbers in parentheses mean. `weekday` is the weekday of the report's day, 0 for Monday. */
  readonly legend: (to: readonly ComparedWith[], weekday: number) => string
  /** The earlier value, if no change can be computed from it. */
  readonly before: (value: string) => string
  readonly notCompared: (to: ComparedWith, weekday: number, reason: string) => string
  readonly unknown: (what: string, reason: string) => string
  readonly attribution: (settings: string) => string
  readonly month: (month: string, days: string, spend: string) => string
  /** Follows the month's spend; all three are formatted already. */
  readonly ofBudget: (budget: string, share: string, elapsed: string) => string
  readonly forecast: (total: string) => string
  readonly band: (lo: string, hi: string) => string
  readonly shareOfBudget: (share: string) => string
  readonly noForecast: (reason: string) => string
  readonly best: (scope: Ranking['scope'], days: string) => string
  readonly worst: (scope: Ranking['scope'], days: string) => string
  readonly ranked: (cost: string, results: string, spend: string) => string
  readonly tooFew: (scope: Ranking['scope'], days: string, least: number) => string
  readonly notRanked: (scope: Ranking['scope'], reason: string) => string
  readonly did: string
  readonly didNothing: string
  counts: Readonly<Record<keyof DecisionCounts, (count: number) => string>>
  readonly changes: {
    readonly paused: (entity: string) => string
    readonly started: (entity: string) => string
    readonly changed: (what: string, entity: string, before: string, after: string) => string
    readonly renamed: (before: string, after: string) => string
    readonly labelled: (entity: string) => string
    readonly copied: (entity: string) => string
  }
  readonly fields: Readonly<Record<string, string>>
  readonly by: (rule: string | null) => string
  readonly doubtful: (count: number) => string
  readonly refusals: (count: string) => string
  readonly alerts: (count: string) => string
  readonly alert: (what: string, value: string | null, lo: string, hi: string, since: string) => string
  readonly approvals: (count: string) => string
  readonly approval: (rule: string, entity: string, until: string) => string
  readonly suggestions: (count: string) => string
  readonly more: (count: number) => string
  readonly stopped: (reason: string, by: string, since: string) => string
  readonly data: (at: string, zone: string) => string
  readonly noData: string
  readonly file: string
}
