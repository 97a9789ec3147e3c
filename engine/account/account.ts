/** The contents of `tetik.yaml` as plain data. It contains no secrets, only the names of their environment variables. */

export interface Settings {
  readonly file: string | null
  readonly accounts: readonly Account[]
  readonly recipients: readonly Recipient[]
  readonly groups: readonly Group[]
  readonly defaults: { readonly mode: 'observe' | 'ask' | 'act'; readonly cooldown: number }
}

export interface Account {
  readonly name: string
  /** `act_…` */
  readonly id: string
  readonly currency: string
  readonly timezone: string
  /** Name of the environment variable that holds the token. */
  readonly tokenVariable: string
  readonly result: string
  readonly attribution: readonly string[]
  /** As written, in the target's unit; money in the major unit. */
  readonly targets: Readonly<Record<string, Amount>>
  readonly values: Readonly<Record<string, Amount>>
  /** Ratios: fees of 5% are 0.05. */
  readonly gross: { readonly fees: number; readonly tax: number }
  readonly guardrails: Guardrails
  /** The groups of this account; undefined means none. */
  readonly groups?: readonly Group[]
}

export interface Amount {
  readonly value: number
  readonly unit: 'money' | 'number' | 'percentage' | 'duration'
  readonly currency: string | null
}

/** Campaigns of one account that are treated as one entity. */
export interface Group {
  readonly name: string
  /** The account's name. */
  readonly account: string
  /** Globs of campaign names, at least one. */
  readonly campaigns: readonly string[]
  readonly monthlyBudget: Amount | null
}

/** Kinds of changes by people, each of which blocks only similar changes by rules: a budget edit does not block a pause. */
export const HANDS_OFF_KINDS = ['status', 'budget', 'bid'] as const
export type HandsOffKind = (typeof HANDS_OFF_KINDS)[number]

/** Limits that override every rule. Ratios are 0.2 for 20%; money is in the account's minor units. */
export interface Guardrails {
  /** Largest single change of a budget, relative to its current value. */
  readonly step: number
  /** Largest change of a budget in one account day, relative to its value at the start of the day. */
  readonly dailyChange: number
  /** Ceiling of the account's total daily budget; if null, rules may not raise budgets. */
  readonly ceiling: number | null
  readonly actionsPerHour: number
  readonly actionsPerDay: number
  /** Whether a rule may pause the last delivering ad set of a campaign. */
  readonly lastAdset: boolean
  /** Name globs (`| Always on`) and labels of entities that rules leave alone. */
  readonly protect: readonly string[]
  /** Days on which no rule changes anything, first and last included. */
  readonly freeze: readonly { readonly since: string; readonly until: string }[]
  /** For how long after a person's change rules may not make a change of the same kind, in milliseconds. */
  readonly handsOff: Readonly<Record<HandsOffKind, number>>
  /** The most that rules may raise the account's daily budgets by in one account day; null for no such limit. */
  readonly raise: number | null
  /** How many failed actions within an hour stop the account's rules. */
  readonly breaker: number
}

export interface Recipient {
  readonly name: string
  /** Name of the environment variable that holds the phone number, or the number itself if it is in the file. */
  readonly phone: { readonly kind: 'variable'; readonly variable: string } | { readonly kind: 'number'; readonly number: string }
  readonly language: 'tr' | 'en'
  /** Account names; empty means all. */
  readonly accounts: readonly string[]
  readonly may: readonly ('read' | 'approve' | 'act' | 'stop')[]
  /** `22:00-08:00` in the account's time zone, or null. */
  readonly quiet: { readonly from: string; readonly to: string } | null
}
