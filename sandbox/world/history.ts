/** Fills the activity log for the time before the first start: who created and changed the scene's objects, and the payments. */

import { AUTHORS } from '../base/author.js'
import { type Calendar, DAY, HOUR, MINUTE } from '../base/calendar.js'
import type { ObjectStore } from '../state/objects.js'
import { aboutObject, type ActivityLog, KEPT, recordEdit, recordEntry } from './log.js'
import type { SceneWitness } from './seed.js'

/** How long the first review of an ad took. */
const REVIEW = 20 * MINUTE

/** Records the scene's history, as far back as Meta keeps it. */
export function historyWitness(log: ActivityLog, objects: ObjectStore, firstStart: number): SceneWitness {
  const isKept = (at: number): boolean => at >= firstStart - KEPT
  return {
    created(id) {
      const object = objects.get(id)
      const { createdTime: at, kind } = object
      if (!isKept(at)) return
      recordEdit(log, at, AUTHORS.person, object, { object: id, field: 'created', before: null, after: null })
      if (kind !== 'ad' || at + REVIEW > firstStart) return
      recordEntry(log, { at: at + REVIEW, type: 'ad_review_approved', author: AUTHORS.meta, ...aboutObject(object), extra: {} })
    },
    changed(id, { at, field, before, after }, by) {
      if (!isKept(at)) return
      const object = objects.get(id)
      if (field === 'rejected' && after === true)
        recordEntry(log, { at, type: 'ad_review_declined', author: AUTHORS.meta, ...aboutObject(object), extra: {} })
      else recordEdit(log, at, AUTHORS[by], object, { object: id, field, before, after })
    },
  }
}

/** Records a declined card, a payment into the prepaid balance, and the setting of a spending limit. */
export function recordPayments(log: ActivityLog, calendar: Calendar, firstStart: number): void {
  const { account } = log
  const { card, refusedHoursBefore, funded, spendCap } = account.payment
  const about = { objectId: account.id, objectName: account.name, objectType: 'ACCOUNT' }
  const amount = (value: number) => ({ currency: account.currency, new_value: value, type: 'payment_amount' })
  const onDay = (day: number): number => calendar.dayStart(calendar.dayAt(firstStart) + day) + 11 * HOUR
  if (refusedHoursBefore !== undefined) {
    const at = firstStart - refusedHoursBefore * HOUR
    const status = { old_value: 'Active', new_value: 'Unsettled', type: 'account_status' }
    const failed = { currency: account.currency, funding_source: card, type: 'payment' }
    recordEntry(log, { at, type: 'ad_account_billing_charge_failed', author: AUTHORS.meta, ...about, extra: failed })
    recordEntry(log, { at, type: 'ad_account_update_status', author: AUTHORS.meta, ...about, extra: status })
  }
  if (funded !== undefined) {
    const at = onDay(funded.day)
    recordEntry(log, { at, type: 'funding_event_successful', author: AUTHORS.person, ...about, extra: amount(funded.amount) })
  }
  if (spendCap !== undefined) {
    const at = firstStart - 45 * DAY
    recordEntry(log, {
      at,
      type: 'ad_account_update_spend_limit',
      author: AUTHORS.person,
      ...about,
      extra: amount(spendCap.amount),
    })
  }
}
