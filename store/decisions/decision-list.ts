/** Reading decisions for people: pages, live changes, and how long they are kept. */

import type { Store } from '../base/store.js'
import type { DecisionRow } from './decisions.js'

/** A position in the list; the next page begins after it. */
interface DecisionCursor {
  readonly at: number
  readonly id: string
}

export interface DecisionQuestion {
  readonly account?: string
  readonly rule?: string
  readonly outcome?: DecisionRow['outcome']
  readonly progress?: DecisionRow['progress']
  /** Meta's id, or the entity's key within its account and scope. */
  readonly entity?: string
  readonly after?: DecisionCursor
  readonly limit: number
}

/** Returns one page of decisions, newest first. */
export const listDecisions = (store: Store, question: DecisionQuestion): Promise<DecisionRow[]> =>
  store.db
    .selectFrom('decisions')
    .selectAll()
    .$if(question.account !== undefined, (query) => query.where('account', '=', question.account!))
    .$if(question.rule !== undefined, (query) => query.where('rule', '=', question.rule!))
    .$if(question.outcome !== undefined, (query) => query.where('outcome', '=', question.outcome!))
    .$if(question.progress !== undefined, (query) => query.where('progress', '=', question.progress!))
    .$if(question.entity !== undefined, (query) =>
      query.where((decision) =>
        decision.or([decision('entity_id', '=', question.entity!), decision('entity_key', '=', question.entity!)]),
      ),
    )
    .$if(question.after !== undefined, (query) => {
      const { at, id } = question.after!
      return query.where((decision) => decision(decision.refTuple('at', 'id'), '<', decision.tuple(at, id)))
    })
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(question.limit)
    .execute()

/** Returns decisions whose id begins with `prefix`, newest first. People may shorten an id as long as it stays unique. */
export const decisionsBeginning = (store: Store, prefix: string, limit: number): Promise<DecisionRow[]> =>
  store.db
    .selectFrom('decisions')
    .selectAll()
    .where('id', '>=', prefix)
    .where('id', '<', `${prefix}\uffff`)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

/**
 * Returns a rule's last decision about an entity until a moment. Decisions to hold and unknown ones are stored only if they
 * changed.
 */
export const lastDecision = (
  store: Store,
  place: { readonly account: string; readonly rule: string; readonly entityKey: string; readonly by: number },
): Promise<DecisionRow | undefined> =>
  store.db
    .selectFrom('decisions')
    .selectAll()
    .where('account', '=', place.account)
    .where('rule', '=', place.rule)
    .where('entity_key', '=', place.entityKey)
    .where('at', '<=', place.by)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()

/** Returns the number of the latest change to any decision. Its progress, its mutations and its messages count as changes. */
export async function latestChange(store: Store): Promise<number> {
  const { value } = await store.db
    .selectFrom('counters')
    .select('value')
    .where('name', '=', 'decision-changes')
    .executeTakeFirstOrThrow()
  return value
}

/** Returns decisions that changed after change number `after`, ordered by their latest change. */
export const changedDecisions = (store: Store, after: number, limit: number): Promise<DecisionRow[]> =>
  store.db.selectFrom('decisions').selectAll().where('change_number', '>', after).orderBy('change_number').limit(limit).execute()

/**
 * Deletes decisions before `before`. It keeps permanently: the last decision of each outcome and reason per account, rule and
 * entity (so that a rare one survives frequent quiet ones), unfinished decisions, and those that changed, held, launched or sent
 * something.
 *
 * @returns how many were deleted
 */
export async function forgetDecisions(store: Store, before: number): Promise<number> {
  const { numDeletedRows } = await store.db
    .deleteFrom('decisions')
    .where('at', '<', before)
    .where('progress', 'not in', ['planned', 'running', 'waiting'])
    .where((decision) =>
      decision.exists(
        decision
          .selectFrom('decisions as later')
          .select('later.id')
          .whereRef('later.account', '=', 'decisions.account')
          .whereRef('later.rule', '=', 'decisions.rule')
          .whereRef('later.entity_key', '=', 'decisions.entity_key')
          .whereRef('later.outcome', '=', 'decisions.outcome')
          .whereRef('later.because', 'is not distinct from', 'decisions.because')
          .where((later) => later(later.refTuple('later.at', 'later.id'), '>', later.refTuple('decisions.at', 'decisions.id'))),
      ),
    )
    .where('id', 'not in', (used) => used.selectFrom('mutations').select('decision').where('decision', 'is not', null))
    .where('id', 'not in', (used) => used.selectFrom('messages').select('decision').where('decision', 'is not', null))
    .where('id', 'not in', (used) => used.selectFrom('sent_steps').select('decision'))
    .where('id', 'not in', (used) => used.selectFrom('pause_holds').select('decision').where('decision', 'is not', null))
    .where('id', 'not in', (used) => used.selectFrom('launch_runs').select('decision').where('decision', 'is not', null))
    .executeTakeFirst()
  return Number(numDeletedRows)
}
