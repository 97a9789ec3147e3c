/** A rule as evaluation needs it: plain data, read and checked from a file once, then stored, hashed and sent as it is. */

import type { Comparison, Expression } from '../expression/syntax.js'
import type { ReportPeriod } from '../value/period.js'
import type { Scope } from '../value/scope.js'

/** `observe` only records, `ask` waits for somebody's approval, `act` carries out. */
export type Mode = 'observe' | 'ask' | 'act'

export interface Rule {
  readonly id: string
  readonly description: string
  /** The file as the user names it, relative to the folder of `tetik.yaml` where there is one. */
  readonly file: string
  readonly line: number
  /** The blueprint that the rule was made of; absent for one that is written out. `file` and `line` above are the use's. */
  readonly blueprint?: BlueprintPlace
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

export interface BlueprintPlace {
  readonly name: string
  readonly file: string
  readonly line: number
}

/** When a rule is due. Times of day are in `timezone`, or in the account's where it is null. */
export type Cadence =
  | { readonly kind: 'every'; readonly interval: number }
  | { readonly kind: 'at'; readonly times: readonly string[]; readonly timezone: string | null }
  | { readonly kind: 'cron'; readonly expression: string; readonly timezone: string | null }
  /** Never by the clock: each event that arrives at `/hooks/<name>` is one evaluation, with its JSON as `payload`. */
  | { readonly kind: 'hook'; readonly name: string }

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
  /** Like a budget step, of the bid: `bid_amount`, or the cap or goal that the bid strategy has. */
  | { readonly kind: 'bid'; readonly change: BudgetChange; readonly min: MoneyAmount | null; readonly max: MoneyAmount | null }
  /** A copy beside the entity, with all that is under it; `name` null leaves naming to Meta. */
  | { readonly kind: 'duplicate'; readonly name: Template | null; readonly status: 'paused' | 'active' }
  | { readonly kind: 'rename'; readonly name: Template }
  | { readonly kind: 'label'; readonly add: readonly string[]; readonly remove: readonly string[] }
  | { readonly kind: 'whatsapp'; readonly to: string; readonly text: Template }
  /** A POST of JSON. The address stands in an environment variable, for it is often a secret; a null body is the decision itself. */
  | { readonly kind: 'webhook'; readonly urlVariable: string; readonly body: JsonTemplate | null }
  /** A report of the account; null goes to the first of its owner and its recipients who may read. */
  | { readonly kind: 'report'; readonly period: ReportPeriod; readonly to: string | null }
  /** Goes on only when the recipient approved within so many milliseconds. */
  | { readonly kind: 'ask'; readonly to: string; readonly text: Template; readonly within: number }
  /** Goes on only if it is true at that moment; its leaves have paths such as `then[2].check.all[0]`. */
  | { readonly kind: 'check'; readonly condition: Condition }
  /** Applies the launch spec of that key, as `tetik apply` does. */
  | { readonly kind: 'launch'; readonly key: string }
  | { readonly kind: 'wait'; readonly duration: number }
  | { readonly kind: 'wait-until'; readonly time: string }

/** The key that a step is written with, which decisions list: the kind, but `wait` for `wait-until` too. */
export type StepName = Exclude<Step['kind'], 'wait-until'>

/**
 * JSON with expressions in its texts. A text that is one expression and nothing else becomes the value itself, as traces show
 * it (money in the major unit, null where unknown); in any other text values stand as in a message.
 */
export type JsonTemplate =
  | { readonly kind: 'text'; readonly text: Template }
  | { readonly kind: 'value'; readonly value: number | boolean | null }
  | { readonly kind: 'list'; readonly items: readonly JsonTemplate[] }
  | { readonly kind: 'object'; readonly members: Readonly<Record<string, JsonTemplate>> }

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
