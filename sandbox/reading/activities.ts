/** `act_{id}/activities`: times are in UTC, and the default range is a week. */

import { valuesOf } from '../catalog/catalog.js'
import { pickFields } from '../protocol/documented.js'
import { invalidParameter } from '../protocol/errors.js'
import { parseFields } from '../protocol/fields.js'
import { cutPage } from '../protocol/paging.js'
import { enumParameter, type Parameters, textParameter } from '../protocol/parameters.js'
import { type Call, withToken } from '../request/call.js'
import type { EdgeAnswer } from '../request/edge-answer.js'
import { type Activity, listActivities } from '../world/log.js'

const WEEK = 7 * 86_400_000
const BY_DEFAULT = ['actor_id', 'actor_name', 'event_time', 'event_type', 'object_id', 'object_name', 'translated_event_type']

const FIELDS: Readonly<Record<string, (activity: Activity, call: Call) => unknown>> = {
  actor_id: ({ actor_id: id }) => id,
  actor_name: ({ actor_name: name }) => name,
  application_id: ({ application_id: id }) => id ?? undefined,
  application_name: ({ application_name: name }) => name ?? undefined,
  date_time_in_timezone: ({ at }, { world }) => world.calendar.instantText(at),
  event_time: ({ at }) => `${new Date(at).toISOString().slice(0, 19)}+0000`,
  event_type: ({ event_type: type }) => type,
  extra_data: ({ extra_data: extra }) => extra,
  object_id: ({ object_id: id }) => id,
  object_name: ({ object_name: name }) => name,
  object_type: ({ object_type: type }) => type,
  translated_event_type: ({ event_type: type }) => type.replaceAll('_', ' '),
}

/** The event types of each category. */
const CATEGORIES: Readonly<Record<string, RegExp>> = {
  ACCOUNT: /^ad_account_|^funding_|_funding_source$/,
  AD: /_ad_(?!set)|create_ad$|^ad_review_/,
  AD_SET: /_ad_set/,
  BID: /bid/,
  BUDGET: /budget|spend/,
  CAMPAIGN: /_campaign/,
  DATE: /duration|schedule/,
  STATUS: /run_status/,
  TARGETING: /target/,
}

export function activitiesEdge(call: Call): EdgeAnswer {
  const { parameters, world, now } = call
  const until = instant(parameters, 'until') ?? now + 1
  const since = instant(parameters, 'since') ?? until - WEEK
  if (since > until) throw invalidParameter('Param since must be before until')
  const category = enumParameter(parameters, 'category', valuesOf('AdActivity', 'Category'))
  const [oid, uid] = [textParameter(parameters, 'oid'), textParameter(parameters, 'uid')]
  const found = listActivities(world, since, until).filter(
    (activity) =>
      (category === undefined || CATEGORIES[category]?.test(activity.event_type) === true) &&
      (oid === undefined || activity.object_id === oid) &&
      (uid === undefined || activity.actor_id === uid),
  )
  const url = `${call.base}/act_${world.account.id}/activities`
  const page = cutPage(found, ({ sequence }) => String(sequence), { url, parameters: withToken(call, parameters) })
  call.rows += page.items.length
  const asked = parseFields(parameters.fields).map(({ name }) => name)
  const names = asked.length > 0 ? asked : BY_DEFAULT
  return {
    data: page.items.map((activity) => pickFields('AdActivity', names, FIELDS, activity, call)),
    ...(page.paging ? { paging: page.paging } : {}),
  }
}

/** Parses UNIX seconds or an ISO 8601 time; a date alone means midnight UTC. */
function instant(parameters: Parameters, name: string): number | undefined {
  const text = textParameter(parameters, name)
  if (text === undefined) return undefined
  const at = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'))
  if (!Number.isFinite(at)) throw invalidParameter(`Param ${name} must be a timestamp`)
  return at
}
