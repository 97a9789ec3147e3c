/** A decision's steps that send a message or call a webhook, recorded before they do, because they cannot be undone. */

import type { Store } from '../base/store.js'

/** Records the step once, however often it is tried. */
export async function recordSentStep(store: Store, decision: string, step: number, at: number): Promise<void> {
  await store.db
    .insertInto('sent_steps')
    .values({ decision, step, at })
    .onConflict((conflict) => conflict.columns(['decision', 'step']).doNothing())
    .execute()
}

/** Whether the decision sent a message or called a webhook. */
export async function hasSentSteps(store: Store, decision: string): Promise<boolean> {
  const row = await store.db.selectFrom('sent_steps').select('step').where('decision', '=', decision).limit(1).executeTakeFirst()
  return row !== undefined
}
