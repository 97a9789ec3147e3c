/** The page size that Meta answered for each kind of request, if it refused a larger one. */

import type { Store } from '../base/store.js'

export interface QuestionSize {
  /** In rows; null if only an asynchronous report works. */
  readonly page: number | null
  readonly learnedAt: number
}

export async function questionSize(store: Store, account: string, question: string): Promise<QuestionSize | null> {
  const row = await store.db
    .selectFrom('question_sizes')
    .select(['page', 'learned_at as learnedAt'])
    .where('account', '=', account)
    .where('question', '=', question)
    .executeTakeFirst()
  return row ?? null
}

export async function keepQuestionSize(store: Store, account: string, question: string, size: QuestionSize): Promise<void> {
  const values = { page: size.page, learned_at: size.learnedAt }
  await store.db
    .insertInto('question_sizes')
    .values({ account, question, ...values })
    .onConflict((conflict) => conflict.doUpdateSet(values))
    .execute()
}

export async function forgetQuestionSize(store: Store, account: string, question: string): Promise<void> {
  await store.db.deleteFrom('question_sizes').where('account', '=', account).where('question', '=', question).execute()
}
