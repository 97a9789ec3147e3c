/**
 * Errors of calls to outside systems, the same kinds for all of them. Callers decide on `kind`, never on text.
 *
 * - `authentication`: the token is missing, expired or refused; a person must act
 * - `permission`: the token may not do this
 * - `invalid-request`: the request is invalid and will never be accepted
 * - `not-found`: the object does not exist or is not accessible
 * - `rate-limited`: too many calls; `retryAfter` is how long to wait, if known
 * - `temporarily-unavailable`: the other system reports a temporary failure
 * - `too-much-data`: the answer would be too large; ask for less or for an asynchronous report
 * - `page-too-large`: a smaller page may succeed; that does not help against `too-much-data`
 * - `report-failed`: a report failed; a new one must be started
 * - `policy`: blocked for policy or abuse; a person must look into it, and retrying makes it worse
 * - `unknown-outcome`: a change was sent without a usable answer: it may have been carried out, so check before anything else
 * - `unreachable`: could not connect; nothing was sent
 * - `timed-out`: a read was not answered in time; nothing can have changed
 * - `unexpected-answer`: the answer does not have the expected shape; `path` says where
 * - `unsupported-version`: this API version has been retired
 * - `not-ready`: what is polled for does not exist yet
 * - `cancelled`: the caller cancelled the call
 * - `outside-window`: WhatsApp accepts free text only within 24 hours of the person's last message; send a template
 * - `undeliverable`: this person cannot receive this message
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
  /** Whether the same request may succeed later. */
  readonly retryable: boolean
  /** How long to wait first, in milliseconds; null if unknown. */
  readonly retryAfter: number | null
  /** Whether the change may have been made despite the error. Always false for reads. */
  readonly mayHaveBeenCarriedOut: boolean
  /** Error code and subcode of the other system; null if it gave none. */
  readonly code: number | null
  readonly subcode: number | null
  /** HTTP status, or null if there was no answer. */
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

/** The first line of `message` is for people, the second is technical. It contains no token, secret or phone number. */
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
