/** What is read from Meta besides the structure and the insights. Conventions as in `./tables.ts`. */

/**
 * How an account pays and whether it delivers. A change of its status, limit or funding adds a row. While only amounts change, a
 * row is added once an hour, and updated within the hour.
 */
export interface PaymentTable {
  account: string
  learned_at: number
  /** When this state was last read. */
  seen_at: number
  /** Meta's `account_status`: 1 is active. */
  account_status: number
  disable_reason: number | null
  /** Null if there is none. */
  spend_cap: number | null
  /** Counted against the cap if there is one, else in total. */
  amount_spent: number | null
  balance: number | null
  funding_id: string | null
  funding_type: number | null
  funding_text: string | null
  /** What a prepaid account has left; null if it is not prepaid, or if Meta's text cannot be parsed. */
  prepaid_left: number | null
}

/** Meta's minimum daily budgets for an account. */
export interface SmallestBudgetTable {
  account: string
  /** The account's own minimum, which applies to impressions. */
  least: number | null
  /** Rows of `minimum_budgets`, by currency. */
  rows_json: string
  learned_at: number
}

/** URLs of an ad's pictures, which expire after some days. */
export interface PictureTable {
  account: string
  ad: string
  creative: string | null
  thumbnail_url: string | null
  image_url: string | null
  learned_at: number
}

/** An entry of Meta's activity log. */
export interface ActivityTable {
  account: string
  /** A hash of its identifying fields, because Meta's entries have no id. */
  id: string
  at: number
  event_type: string
  actor_id: string | null
  actor_name: string | null
  application_id: string | null
  application_name: string | null
  object_id: string | null
  object_type: string | null
  object_name: string | null
  extra_json: string | null
  learned_at: number
}
