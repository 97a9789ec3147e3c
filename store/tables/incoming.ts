/** What reached us over HTTP, kept so that it is taken once. Conventions as in `../tables.ts`. */

/** Webhooks arrive more than once; a row here was processed. */
export interface WebhookEventTable {
  id: string
  received_at: number
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

/** An event as one account has it: evaluated once. */
export interface EventToEvaluateTable {
  account: string
  /** Of `hook_events`. */
  event: string
  received_at: number
  /** When its rules were evaluated, or it was given up; null while it waits. */
  evaluated_at: number | null
}

export interface IdempotencyKeyTable {
  key: string
  /** SHA-256 of method, path and body: the same key with another request is refused. */
  request_hash: string
  status: number | null
  response_json: string | null
  created_at: number
}
