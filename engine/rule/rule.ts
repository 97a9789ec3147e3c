/** A rule in the form that evaluation needs: plain data, read and checked once, then stored and hashed as it is. */

import type { Comparison, Expression } from '../expression/syntax.js'
import type { ReportPeriod } from '../value/period.js'
import type { Scope } from '../value/scope.js'

/** `observe` only records, `ask` waits for an approval, `act` carries out. */
export type Mode = 'observe' | 'ask' | 'act'

export interface Rule {
  readonly id: string
  readonly description: string
  /** The file's path as the user wrote it, relative to the folder of `tetik.yaml` if there is one. */
  readonly file: string
  readonly line: number
  /** The blueprint that the rule uses; absent for a rule without one. `file` and `line` above are those of the rule itself. */
  readonly blueprint?: BlueprintPlace
  /** SHA-256 of the rule's meaning, in hex: two rules that mean the same have the same version. */
  readonly version: string
  /** An account's name in `tetik.yaml`, `all`, or null if the rule names none. */
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
  /** What happens to the rule's own pause when the rule is stopped: `start` releases it. */
  readonly onStop: 'leave' | 'start'
}

export interface BlueprintPlace {
  readonly name: string
  readonly file: string
  readonly line: number
}

/** When a rule is due. Times of day are in `timezone`, or in the account's time zone if that is null. */
export type Cadence =
  | { readonly kind: 'every'; readonly interval: number }
  | { readonly kind: 'at'; readonly times: readonly string[]; readonly timezone: string | null }
  | { readonly kind: 'cron'; readonly expression: string; readonly timezone: string | null }
  /** Never due by the clock: each event that arrives at `/hooks/<name>` is one evaluation, with its JSON as `payload`. */
  | { readonly kind: 'hook'; readonly name: string }

export interface Limit {
  readonly count: number
  readonly per: 'day'
}

/** `path` is the place in the user's file, by which traces refer to it: `when.all[1]`, `where[0]`. */
export type Condition =
  | { readonly kind: 'all' | 'any'; readonly path: string; readonly conditions: readonly Condition[] }
  | { readonly kind: 'not'; readonly path: string; readonly condition: Condition }
  | { readonly kind: 'leaf'; readonly path: string; readonly text: string; readonly comparison: Comparison }

export type Step =
  | { readonly kind: 'pause' }
  | { readonly kind: 'start'; readonly any: boolean }
  | { readonly kind: 'budget'; readonly change: BudgetChange; readonly min: MoneyAmount | null; readonly max: MoneyAmount | null }
  /** Changes the bid: `bid_amount`, which is the cap or goal of the bid strategy. */
  | { readonly kind: 'bid'; readonly change: BudgetChange; readonly min: MoneyAmount | null; readonly max: MoneyAmount | null }
  /** Copies the entity with everything under it, next to the original; a null `name` lets Meta name it. */
  | { readonly kind: 'duplicate'; readonly name: Template | null; readonly status: 'paused' | 'active' }
  | { readonly kind: 'rename'; readonly name: Template }
  | { readonly kind: 'label'; readonly add: readonly string[]; readonly remove: readonly string[] }
  | { readonly kind: 'whatsapp'; readonly to: string; readonly text: Template }
  /**
   * A POST of JSON. The URL is in an environment variable, because it is often a secret; a null body sends the decision itself.
   */
  | { readonly kind: 'webhook'; readonly urlVariable: string; readonly body: JsonTemplate | null }
  /** A report of the account; a null `to` sends it to the first of the owner and the recipients who may read. */
  | { readonly kind: 'report'; readonly period: ReportPeriod; readonly to: string | null }
  /** Continues only if the recipient approves within `within` milliseconds. */
  | { readonly kind: 'ask'; readonly to: string; readonly text: Template; readonly within: number }
  /** Continues only if the condition is true then; its leaves have paths such as `then[2].check.all[0]`. */
  | { readonly kind: 'check'; readonly condition: Condition }
  /** Applies the launch spec with that key, like `tetik apply`. */
  | { readonly kind: 'launch'; readonly key: string }
  | { readonly kind: 'wait'; readonly duration: number }
  | { readonly kind: 'wait-until'; readonly time: string }

/** The key of a step in the file, which decisions list: its kind, but `wait` for `wait-until` as well. */
export type StepName = Exclude<Step['kind'], 'wait-until'>

/**
 * JSON with expressions in its texts. A text that is a single expression becomes the value itself, in the form of traces (money
 * in the major unit, null for unknown). In any other text, values are written as in a message.
 */
export type JsonTemplate =
  | { readonly kind: 'text'; readonly text: Template }
  | { readonly kind: 'value'; readonly value: number | boolean | null }
  | { readonly kind: 'list'; readonly items: readonly JsonTemplate[] }
  | { readonly kind: 'object'; readonly members: Readonly<Record<string, JsonTemplate>> }

/** `relative` is a ratio (`+15%` is 0.15, `-20%` is -0.2); `absolute` is the new budget. */
export type BudgetChange =
  { readonly kind: 'relative'; readonly ratio: number } | { readonly kind: 'absolute'; readonly amount: MoneyAmount }

/** The amount as written, in the major unit; a null currency means the account's. */
export interface MoneyAmount {
  readonly value: number
  readonly currency: string | null
}

/** A message's text: literal pieces and expressions between braces. */
export type Template = readonly TemplatePart[]

export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'expression'; readonly expression: Expression; readonly source: string }
