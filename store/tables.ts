/**
 * The tables, as Kysely sees them. Instants are epoch milliseconds, days ISO dates in the account's time zone, money minor
 * units, booleans 0 or 1, and columns that end in `_json` hold JSON text.
 */

import type { Generated, Insertable, Selectable } from 'kysely'

import type { LaunchObjectTable, LaunchRunTable, LaunchTable } from './launch-tables.js'

export interface Tables {
  accounts: AccountTable
  entities: EntityTable
  insights: InsightTable
  syncs: SyncTable
  rules: RuleTable
  rule_states: RuleStateTable
  rule_evaluations: RuleEvaluationTable
  decisions: DecisionTable
  mutations: MutationTable
  pause_holds: PauseHoldTable
  messages: MessageTable
  contacts: ContactTable
  webhook_events: WebhookEventTable
  idempotency_keys: IdempotencyKeyTable
  stops: StopTable
  evaluation_requests: EvaluationRequestTable
  counters: CounterTable
  alerts: AlertTable
  suggestions: SuggestionTable
  approvals: ApprovalTable
  hook_events: HookEventTable
  snoozes: SnoozeTable
  forecasts: ForecastTable
  sent_steps: SentStepTable
  launches: LaunchTable
  launch_runs: LaunchRunTable
  launch_objects: LaunchObjectTable
}

/** What Meta said of an account at the last sync. `name` is ours, of `tetik.yaml`. */
export interface AccountTable {
  name: string
  meta_id: string
  meta_name: string
  currency: string
  timezone: string
  /** Meta's `account_status`: 1 is active. */
  account_status: number
  learned_at: number
}

/** One revision of an entity; the current one has `superseded_at` null. */
export interface EntityTable {
  account: string
  level: 'campaign' | 'adset' | 'ad'
  id: string
  campaign_id: string
  adset_id: string | null
  name: string
  status: string
  effective_status: string
  daily_budget: number | null
  lifetime_budget: number | null
  /** All other fields that attributes read, by Meta's names. */
  fields_json: string
  learned_at: number
  superseded_at: number | null
}

/** One revision of an entity's day, or of one hour of it. A late conversion adds a revision, and nothing is overwritten. */
export interface InsightTable {
  account: string
  level: 'adset' | 'ad'
  entity_id: string
  day: string
  /** 0 to 23, or -1 for the whole day (SQLite lets nulls repeat in a key). */
  hour: number
  spend: number
  impressions: number
  clicks: number
  /** Other additive measures by their catalogue name, and every action by `action:<type>` and `value:<type>`. */
  measures_json: string
  learned_at: number
  superseded_at: number | null
}

export interface SyncTable {
  id: Generated<number>
  account: string
  /** `structure`; `days` or `hours` of ad sets; `ad-days` or `ad-hours`. */
  kind: string
  since: string | null
  until: string | null
  started_at: number
  /** Null while it runs or where it broke. */
  finished_at: number | null
  error: string | null
}

/** Every version of every rule that was ever loaded; `loaded` marks the set in force. */
export interface RuleTable {
  id: string
  version: string
  file: string
  /** The git commit, where the files are in a checkout. */
  commit_sha: string | null
  rule_json: string
  loaded: number
  loaded_at: number
}

/** Where a rule stands with an entity. No row is *waiting*. */
export interface RuleStateTable {
  account: string
  rule: string
  entity_key: string
  state: 'waiting' | 'pending' | 'fired' | 'resting'
  /** Since when the condition was true at every evaluation. */
  pending_since: number | null
  resting_until: number | null
  /** Whether `clear` was true since the last firing. */
  cleared: number
  /** Last outcome with its reason (`hold:when`), so that only changes are stored as decisions. */
  last_outcome: string | null
  /** 1 while the message about this was sent and the condition was not false since. */
  announced: number
  evaluated_at: number
}

/** When a rule last had its turn for an account, whether or not it found an entity. */
export interface RuleEvaluationTable {
  account: string
  rule: string
  evaluated_at: number
}

export interface DecisionTable {
  id: string
  account: string
  rule: string
  version: string
  scope: string
  entity_key: string
  entity_id: string | null
  entity_name: string | null
  /** The moment that was judged. */
  at: number
  /** What was known by then was used. */
  known_at: number
  outcome: 'fire' | 'hold' | 'unknown'
  because: string | null
  mode: 'observe' | 'ask' | 'act'
  steps_json: string
  trace_json: string
  /** observed | planned | running | waiting | done | refused | failed | stopped; `none` where nothing was to be carried out. */
  progress: string
  /** A sentence about the progress: which guardrail refused, what failed. */
  note: string | null
  workflow_id: string | null
  /** The run of that workflow; null before it began, and of decisions of an earlier tetik. */
  run_id: Generated<string | null>
  /** The outside event that set it off (`hook_events`); null where a clock did. */
  event: Generated<string | null>
  created_at: number
  updated_at: number
  /** Grows with every change to this decision or to what belongs to it; the store counts, nobody else. */
  change_number: Generated<number>
}

