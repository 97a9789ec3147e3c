/** What a request did, as the log keeps it. */

/** A write that was accepted, also one that set what was set already: so a doubled write shows. */
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
