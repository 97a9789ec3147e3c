/**
 * What Meta's error codes mean for us. Source: the error references of the Marketing API v26.0 and of the Graph API.
 */

import type { ErrorMeaning } from '../graph-error.js'
import type { Shrinks } from '../graph.js'

const SECOND = 1000
const HOUR = 3600 * SECOND

const SAID_WAIT: ErrorMeaning = { kind: 'rate-limited', retryable: true }
// Changes answered with these errors have sometimes been made nevertheless.
const BROKEN: ErrorMeaning = { kind: 'temporarily-unavailable', retryable: true, uncertain: true }
const ABUSE: ErrorMeaning = {
  kind: 'policy',
  retryable: false,
  say: 'Meta suspects abuse and has blocked this; a person must look at the account before anything is tried again',
}

/** The first matching row applies. */
const ROWS: readonly (readonly [code: number, subcode: number | 'none' | 'any', meaning: ErrorMeaning])[] = [
  [2, 1504038, { kind: 'too-much-data', retryable: false }],
  [2, 1504041, { kind: 'invalid-request', retryable: false }],
  [2, 1504042, { kind: 'invalid-request', retryable: false }],
  [17, 1885172, { kind: 'rate-limited', retryable: false, say: 'The spending limit may change only 10 times a day' }],
  [613, 1487632, { ...SAID_WAIT, retryAfter: HOUR, say: 'The budget of an ad set may change only 4 times an hour' }],
  [613, 5044001, { ...SAID_WAIT, retryAfter: SECOND }],
  [613, 1487225, { ...SAID_WAIT, retryAfter: HOUR }],
  [613, 1487742, SAID_WAIT],
  [613, 1996, ABUSE],
  [613, 'none', ABUSE],
  [613, 'any', SAID_WAIT],
  [100, 33, { kind: 'not-found', retryable: false, say: 'The object does not exist, or the token may not see it' }],
  [100, 1487534, { kind: 'too-much-data', retryable: false }],
  [100, 1504018, { kind: 'too-much-data', retryable: false }],
  [100, 3191001, { kind: 'permission', retryable: false }],
  [-2, 'any', { kind: 'temporarily-unavailable', retryable: true }],
  [-3, 'any', { kind: 'too-much-data', retryable: false }],
  [1, 'any', BROKEN],
  [2, 'any', BROKEN],
  [4, 'any', SAID_WAIT],
  [17, 'any', SAID_WAIT],
  [32, 'any', SAID_WAIT],
  [341, 'any', SAID_WAIT],
  [102, 'any', { kind: 'authentication', retryable: false }],
  [104, 'any', { kind: 'authentication', retryable: false }],
  [190, 463, { kind: 'authentication', retryable: false, say: 'The access token has expired: get a new one' }],
  [190, 467, { kind: 'authentication', retryable: false, say: 'The access token is no longer valid: get a new one' }],
  [
    190,
    460,
    { kind: 'authentication', retryable: false, say: 'The password was changed, which ended the access token: get a new one' },
  ],
  [190, 'any', { kind: 'authentication', retryable: false, say: 'Meta does not accept the access token: get a new one' }],
  [3, 'any', { kind: 'permission', retryable: false }],
  [10, 'any', { kind: 'permission', retryable: false }],
  [294, 'any', { kind: 'permission', retryable: false }],
  [368, 'any', ABUSE],
  // Meta expects other bytes of the video: sending the same ones again does not help.
  [6001, 1363037, { kind: 'invalid-request', retryable: false }],
  [6001, 'any', BROKEN],
  [
    2635,
    'any',
    { kind: 'unsupported-version', retryable: false, say: 'This version of the Marketing API has ended: tetik must be updated' },
  ],
]

/**
 * "Please reduce the amount of data you're asking for" has code 1, like any unknown error, and no subcode of its own. Requesting
 * less is right in both cases, and needs no long wait.
 */
const LESS: Readonly<Record<Shrinks, ErrorMeaning>> = {
  page: { kind: 'page-too-large', retryable: true, retryAfter: SECOND / 2 },
  days: { kind: 'too-much-data', retryable: false },
}

/** @param canShrink what the caller can reduce; null for nothing */
export function meaningOfMetaError(
  code: number,
  subcode: number | null,
  transient: boolean,
  canShrink: Shrinks | null = null,
): ErrorMeaning {
  // 1/99 is a wrong `level`: requesting less does not help.
  if (canShrink !== null && code === 1 && subcode !== 99) return LESS[canShrink]
  const row = ROWS.find(
    ([rowCode, rowSubcode]) =>
      rowCode === code && (rowSubcode === 'any' || (rowSubcode === 'none' ? subcode === null : rowSubcode === subcode)),
  )
  if (row !== undefined) return row[2]
  if (code >= 200 && code <= 299) return { kind: 'permission', retryable: false }
  if (code >= 80000 && code <= 80014) return SAID_WAIT
  if (transient) return BROKEN
  return { kind: 'invalid-request', retryable: false }
}
