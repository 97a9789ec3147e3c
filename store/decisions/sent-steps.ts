/** Messages and webhooks among a decision's steps, written down before they leave: they cannot be taken back. */

import type { Store } from '../base/store.js'

/** Writes it down once, however often it is tried. */
export async function recordSentStep(store: Store, decision: string, step: number, at: number): Promise<void> {
  await store.db
    .insertInto('sent_steps')
    .values({ decision, step, at })
    .onConflict((conflict) => conflict.columns(['decision', 'step']).doNothing())
    .execute()
}

/** Whether anything of the decision left for outside. */
export async function hasSentSteps(store: Store, decision: string): Promise<boolean> {
  const row = await store.db.selectFrom('sent_steps').select('step').where('decision', '=', decision).limit(1).executeTakeFirst()
  return row !== undefined
}
