/** What a report shows of an account's activity: decisions and changes in a period, and what was open at its end. */

import type { Alert } from '../analysis/alerts.js'
import type { Store } from '../base/store.js'
import { ALL_ACCOUNTS, type Stop } from '../rules/stops.js'
import type { Row } from '../tables/tables.js'
import type { DecisionRow } from './decisions.js'
import type { Mutation } from './mutations.js'

/** `from` is included, `to` is not; epoch milliseconds. */
export interface Between {
  readonly from: number
  readonly to: number
}

export type DecidedFiring = Pick<
  DecisionRow,
  'rule' | 'entity_name' | 'entity_key' | 'at' | 'outcome' | 'progress' | 'steps_json'
>

/** Returns firings, including those that a guardrail held back, earliest first. */
export const firingsBetween = ({ db }: Store, account: string, { from, to }: Between): Promise<DecidedFiring[]> =>
  db
    .selectFrom('decisions')
    .select(['rule', 'entity_name', 'entity_key', 'at', 'outcome', 'progress', 'steps_json'])
    .where('account', '=', account)
    .where('at', '>=', from)
    .where('at', '<', to)
    .where((decision) => decision.or([decision('outcome', '=', 'fire'), decision('because', '=', 'guardrail')]))
    .orderBy('at')
    .orderBy('id')
    .execute()

/** A change with the entity's current name; null if the entity is gone. */
export type NamedMutation = Mutation & { readonly name: string | null }

/** Returns confirmed changes and those with unknown outcome, earliest first. */
export const mutationsBetween = ({ db }: Store, account: string, { from, to }: Between): Promise<NamedMutation[]> =>
  db
    .selectFrom('mutations')
    .leftJoin('entities', (join) =>
      join
        .onRef('entities.account', '=', 'mutations.account')
        .onRef('entities.level', '=', 'mutations.level')
        .onRef('entities.id', '=', 'mutations.entity_id')
        .on('entities.superseded_at', 'is', null),
    )
    .selectAll('mutations')
    .select('entities.name')
    .where('mutations.account', '=', account)
    .where('mutations.intended_at', '>=', from)
    .where('mutations.intended_at', '<', to)
    .where('mutations.outcome', 'in', ['confirmed', 'unknown'])
    .orderBy('mutations.intended_at')
    .orderBy('mutations.id')
    .execute()

/** Returns alerts that were neither resolved nor snoozed at a moment, those furthest from the expected value first. */
export async function alertsOpenAt({ db }: Store, account: string, at: number): Promise<Alert[]> {
  const rows = await db
    .selectFrom('alerts')
    .selectAll()
    .where('account', '=', account)
    .where('opened_at', '<=', at)
    .where((alert) => alert.or([alert('resolved_at', 'is', null), alert('resolved_at', '>', at)]))
    .execute()
  return rows
    .filter(({ state, snoozed_until: until }) => state !== 'snoozed' || (until ?? 0) <= at)
    .sort((one, other) => Math.abs(other.score) - Math.abs(one.score) || (one.id < other.id ? -1 : 1))
}

export type OpenQuestion = Pick<Row<'approvals'>, 'id' | 'expires_at'> & Pick<DecisionRow, 'rule' | 'entity_name' | 'entity_key'>

/** Returns approvals that were unanswered at a moment, those that expire first first. */
export const questionsOpenAt = ({ db }: Store, account: string, at: number): Promise<OpenQuestion[]> =>
  db
    .selectFrom('approvals')
    .innerJoin('decisions', 'decisions.id', 'approvals.decision')
    .select(['approvals.id', 'approvals.expires_at', 'decisions.rule', 'decisions.entity_name', 'decisions.entity_key'])
    .where('approvals.account', '=', account)
    .where('approvals.asked_at', '<=', at)
    .where('approvals.expires_at', '>', at)
    .where((row) => row.or([row('approvals.answered_at', 'is', null), row('approvals.answered_at', '>', at)]))
    .orderBy('approvals.expires_at')
    .orderBy('approvals.id')
    .execute()

/** Returns suggestions that waited for an answer at a moment, latest first. */
export const suggestionsOpenAt = ({ db }: Store, account: string, at: number): Promise<Row<'suggestions'>[]> =>
  db
    .selectFrom('suggestions')
    .selectAll()
    .where('account', '=', account)
    .where('made_at', '<=', at)
    .where((row) => row.or([row('state', '=', 'waiting'), row('answered_at', '>', at)]))
    .orderBy('made_at', 'desc')
    .orderBy('id')
    .execute()

/** Returns the stop of the account at a moment, or else that of all accounts. */
export const stopAt = ({ db }: Store, account: string, at: number): Promise<Stop | undefined> =>
  db
    .selectFrom('stops')
    .selectAll()
    .where('account', 'in', [account, ALL_ACCOUNTS])
    .where('since', '<=', at)
    .where((row) => row.or([row('resumed_at', 'is', null), row('resumed_at', '>', at)]))
    .orderBy('account', 'desc')
    .limit(1)
    .executeTakeFirst()
