/** A rule as evaluation needs it: plain data, read and checked from a file once, then stored, hashed and sent as it is. */

import type { Comparison, Expression } from '../expression/syntax.js'

export type Scope = 'account' | 'group' | 'campaign' | 'adset' | 'ad'

/** `observe` only records, `ask` waits for somebody's approval, `act` carries out. */
export type Mode = 'observe' | 'ask' | 'act'

export interface Rule {
  readonly id: string
  readonly description: string
  /** The file as the user names it, relative to the folder of `tetik.yaml` where there is one. */
  readonly file: string
  readonly line: number
  /** SHA-256 of the rule's meaning, hex: two files that say the same have the same version. */
  readonly version: string
  /** An account's name in `tetik.yaml`, `all`, or null where the rule names none. */
  readonly account: string | null
  readonly scope: Scope
  readonly cadence: Cadence
  readonly where: Condition | null
  readonly when: Condition | null
  /** `for`, in milliseconds; 0 fires at the first true evaluation. */
  readonly holdFor: number
  readonly clear: Condition | null
  readonly cooldown: number
  readonly limit: Limit | null
  readonly priority: number
  readonly mode: Mode
  readonly then: readonly Step[]
  /** Whether a stopped rule lets go of its pause. */
  readonly onStop: 'leave' | 'start'
}

/** When a rule is due. Times of day are in `timezone`, or in the account's where it is null. */
export type Cadence =
  | { readonly kind: 'every'; readonly interval: number }
  | { readonly kind: 'at'; readonly times: readonly string[]; readonly timezone: string | null }
  | { readonly kind: 'cron'; readonly expression: string; readonly timezone: string | null }

export interface Limit {
  readonly count: number
  readonly per: 'day'
}

/** `path` is the place in the user's file that a trace is keyed by: `when.all[1]`, `where[0]`. */
export type Condition =
  | { readonly kind: 'all' | 'any'; readonly path: string; readonly conditions: readonly Condition[] }
  | { readonly kind: 'not'; readonly path: string; readonly condition: Condition }
  | { readonly kind: 'leaf'; readonly path: string; readonly text: string; readonly comparison: Comparison }

export type Step =
  | { readonly kind: 'pause' }
  | { readonly kind: 'start'; readonly any: boolean }
  | { readonly kind: 'budget'; readonly change: BudgetChange; readonly min: MoneyAmount | null; readonly max: MoneyAmount | null }
  | { readonly kind: 'whatsapp'; readonly to: string; readonly text: Template }
  | { readonly kind: 'wait'; readonly duration: number }
  | { readonly kind: 'wait-until'; readonly time: string }

export type StepName = 'pause' | 'start' | 'budget' | 'whatsapp' | 'wait'

/** `relative` is a ratio (`+15%` is 0.15, `-20%` is -0.2); `absolute` is the new budget. */
export type BudgetChange =
  { readonly kind: 'relative'; readonly ratio: number } | { readonly kind: 'absolute'; readonly amount: MoneyAmount }

/** As written, in the major unit; no currency means the account's. */
export interface MoneyAmount {
  readonly value: number
  readonly currency: string | null
}

/** A message's text: literal pieces and expressions between braces. */
export type Template = readonly TemplatePart[]

export type TemplatePart = { readonly text: string } | { readonly expression: Expression; readonly source: string }
