/** What reading from Meta stores besides entities and insights. Conventions as in `./tables.ts`. */

/** One revision of an entity's reach in a window of whole days. A person counts once per window. */
export interface ReachWindowTable {
  account: string
  level: 'account' | 'campaign' | 'adset' | 'ad'
  since: string
  until: string
  /** For the account Meta's id, `act_…`. */
  entity_id: string
  /** Null if Meta returned a row without it. */
  reach: number | null
  frequency: number | null
  learned_at: number
  superseded_at: number | null
}

/** A completed reading of a window. Each reading has a row, because an equal answer adds no revision. */
export interface ReachReadTable {
  account: string
  level: 'account' | 'campaign' | 'adset' | 'ad'
  since: string
  until: string
  started_at: number
  finished_at: number
}

/** The page size that Meta answered for a kind of request, after it refused a larger one. */
export interface QuestionSizeTable {
  account: string
  question: string
  /** In rows; null if only an asynchronous report works. */
  page: number | null
  learned_at: number
}

/** Calls to Meta within one workflow run, by purpose. */
export interface MetaCallTable {
  account: string
  /** Run id of the workflow; empty outside of one. */
  run: string
  /** The workflow's type: `watchAccount` is a tick. */
  workflow: string
  kind: string
  calls: number
  failed: number
  first_at: number
  last_at: number
}
