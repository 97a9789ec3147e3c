/** What Meta says apart from the structure and the insights. Conventions as in `../tables.ts`. */

/**
 * How an account pays and whether it delivers. A new row where its status, limit or funding changes, and once an hour while only
 * amounts move; within the hour the row is renewed.
 */
export interface PaymentTable {
  account: string
  learned_at: number
  /** When it was last read to be so. */
  seen_at: number
  /** Meta's `account_status`: 1 is active. */
  account_status: number
  disable_reason: number | null
  /** Null for none. */
  spend_cap: number | null
  /** Against the limit where there is one, else in all. */
  amount_spent: number | null
  balance: number | null
  funding_id: string | null
  funding_type: number | null
  funding_text: string | null
  /** Of an account that is paid for beforehand; null where it is not, or where Meta's text cannot be read. */
  prepaid_left: number | null
}

/** Meta's smallest daily budgets of an account. */
export interface SmallestBudgetTable {
  account: string
  /** Of the account itself: for impressions. */
  least: number | null
  /** Rows of `minimum_budgets`, by currency. */
  rows_json: string
  learned_at: number
}

/** Addresses of an ad's pictures. Meta's addresses end after some days. */
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
  /** A hash of what identifies it: Meta gives none. */
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
