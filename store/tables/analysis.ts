/** What was computed from the data: alerts, suggestions, forecasts. Conventions as in `./tables.ts`. */

/** An anomaly and its state. Money is in minor units, or fractions of them for ratios. */
export interface AlertTable {
  id: string
  account: string
  /** Scope, entity, metric and direction. There is at most one unresolved alert per key. */
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
  /** When the anomaly was last found. */
  held_at: number
  resolved_at: number | null
  /** Who last changed its state, `api:<who>`; null if a tick did. */
  changed_by: string | null
  updated_at: number
}

/** A suggested change that waits for an answer. */
export interface SuggestionTable {
  id: string
  account: string
  kind: 'pace' | 'waste' | 'move' | 'fatigue'
  /** Identifies its subject. At most one suggestion per key is waiting. */
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

/** A computed forecast; `hash` covers all of its inputs. */
export interface ForecastTable {
  account: string
  hash: string
  result_json: string
  made_at: number
}
