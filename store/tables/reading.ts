/** What reading from Meta leaves behind besides entities and rows of days. Conventions as in `../tables.ts`. */

/** Reach of an entity in one window of whole days, as one revision. People are not counted twice within a window. */
export interface ReachWindowTable {
  account: string
  level: 'account' | 'campaign' | 'adset' | 'ad'
  since: string
  until: string
  /** At the level `account` its Meta id, `act_…`. */
  entity_id: string
  /** Null where Meta gave a row without it. */
  reach: number | null
  frequency: number | null
  learned_at: number
  superseded_at: number | null
}

/** A window that was read to its end. One row for each reading, since an equal answer makes no revision. */
export interface ReachReadTable {
  account: string
  level: 'account' | 'campaign' | 'adset' | 'ad'
  since: string
  until: string
  started_at: number
  finished_at: number
}

/** The page with which a question was answered after a larger one was too much. */
export interface QuestionSizeTable {
  account: string
  question: string
  /** Rows; null where only an asynchronous report was answered. */
  page: number | null
  learned_at: number
}

/** Calls to Meta within one run of a workflow, by what they were for. */
export interface MetaCallTable {
  account: string
  /** Run id of the workflow; empty outside of one. */
  run: string
  /** Its type: `watchAccount` is a tick. */
  workflow: string
  kind: string
  calls: number
  failed: number
  first_at: number
  last_at: number
}
