/** The effects of a request, as the log stores them. */

/** An accepted write, including one that set the current value again, so that a repeated write is visible. */
export interface Mutation {
  readonly object: string
  readonly field: string
  readonly before: unknown
  readonly after: unknown
}

export interface SentMessage {
  readonly id: string
  readonly to: string
  readonly type: string
}
