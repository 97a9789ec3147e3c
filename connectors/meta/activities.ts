/** Reads the activity log of an account: what was edited, when and by whom. */

import { createHash } from 'node:crypto'

import type { AnswerObject } from '../answer.js'
import { type Json, parseJson } from '../json.js'
import type { MetaClient } from './client.js'
import { type MetaGraph, reading } from './meta-graph.js'
import { inSmallerPages } from './smaller-pages.js'
import { checkAccountId } from './structure.js'

export interface MetaActivity {
  /** A hash of the entry, since Meta gives no id. */
  readonly id: string
  /** Epoch milliseconds; whole seconds. */
  readonly at: number
  /** `update_ad_set_budget`, `update_campaign_run_status` … */
  readonly type: string
  readonly actorId: string | null
  readonly actorName: string | null
  /** The app that was used; null if Meta itself made the change. */
  readonly applicationId: string | null
  readonly applicationName: string | null
  readonly objectId: string | null
  /** Uses Meta's old names: CAMPAIGN is an ad set, ADGROUP an ad, CAMPAIGN_GROUP a campaign. */
  readonly objectType: string | null
  readonly objectName: string | null
  /** The values before and after, in a form that depends on the type; plain text if it is not JSON. */
  readonly extra: Json
}

const FIELDS = [
  'event_time',
  'event_type',
  'actor_id',
  'actor_name',
  'application_id',
  'application_name',
  'object_id',
  'object_type',
  'object_name',
  'extra_data',
]

export function createActivityCalls(graph: MetaGraph): Pick<MetaClient, 'listActivities'> {
  return {
    async listActivities(accountId, { since, until }, options = {}) {
      const call = reading(`read the activity log of ${accountId}`, `${accountId}/activities`, FIELDS, options)
      checkAccountId(graph, call, accountId)
      const time = { since: String(Math.floor(since / 1000)), until: String(Math.ceil(until / 1000)) }
      return await inSmallerPages(options, ({ limit, canShrink }) => {
        const parameters = { ...call.parameters, ...time, limit }
        return graph.pages({ ...call, parameters, canShrink }, readActivity, options.onPage)
      })
    },
  }
}

function readActivity(row: AnswerObject): MetaActivity {
  const extra = row.textOrNull('extra_data')
  const activity = {
    at: row.instant('event_time'),
    type: row.text('event_type'),
    actorId: row.idOrNull('actor_id'),
    actorName: row.textOrNull('actor_name'),
    applicationId: row.idOrNull('application_id'),
    applicationName: row.textOrNull('application_name'),
    objectId: row.idOrNull('object_id'),
    objectType: row.textOrNull('object_type'),
    objectName: row.textOrNull('object_name'),
  }
  const { at, type, actorId, applicationId, objectId } = activity
  const id = createHash('sha256')
    .update(JSON.stringify([at, type, actorId, applicationId, objectId, extra]))
    .digest('hex')
    .slice(0, 32)
  return { id, ...activity, extra: extra === null ? null : parsed(extra) }
}

function parsed(text: string): Json {
  try {
    return parseJson(text)
  } catch {
    return text
  }
}
