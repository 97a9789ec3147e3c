/** `tetik.yaml` as the rest of tetik reads it: plain data without a single secret, which are named by environment variable. */

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
  /** As written: numbers of the target's unit, money in the major unit. */
  readonly targets: Readonly<Record<string, Amount>>
  readonly values: Readonly<Record<string, Amount>>
  /** Ratios: fees 5 % is 0.05. */
  readonly gross: { readonly fees: number; readonly tax: number }
  readonly guardrails: Guardrails
  /** Those of `groups:` that are of this account; absent means none. */
  readonly groups?: readonly Group[]
}

export interface Amount {
  readonly value: number
  readonly unit: 'money' | 'number' | 'percentage' | 'duration'
  readonly currency: string | null
}

/** Campaigns of one account that are looked at as one. */
export interface Group {
  readonly name: string
  /** The account's name. */
  readonly account: string
  /** Globs of campaign names, one at least. */
  readonly campaigns: readonly string[]
  readonly monthlyBudget: Amount | null
}

/** What of an entity people change: a budget edit holds rules that change budgets, and no stop-loss that pauses. */
export const HANDS_OFF_KINDS = ['status', 'budget', 'bid'] as const
export type HandsOffKind = (typeof HANDS_OFF_KINDS)[number]

/** Limits that override every rule. Ratios are 0.2 for 20 %; money is in the account's minor units. */
export interface Guardrails {
  /** Largest step of a budget, relative to what it is. */
  readonly step: number
  /** Largest change of a budget in one account day, relative to what it was at the day's start. */
  readonly dailyChange: number
  /** Ceiling of the account's total daily budget; null forbids rules to raise. */
  readonly ceiling: number | null
  readonly actionsPerHour: number
  readonly actionsPerDay: number
  /** Whether a rule may pause the last delivering ad set of a campaign. */
  readonly lastAdset: boolean
  /** Name globs (`| Always on`) and labels of entities that rules leave alone. */
  readonly protect: readonly string[]
  /** Days, both ends in, on which no rule changes anything. */
  readonly freeze: readonly { readonly since: string; readonly until: string }[]
  /** How long rules leave alone what a person changed of an entity, by its kind; milliseconds. */
  readonly handsOff: Readonly<Record<HandsOffKind, number>>
  /** The most that rules may raise the account's daily budgets by in one account day; null for no such limit. */
  readonly raise: number | null
  /** Failed actions within an hour that stop the account's rules. */
  readonly breaker: number
}

export interface Recipient {
  readonly name: string
  /** Name of the environment variable that holds the phone number, or the number itself where the file gives one. */
  readonly phone: { readonly kind: 'variable'; readonly variable: string } | { readonly kind: 'number'; readonly number: string }
  readonly language: 'tr' | 'en'
  /** Account names; empty means all. */
  readonly accounts: readonly string[]
  readonly may: readonly ('read' | 'approve' | 'act' | 'stop')[]
  /** `22:00-08:00` in the account's time zone, or null. */
  readonly quiet: { readonly from: string; readonly to: string } | null
}
