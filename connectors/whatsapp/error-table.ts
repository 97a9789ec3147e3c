/** What WhatsApp's error codes mean for us. Source: Cloud API, "Error codes", including those reported only by webhook. */

import type { ErrorMeaning } from '../graph-error.js'

const HOUR = 3600 * 1000

const AUTHENTICATION: ErrorMeaning = {
  kind: 'authentication',
  retryable: false,
  say: 'WhatsApp does not accept the access token: get a new one',
}
const PERMISSION: ErrorMeaning = { kind: 'permission', retryable: false }
const POLICY: ErrorMeaning = { kind: 'policy', retryable: false }
const BUSY: ErrorMeaning = { kind: 'rate-limited', retryable: true }
const BROKEN: ErrorMeaning = { kind: 'temporarily-unavailable', retryable: true }
const WRONG: ErrorMeaning = { kind: 'invalid-request', retryable: false }
const UNDELIVERABLE: ErrorMeaning = { kind: 'undeliverable', retryable: false }
const TEMPLATE: ErrorMeaning = { kind: 'template', retryable: false }
/** "Something went wrong": the message may have been sent nevertheless; the status webhooks will show it. */
const UNSURE: ErrorMeaning = { kind: 'unknown-outcome', retryable: false, uncertain: true }

const MEANINGS: ReadonlyMap<number, ErrorMeaning> = new Map<number, ErrorMeaning>([
  [0, AUTHENTICATION],
  [190, AUTHENTICATION],
  [3, PERMISSION],
  [10, PERMISSION],
  [131005, PERMISSION],
  [368, POLICY],
  [131031, POLICY],
  [130497, POLICY],
  [131048, { ...POLICY, say: 'too many of this number’s messages were reported or blocked; its quality must recover first' }],
  [131064, POLICY],
  [4, BUSY],
  [80007, BUSY],
  [80008, BUSY],
  [130429, BUSY],
  [131056, BUSY],
  [1, UNSURE],
  [131000, UNSURE],
  [2, BROKEN],
  [133004, BROKEN],
  [131016, BROKEN],
  [131057, BROKEN],
  [33, { kind: 'not-found', retryable: false, say: 'the business phone number does not exist, or the token may not use it' }],
  [131021, { ...UNDELIVERABLE, say: 'sender and recipient are the same number' }],
  [131026, { ...UNDELIVERABLE, say: 'the recipient cannot get it: no WhatsApp, too old a version, or terms not accepted' }],
  [131030, { ...UNDELIVERABLE, say: 'the recipient is not among the numbers that this test number may write to' }],
  [
    131049,
    { ...UNDELIVERABLE, retryAfter: 24 * HOUR, say: 'Meta chose not to deliver it; it may be tried again after 24 hours' },
  ],
  [131050, { ...UNDELIVERABLE, say: 'the recipient does not want marketing messages' }],
  [
    131042,
    { kind: 'payment', retryable: false, say: 'the business account has a payment problem, to be settled in Meta’s settings' },
  ],
  [131045, { ...WRONG, say: 'the business phone number is not registered' }],
  [133010, { ...WRONG, say: 'the business phone number is not registered' }],
  [
    131047,
    {
      kind: 'outside-window',
      retryable: false,
      say: 'the recipient last wrote more than 24 hours ago, so only a template may be sent',
    },
  ],
  [132000, TEMPLATE],
  [132001, TEMPLATE],
  [132005, TEMPLATE],
  [132007, TEMPLATE],
  [132012, TEMPLATE],
  [132015, { ...TEMPLATE, say: 'the template is paused for its quality' }],
  [132016, { ...TEMPLATE, say: 'the template is disabled for its quality' }],
  [132068, TEMPLATE],
  [132069, TEMPLATE],
])

/** Returns the meaning of a code, from an error body or from the `errors` of a status webhook. */
export function meaningOfWhatsAppError(code: number, _subcode: number | null, transient: boolean): ErrorMeaning {
  const meaning = MEANINGS.get(code)
  if (meaning !== undefined) return meaning
  if (code >= 200 && code <= 299) return PERMISSION
  return transient ? BROKEN : WRONG
}
