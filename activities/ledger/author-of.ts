/** Finds in Meta's activity log who made a change that was noticed at Meta. */

import type { LedgerField } from '../../engine/change/ledger-value.js'
import { MINUTE } from '../../engine/clock/zone.js'
import { activitiesOf, type AdActivity } from '../../store/account/ad-activities.js'
import type { Entity } from '../../store/account/entities.js'
import type { Store } from '../../store/base/store.js'
import { wasIntendedBetween } from '../../store/decisions/changes-of-entity.js'

/** Not the `Author` of our own ledger: Meta’s log also names people and apps that did not change anything through tetik. */
export interface LoggedAuthor {
  /** `tetik`: a change of our own ledger. `meta`: an automated adjustment. */
  readonly kind: 'tetik' | 'person' | 'app' | 'meta'
  /** The name of the person or system user; null if the log has none. */
  readonly name: string | null
  /** The app through which it was made. */
  readonly application: string | null
  /** When it was made, epoch milliseconds. */
  readonly at: number
}

/** Meta's event types for the fields that the ledger can set. Meta uses old and new names, so both are included. */
const TYPES: Readonly<Record<LedgerField, readonly string[]>> = {
  status: [
    'update_campaign_run_status',
    'update_ad_set_run_status',
    'update_ad_run_status',
    'update_ad_run_status_to_be_set_after_review',
    'update_adgroup_stop_delivery',
  ],
  daily_budget: ['update_campaign_budget', 'update_ad_set_budget'],
  lifetime_budget: ['update_campaign_budget', 'update_ad_set_budget'],
  bid_amount: ['update_ad_set_bidding', 'update_ad_bid_info', 'update_ad_set_bid_strategy', 'update_ad_set_bid_adjustments'],
  name: ['update_campaign_name', 'update_ad_set_name', 'update_ad_friendly_name'],
  labels: ['update_ad_labels'],
}

/** How long before a reading noticed an edit it may have been made. */
const BACK = 24 * 60 * MINUTE
/** The log has whole seconds, and Meta's clock differs from ours. */
const SLACK = 2 * MINUTE
/** The most time between one of our changes and its entry in the log. */
const OURS = 10 * MINUTE

/**
 * Returns the author of the last edit of a field before it was noticed. Null if the log has none; since the log is read once an
 * hour, a later call may find one.
 *
 * @param time when the change was noticed, epoch milliseconds
 */
export async function authorOf(
  store: Store,
  account: string,
  entity: Pick<Entity, 'level' | 'id'>,
  field: LedgerField,
  time: number,
): Promise<LoggedAuthor | null> {
  const types = TYPES[field]
  const [last] = await activitiesOf(store, { account, object: entity.id, types, since: time - BACK, until: time + SLACK })
  if (last === undefined) return null
  const common = { name: last.actor_name, application: last.application_name, at: last.at }
  if (isMeta(last)) return { ...common, kind: 'meta' }
  if (await isOurs(store, account, entity.id, field, last.at)) return { ...common, kind: 'tetik' }
  return { ...common, kind: isMetasOwnApp(last) ? 'person' : 'app' }
}

/**
 * Whether a person edited a field with one of Meta's own tools in this time, as far as the log was read. Changes that tetik or
 * another app sent do not count.
 */
export async function wasEditedByHand(
  store: Store,
  account: string,
  id: string,
  field: LedgerField,
  { since, until }: { readonly since: number; readonly until: number },
): Promise<boolean> {
  const found = await activitiesOf(store, { account, object: id, types: TYPES[field], since, until: until + SLACK })
  return found.some((entry) => !isMeta(entry) && isMetasOwnApp(entry))
}

/** Automated adjustments have neither a person nor an app. */
const isMeta = ({ actor_id: actor, actor_name: name, application_id: app }: AdActivity): boolean =>
  app === null && (actor === null || actor === '0' || name === 'Meta' || name === 'Facebook')

/** Ads Manager on the web. */
const ADS_MANAGER = '119211728144504'
/** The ids of Meta's other apps are not documented, but their names are not translated. */
const META_APPS =
  /^(?:(?:meta |facebook )?ads manager|power editor|(?:meta |facebook )?business (?:suite|manager)|meta ads|facebook|instagram)(?: for (?:ios|iphone|ipad|android))?$/i

const isMetasOwnApp = ({ application_id: id, application_name: name }: AdActivity): boolean =>
  id === ADS_MANAGER || name === null || META_APPS.test(name.trim())

const isOurs = (store: Store, account: string, entityId: string, field: string, at: number): Promise<boolean> =>
  wasIntendedBetween(store, { account, entityId, field }, { from: at - OURS, to: at + SLACK })