/** The ledger of changes at Meta, written before a change is tried. `before` and `after` are what undo needs. */
export interface MutationTable {
  /** `<decision>/<step>`, of a person’s change its request: trying again finds the same row. */
  id: string
  decision: string | null
  account: string
  /** A rule's id, or `api:<who>`. */
  made_by: string
  level: 'campaign' | 'adset' | 'ad'
  entity_id: string
  /** `status`, `daily_budget`, `lifetime_budget`, `bid_amount`, `name`, `labels` (a JSON list), `copy` (of this entity). */
  field: string
  before: string
  target: string
  /** intended | confirmed | unchanged | refused | unknown */
  outcome: string
  /** Of a copy: its id, as soon as that is known. */
  result: Generated<string | null>
  error_json: string | null
  intended_at: number
  settled_at: number | null
}

/** Who holds an entity paused. It may start when nobody does. */
export interface PauseHoldTable {
  account: string
  entity_id: string
  holder: string
  decision: string | null
  since: number
  released_at: number | null
}

export interface MessageTable {
  id: string
  decision: string | null
  account: string
  recipient: string
  text: string
  /** Reply buttons, `[{ "id", "title" }]`; null for none. */
  buttons_json: Generated<string | null>
  /** text | template */
  sent_as: string | null
  /** intended | accepted | sent | delivered | read | failed | unknown */
  status: string
  wamid: string | null
  error_json: string | null
  created_at: number
  updated_at: number
}

/** When somebody last wrote to us: WhatsApp's 24-hour window hangs on it. `wa_id` is the phone number's digits. */
export interface ContactTable {
  wa_id: string
  last_inbound_at: number
}

/** Webhooks come more than once; what stands here was taken. */
export interface WebhookEventTable {
  id: string
  received_at: number
}

export interface IdempotencyKeyTable {
  key: string
  /** SHA-256 of method, path and body: the same key with another request is refused. */
  request_hash: string
  status: number | null
  response_json: string | null
  created_at: number
}

/** The stop switch, for one account or for `*`. */
export interface StopTable {
  account: string
  reason: string
  stopped_by: string
  since: number
  resumed_at: number | null
}

/** A person wants a rule evaluated now, though it is not due. */
export interface EvaluationRequestTable {
  account: string
  rule: string
  requested_at: number
}

/** Numbers that only grow, so that live pages can ask what is new. */
export interface CounterTable {
  name: 'decision-changes'
  value: number
}

/** A question whether something may be done, asked once and answered once. */
export interface ApprovalTable {
  /** `<decision>-<step>`: the step's index, or `rule` for all of them. */
  id: string
  decision: string
  account: string
  state: 'waiting' | 'approved' | 'rejected' | 'expired' | 'withdrawn'
  /** What the approved change rests on, as it was when it was asked: `{ "status": "ACTIVE", "daily_budget": "50000" }`. */
  values_json: string
  asked_at: number
  expires_at: number
  /** A recipient's name, or `api:<who>`. */
  answered_by: string | null
  answered_at: number | null
}

/** An event that came to `/hooks/<hook>`. */
export interface HookEventTable {
  /** `<hook>/<the sender's id>` */
  id: string
  hook: string
  payload_json: string
  received_at: number
  /** When its rules were set going; null while that is not certain. */
  started_at: number | null
}

/** A rule that is silent for a while, for one entity or (with an empty key) for all. */
export interface SnoozeTable {
  rule: string
  entity_key: string
  until: number
  snoozed_by: string
  snoozed_at: number
}

/** Something unusual, with its life. Money in minor units; ratios may be fractions of one. */
export interface AlertTable {
  id: string
  account: string
  /** Scope, entity, metric and direction: of each there is one unresolved alert at most. */
  anomaly_key: string
  scope: 'account' | 'campaign' | 'adset'
  entity_key: string
  entity_name: string | null
  metric: string
  direction: 'up' | 'down'
  kind: 'spike' | 'shift' | 'zero' | 'drift'
  state: 'open' | 'seen' | 'snoozed' | 'resolved'
  snoozed_until: number | null
  /** Key of the anomaly that explains it. */
  cause: string | null
  first_day: string
  last_day: string
  value: number | null
  expected: number
  lo: number
  hi: number
  score: number
  contributions_json: string
  opened_at: number
  /** When it was last found to hold. */
  held_at: number
  resolved_at: number | null
  /** Who last changed its state, `api:<who>`; null where it took its own course. */
  changed_by: string | null
  updated_at: number
}

/** Something that could be done, waiting for a word. */
export interface SuggestionTable {
  id: string
  account: string
  kind: 'pace' | 'waste' | 'move' | 'fatigue'
  /** What it is about: of each there is one waiting at most. */
  suggestion_key: string
  changes_json: string
  reason_en: string
  reason_tr: string
  effect_json: string
  state: 'waiting' | 'applying' | 'applied' | 'refused' | 'dismissed' | 'outdated'
  note: string | null
  answered_by: string | null
  answered_at: number | null
  made_at: number
  updated_at: number
}

/** A step that sent a message or called a webhook, written before it was tried. */
export interface SentStepTable {
  decision: string
  step: number
  at: number
}

/** A forecast that was worked out; `hash` is of all that it hangs on. */
export interface ForecastTable {
  account: string
  hash: string
  result_json: string
  made_at: number
}

export type Row<T extends keyof Tables> = Selectable<Tables[T]>
export type NewRow<T extends keyof Tables> = Insertable<Tables[T]>
