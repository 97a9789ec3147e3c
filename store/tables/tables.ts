/**
 * The tables' types for Kysely. Instants are epoch milliseconds, days are ISO dates in the account's time zone, money is in minor
 * units, booleans are 0 or 1, and columns whose names end in `_json` contain JSON text.
 */

import type { Insertable, Selectable } from 'kysely'

import type { AccountTable, EntityTable, InsightTable, SyncTable } from './account.js'
import type { AlertTable, ForecastTable, SuggestionTable } from './analysis.js'
import type { ApprovalTable, CounterTable, DecisionTable, SentStepTable } from './decisions.js'
import type { EventToEvaluateTable, HookEventTable, IdempotencyKeyTable, WebhookEventTable } from './incoming.js'
import type { EndedSessionTable, HealthTable, InstallationTable } from './installation.js'
import type { LaunchObjectTable, LaunchRunTable, LaunchTable } from './launches.js'
import type { ContactTable, MessageTable, NoteTable, SendTable, WebhookWayTable } from './messages.js'
import type { CopiedPartTable, FieldClaimTable, MutationTable, PauseHoldTable, RequestedChangeTable } from './mutations.js'
import type { MetaCallTable, QuestionSizeTable, ReachReadTable, ReachWindowTable } from './reading.js'
import type { ActivityTable, PaymentTable, PictureTable, SmallestBudgetTable } from './readings.js'
import type { EvaluationRequestTable, RuleEvaluationTable, RuleStateTable, RuleTable, SnoozeTable, StopTable } from './rules.js'

export interface Tables {
  accounts: AccountTable
  account_payments: PaymentTable
  minimum_budgets: SmallestBudgetTable
  ad_pictures: PictureTable
  ad_activities: ActivityTable
  entities: EntityTable
  insights: InsightTable
  syncs: SyncTable
  rules: RuleTable
  rule_states: RuleStateTable
  rule_evaluations: RuleEvaluationTable
  decisions: DecisionTable
  mutations: MutationTable
  copied_parts: CopiedPartTable
  requested_changes: RequestedChangeTable
  field_claims: FieldClaimTable
  pause_holds: PauseHoldTable
  messages: MessageTable
  sends: SendTable
  contacts: ContactTable
  webhook_ways: WebhookWayTable
  notes: NoteTable
  webhook_events: WebhookEventTable
  idempotency_keys: IdempotencyKeyTable
  stops: StopTable
  evaluation_requests: EvaluationRequestTable
  counters: CounterTable
  alerts: AlertTable
  suggestions: SuggestionTable
  approvals: ApprovalTable
  hook_events: HookEventTable
  events_to_evaluate: EventToEvaluateTable
  snoozes: SnoozeTable
  forecasts: ForecastTable
  sent_steps: SentStepTable
  launches: LaunchTable
  launch_runs: LaunchRunTable
  launch_objects: LaunchObjectTable
  installation: InstallationTable
  ended_sessions: EndedSessionTable
  health: HealthTable
  reach_windows: ReachWindowTable
  reach_reads: ReachReadTable
  question_sizes: QuestionSizeTable
  meta_calls: MetaCallTable
}

export type Row<T extends keyof Tables> = Selectable<Tables[T]>
export type NewRow<T extends keyof Tables> = Insertable<Tables[T]>
