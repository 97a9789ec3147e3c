/** Deletes old rows that are not needed any more. */

import { forgetMetaCalls } from '../../../store/account/meta-calls.js'
import { forgetEndedSessions } from '../../../store/base/installation.js'
import type { Store } from '../../../store/base/store.js'
import { forgetDecisions } from '../../../store/decisions/decision-list.js'
import { forgetHookEvents } from '../../../store/incoming/hook-events.js'
import { forgetKeys } from '../../../store/incoming/idempotency-keys.js'
import { forgetWebhookEvents } from '../../../store/incoming/webhook-events.js'
import { forgetNotes } from '../../../store/messages/notes.js'

const DAY = 24 * 3_600_000
/** WhatsApp repeats webhooks for seven days. */
const KEEP_WEBHOOK_EVENTS = 8 * DAY
const KEEP_KEYS = 7 * DAY
/** An event that is repeated later than this counts as new. */
const KEEP_HOOK_EVENTS = 90 * DAY
const KEEP_NOTES = 90 * DAY
/** For decisions without effect; those that changed or sent something are kept permanently. */
const KEEP_DECISIONS = 90 * DAY

/** Counts of calls to Meta, which show the cost of the last ticks and the share of failures. */
const KEEP_CALLS = 7 * DAY

export async function tidy(store: Store, now: number): Promise<void> {
  await forgetKeys(store, now - KEEP_KEYS)
  await forgetWebhookEvents(store, now - KEEP_WEBHOOK_EVENTS)
  await forgetDecisions(store, now - KEEP_DECISIONS)
  await forgetNotes(store, now - KEEP_NOTES)
  await forgetHookEvents(store, now - KEEP_HOOK_EVENTS)
  await forgetEndedSessions(store, now)
  await forgetMetaCalls(store, now - KEEP_CALLS)
}
