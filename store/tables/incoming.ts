/** Incoming HTTP requests, stored so that each is processed once. Conventions as in `./tables.ts`. */

/** A webhook event that was processed; webhooks may arrive more than once. */
export interface WebhookEventTable {
  id: string
  received_at: number
}

/** An event that arrived at `/hooks/<hook>`. */
export interface HookEventTable {
  /** `<hook>/<the sender's id>` */
  id: string
  hook: string
  payload_json: string
  received_at: number
  /** When the evaluation of its rules was started; null while that is not certain. */
  started_at: number | null
}

/** An event for one account, for which it is evaluated once. */
export interface EventToEvaluateTable {
  account: string
  /** Id in `hook_events`. */
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
