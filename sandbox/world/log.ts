/**
 * Meta's activity log of an account: what was edited, when and by whom. It uses old names: a campaign is a "campaign group", an ad
 * set a "campaign", and an ad an "adgroup".
 */

import { type Author, AUTHORS } from '../base/author.js'
import type { Account } from '../delivery/account.js'
import type { StateDatabase } from '../state/database.js'
import type { GraphObject, ObjectKind } from '../state/objects.js'
import type { Mutation } from '../state/recorded.js'
import type { World, Worlds } from './world.js'

export interface Activity {
  readonly sequence: number
  readonly at: number
  readonly event_type: string
  readonly actor_id: string
  readonly actor_name: string
  readonly application_id: string | null
  readonly application_name: string | null
  readonly object_id: string
  readonly object_name: string
  readonly object_type: string
  readonly extra_data: string
}

/** How long Meta keeps entries. */
export const KEPT = 90 * 86_400_000

const OLD_NAMES: Readonly<Record<string, string>> = { campaign: 'CAMPAIGN_GROUP', adset: 'CAMPAIGN', ad: 'ADGROUP' }

type EventTypes = Readonly<Record<string, string>>
const EVENTS: Readonly<Record<string, EventTypes>> = {
  campaign: {
    created: 'create_campaign_group',
    status: 'update_campaign_run_status',
    daily_budget: 'update_campaign_budget',
    lifetime_budget: 'update_campaign_budget',
    name: 'update_campaign_name',
    spend_cap: 'update_campaign_group_spend_cap',
  },
  adset: {
    created: 'create_ad_set',
    status: 'update_ad_set_run_status',
    daily_budget: 'update_ad_set_budget',
    lifetime_budget: 'update_ad_set_budget',
    name: 'update_ad_set_name',
    bid_amount: 'update_ad_set_bidding',
    bid_strategy: 'update_ad_set_bid_strategy',
    end_time: 'update_ad_set_duration',
    start_time: 'update_ad_set_duration',
    targeting: 'update_ad_set_target_spec',
  },
  ad: {
    created: 'create_ad',
    status: 'update_ad_run_status',
    name: 'update_ad_friendly_name',
    creative: 'update_ad_creative',
    adlabels: 'update_ad_labels',
  },
}

/** The edits of a call, which may concern several accounts. */
interface Edits {
  readonly worlds: Worlds
  readonly mutations: readonly Mutation[]
  readonly now: number
}

/** Records the edits of a call. Setting a field to its current value is not an edit. */
export function recordActivities({ worlds, mutations, now }: Edits, author: Author = AUTHORS.token): void {
  for (const mutation of mutations) {
    const world = worlds.owning(mutation.object)
    const object = world?.objects.find(mutation.object)
    if (world === undefined || object === undefined) continue
    if (JSON.stringify(mutation.before) === JSON.stringify(mutation.after)) continue
    recordEdit(world, now, author, object, mutation)
  }
}

/** The log that gets an entry: a world, or the parts of it that exist while it is created. */
export interface ActivityLog {
  readonly database: StateDatabase
  readonly account: Account
}

/** Records one edit, unless Meta does not log edits of that field. */
export function recordEdit(log: ActivityLog, at: number, author: Author, object: GraphObject, mutation: Mutation): void {
  const type = EVENTS[object.kind]?.[mutation.field]
  if (type === undefined) return
  const about = aboutObject(object)
  recordEntry(log, { at, type, author, ...about, extra: extraOf(object.kind, mutation) })
}

export const aboutObject = ({ id, kind, fields }: GraphObject): Pick<Entry, 'objectId' | 'objectName' | 'objectType'> => ({
  objectId: id,
  objectName: String(fields.name),
  objectType: OLD_NAMES[kind] ?? kind.toUpperCase(),
})

export interface Entry {
  readonly at: number
  readonly type: string
  readonly author: Author
  readonly objectId: string
  readonly objectName: string
  readonly objectType: string
  readonly extra: Readonly<Record<string, unknown>>
}

export function recordEntry({ database, account }: ActivityLog, entry: Entry): void {
  const { at, type, author, objectId, objectName, objectType, extra } = entry
  const application = author.application ?? { id: null, name: null }
  database
    .prepare(
      `insert into activities (account, at, event_type, actor_id, actor_name, application_id, application_name, object_id, object_name,
        object_type, extra_data) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      account.id,
      at,
      type,
      author.actor.id,
      author.actor.name,
      application.id,
      application.name,
      objectId,
      objectName,
      objectType,
      JSON.stringify(extra),
    )
}

const STATUS_WORDS: Readonly<Record<string, string>> = {
  ACTIVE: 'Active',
  PAUSED: 'Inactive',
  DELETED: 'Deleted',
  ARCHIVED: 'Archived',
}

/** Returns `extra_data` as at Meta: budgets are nested with the kind of amount, statuses are words. */
function extraOf(kind: ObjectKind, { field, before, after }: Mutation): Record<string, unknown> {
  switch (field) {
    case 'created':
      return {
        run_status: { new_value: 'Inactive' },
        type: kind === 'adset' ? 'campaign' : kind === 'ad' ? 'adgroup' : 'campaign_group',
      }
    case 'daily_budget':
    case 'lifetime_budget': {
      const type = field === 'daily_budget' ? 'Per day' : 'Lifetime budget'
      return { old_value: { old_value: before, type }, new_value: { new_value: after, type }, type: 'payment_amount' }
    }
    case 'status':
      return { old_value: STATUS_WORDS[String(before)], new_value: STATUS_WORDS[String(after)], type: 'run_status' }
    default:
      return { old_value: before, new_value: after }
  }
}

/** Returns an account's entries, newest first. `since` is included, `until` is not; both in milliseconds. */
export function listActivities({ database, account, now }: World, since: number, until: number): Activity[] {
  const from = Math.max(since, now() - KEPT)
  return database
    .prepare('select * from activities where account = ? and at >= ? and at < ? order by at desc, sequence desc')
    .all(account.id, from, until) as Activity[]
}
