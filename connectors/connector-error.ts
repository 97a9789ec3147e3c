/**
 * What went wrong between us and an outside system, alike for all of them. Callers decide on `kind`, never on text.
 *
 * - `authentication`: the token is missing, expired or refused; somebody must act
 * - `permission`: the token may not do this
 * - `invalid-request`: asked wrongly; the same request will never be taken
 * - `not-found`: the object is gone or cannot be seen
 * - `rate-limited`: too many calls; `retryAfter` says when, where that is known
 * - `temporarily-unavailable`: the other side says it is broken just now
 * - `too-much-data`: the answer would be too large; ask for less or for an asynchronous report
 * - `page-too-large`: a list with fewer rows a page may be answered; `too-much-data` is not helped by it
 * - `report-failed`: a report came to nothing; another one must be started
 * - `policy`: blocked for policy or abuse; a person must look, and trying again makes it worse
 * - `unknown-outcome`: a change was sent and no usable answer came: it may have been carried out, so find out before anything else
 * - `unreachable`: could not connect; nothing was sent
 * - `timed-out`: a question was sent and not answered in time; nothing can have changed
 * - `unexpected-answer`: an answer of a shape that the contract does not have; `path` says where
 * - `unsupported-version`: the version of the API has ended
 * - `not-ready`: what is polled for is not there yet
 * - `cancelled`: the caller gave up
 * - `outside-window`: WhatsApp takes free text only within 24 hours of the person's last message; send a template
 * - `undeliverable`: this person cannot get this message
 * - `template`: the message template is missing, not approved, paused, or got the wrong parameters
 * - `payment`: the business has to settle its payment before anything is sent
 */
export type ConnectorErrorKind =
  | 'authentication'
  | 'permission'
  | 'invalid-request'
  | 'not-found'
  | 'rate-limited'
  | 'temporarily-unavailable'
  | 'too-much-data'
  | 'page-too-large'
  | 'report-failed'
  | 'policy'
  | 'unknown-outcome'
  | 'unreachable'
  | 'timed-out'
  | 'unexpected-answer'
  | 'unsupported-version'
  | 'not-ready'
  | 'cancelled'
  | 'outside-window'
  | 'undeliverable'
  | 'template'
  | 'payment'

export interface ConnectorErrorDetails {
  readonly kind: ConnectorErrorKind
  /** Stable, kebab-case, finer than `kind`: `connection-refused`, `missing-field`, `meta-100-1885272`. */
  readonly reason: string
  /** Whether the very same request may succeed later. */
  readonly retryable: boolean
  /** How long to wait first, in milliseconds; null where nobody said. */
  readonly retryAfter: number | null
  /** Whether what was asked may have happened all the same. Always false for questions. */
  readonly mayHaveBeenCarriedOut: boolean
  /** The other side's own error code and subcode; null where it gave none. */
  readonly code: number | null
  readonly subcode: number | null
  /** HTTP status, or null where there was no answer. */
  readonly status: number | null
  readonly userTitle: string | null
  readonly userMessage: string | null
  /** Identifies the call at Meta (`fbtrace_id`), for a support case. */
  readonly trace: string | null
  /** Where in an unexpected answer: `data[3].spend`. */
  readonly path: string | null
  /** Method and path, without parameters. */
  readonly request: string
}

/** The first line of `message` is for people, the second for those who look closer. It holds no token, secret or phone number. */
export class ConnectorError extends Error implements ConnectorErrorDetails {
  override readonly name: string = 'ConnectorError'
  readonly system: 'meta' | 'whatsapp' | 'webhook'
  readonly kind: ConnectorErrorKind
  readonly reason: string
  readonly retryable: boolean
  readonly retryAfter: number | null
  readonly mayHaveBeenCarriedOut: boolean
  readonly code: number | null
  readonly subcode: number | null
  readonly status: number | null
  readonly userTitle: string | null
  readonly userMessage: string | null
  readonly trace: string | null
  readonly path: string | null
  readonly request: string

  constructor(system: 'meta' | 'whatsapp' | 'webhook', message: string, details: ConnectorErrorDetails) {
    super(message)
    this.system = system
    this.kind = details.kind
    this.reason = details.reason
    this.retryable = details.retryable
    this.retryAfter = details.retryAfter
    this.mayHaveBeenCarriedOut = details.mayHaveBeenCarriedOut
    this.code = details.code
    this.subcode = details.subcode
    this.status = details.status
    this.userTitle = details.userTitle
    this.userMessage = details.userMessage
    this.trace = details.trace
    this.path = details.path
    this.request = details.request
  }
}

/** Thrown by every call of `connectors/meta`. */
export class MetaError extends ConnectorError {
  override readonly name = 'MetaError'

  constructor(message: string, details: ConnectorErrorDetails) {
    super('meta', message, details)
  }
}

/** Thrown by every call of `connectors/whatsapp`. */
export class WhatsAppError extends ConnectorError {
  override readonly name = 'WhatsAppError'

  constructor(message: string, details: ConnectorErrorDetails) {
    super('whatsapp', message, details)
  }
}
