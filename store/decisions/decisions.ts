/** Decisions of evaluations, and the progress of carrying them out. */

import type { Kysely } from 'kysely'

import type { Progress } from '../../engine/rule/progress.js'
import type { Store } from '../base/store.js'
import { inTransaction } from '../base/transaction.js'
import type { NewRow, Row, Tables } from '../tables/tables.js'
import { mayHaveChanged } from './may-have-changed.js'

export type DecisionRow = Row<'decisions'>
export type NewDecisionRow = Omit<NewRow<'decisions'>, 'change_number'>

/**
 * The progress from which each may be reached: only forwards, and never from a final one. A carry-out may wait and continue any
 * number of times.
 */
const REACHED_FROM: Readonly<Record<Progress, readonly Progress[]>> = {
  none: [],
  observed: [],
  planned: ['planned'],
  running: ['planned', 'running', 'waiting'],
  waiting: ['planned', 'running', 'waiting'],
  done: ['planned', 'running', 'waiting', 'done'],
  refused: ['planned', 'running', 'waiting', 'refused'],
  failed: ['planned', 'running', 'waiting', 'failed'],
  stopped: ['planned', 'running', 'waiting', 'stopped'],
}

/**
 * Records an evaluation: the new states and the decisions in one transaction, so that a crash leaves both or none. A decision
 * whose id already exists is left as it is, so a tick that is recorded twice is recorded once.
 *
 * @returns the ids of the decisions that are new
 */
export function recordTick(
  store: Store,
  tick: {
    readonly states: readonly NewRow<'rule_states'>[]
    readonly decisions: readonly NewDecisionRow[]
    /** Rules that were evaluated, whether or not they selected an entity. */
    readonly evaluated?: readonly NewRow<'rule_evaluations'>[]
  },
): Promise<readonly string[]> {
  return inTransaction(store, async ({ db }) => {
    for (const evaluated of tick.evaluated ?? []) {
      await db
        .insertInto('rule_evaluations')
        .values(evaluated)
        .onConflict((conflict) => conflict.columns(['account', 'rule']).doUpdateSet(evaluated))
        .execute()
    }
    for (const state of tick.states) {
      await db
        .insertInto('rule_states')
        .values(state)
        .onConflict((conflict) => conflict.columns(['account', 'rule', 'entity_key']).doUpdateSet(state))
        .execute()
    }
    const recorded: string[] = []
    for (const decision of tick.decisions) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('decisions')
        .values({ ...decision, change_number: 0 })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .executeTakeFirst()
      if (numInsertedOrUpdatedRows !== 1n) continue
      await countChange(db, decision.id)
      recorded.push(decision.id)
    }
    return recorded
  })
}

/**
 * Moves a decision's progress forwards, with a note.
 *
 * @returns false if the decision is unknown or is already further; then nothing is changed
 */
export function setProgress(
  store: Store,
  id: string,
  step: {
    readonly progress: Progress
    readonly note?: string | null
    readonly carriedOutBy?: { readonly workflow: string; readonly run: string | null }
    readonly at: number
  },
): Promise<boolean> {
  return inTransaction(store, async ({ db }) => {
    const { numUpdatedRows } = await db
      .updateTable('decisions')
      .set({
        progress: step.progress,
        updated_at: step.at,
        ...(step.note === undefined ? {} : { note: step.note }),
        ...(step.carriedOutBy === undefined ? {} : { workflow_id: step.carriedOutBy.workflow, run_id: step.carriedOutBy.run }),
      })
      .where('id', '=', id)
      .where('progress', 'in', REACHED_FROM[step.progress])
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return false
    await countChange(db, id)
    return true
  })
}

/** Adds the leaves of a condition that was evaluated again to a decision's trace; leaves with the same paths are replaced. */
export function appendTrace(store: Store, id: string, leaves: readonly { readonly path: string }[], at: number): Promise<void> {
  return inTransaction(store, async (transaction) => {
    const decision = await findDecision(transaction, id)
    if (decision === undefined) return
    const paths = new Set(leaves.map(({ path }) => path))
    const before = (JSON.parse(decision.trace_json) as { readonly path: string }[]).filter(({ path }) => !paths.has(path))
    const trace = JSON.stringify([...before, ...leaves])
    await transaction.db.updateTable('decisions').set({ trace_json: trace, updated_at: at }).where('id', '=', id).execute()
    await countChange(transaction.db, id)
  })
}

export const findDecision = (store: Store, id: string): Promise<DecisionRow | undefined> =>
  store.db.selectFrom('decisions').selectAll().where('id', '=', id).executeTakeFirst()

/** Returns decisions whose carry-out has not ended, oldest first; the workflow of a `planned` one may still have to be started. */
export const openDecisions = (
  store: Store,
  account: string,
  progress: readonly ('planned' | 'running' | 'waiting')[] = ['planned', 'running', 'waiting'],
): Promise<DecisionRow[]> =>
  store.db
    .selectFrom('decisions')
    .selectAll()
    .where('account', '=', account)
    .where('progress', 'in', progress)
    .orderBy('at')
    .orderBy('id')
    .execute()

/**
 * Counts the firings of a rule since a moment, over all of its entities, for its `limit`. A firing that was refused before it
 * changed anything, sent a message or called a webhook does not count.
 */
export async function countFirings(
  store: Store,
  firings: { readonly account: string; readonly rule: string; readonly since: number; readonly observedToo: boolean },
): Promise<number> {
  const { account, rule, since, observedToo } = firings
  const { count } = await store.db
    .selectFrom('decisions')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('account', '=', account)
    .where('rule', '=', rule)
    .where('outcome', '=', 'fire')
    .where('at', '>=', since)
    .$if(!observedToo, (query) => query.where('mode', '!=', 'observe'))
    .where((row) =>
      row.or([
        row('progress', '!=', 'refused'),
        row.exists(
          row
            .selectFrom('mutations')
            .select('mutations.id')
            .whereRef('mutations.decision', '=', 'decisions.id')
            .where(mayHaveChanged),
        ),
        row.exists(row.selectFrom('sent_steps').select('sent_steps.step').whereRef('sent_steps.decision', '=', 'decisions.id')),
      ]),
    )
    .executeTakeFirstOrThrow()
  return count
}

/** Gives the decision the next change number, so that live pages notice that it, or something that belongs to it, has changed. */
export async function countChange(db: Kysely<Tables>, id: string): Promise<void> {
  const { value } = await db
    .updateTable('counters')
    .set((counter) => ({ value: counter('value', '+', 1) }))
    .where('name', '=', 'decision-changes')
    .returning('value')
    .executeTakeFirstOrThrow()
  await db.updateTable('decisions').set({ change_number: value }).where('id', '=', id).execute()
}

/** Counts carry-outs of the account that failed after a moment. */
export async function countFailures({ db }: Store, account: string, after: number): Promise<number> {
  const { count } = await db
    .selectFrom('decisions')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('account', '=', account)
    .where('progress', '=', 'failed')
    .where('updated_at', '>', after)
    .executeTakeFirstOrThrow()
  return count
}

/** Returns the decisions of a tick, whose ids begin with `<prefix>-`, ordered by id. */
export const decisionsOfTick = ({ db }: Store, prefix: string): Promise<DecisionRow[]> =>
  db.selectFrom('decisions').selectAll().where('id', 'like', `${prefix}-%`).orderBy('id').execute()
