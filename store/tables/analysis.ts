/** What was worked out of the data: alerts, suggestions, forecasts. Conventions as in `../tables.ts`. */

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

/** A forecast that was worked out; `hash` is of all that it hangs on. */
export interface ForecastTable {
  account: string
  hash: string
  result_json: string
  made_at: number
}
