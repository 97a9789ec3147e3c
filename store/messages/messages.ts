/** Messages to people, stored before they are sent, and their delivery. */

import type { Store } from '../base/store.js'
import { inTransaction } from '../base/transaction.js'
import { countChange } from '../decisions/decisions.js'
import type { NewRow, Row } from '../tables/tables.js'
import { claimWamid } from './sends.js'

export type Message = Row<'messages'>
export type NewMessage = Omit<NewRow<'messages'>, 'status' | 'sent_as' | 'wamid' | 'error_json' | 'updated_at'>
export type MessageStatus = 'intended' | 'unknown' | 'accepted' | 'sent' | 'failed' | 'delivered' | 'read' | 'withdrawn'

/**
 * The statuses that each status may follow. Webhooks arrive in any order and more than once, so a status never goes backwards:
 * `sent`, then `delivered`, then `read`. A delivered message cannot have failed, but a failure may be followed by a report that the
 * message was delivered.
 */
const FOLLOWS: Readonly<Record<MessageStatus, readonly MessageStatus[]>> = {
  intended: [],
  unknown: ['intended', 'unknown'],
  accepted: ['intended', 'unknown'],
  sent: ['intended', 'unknown', 'accepted'],
  failed: ['intended', 'unknown', 'accepted', 'sent'],
  // A status report is right, whatever was assumed before.
  delivered: ['intended', 'unknown', 'accepted', 'sent', 'failed', 'withdrawn'],
  read: ['intended', 'unknown', 'accepted', 'sent', 'failed', 'withdrawn', 'delivered'],
  withdrawn: ['intended', 'unknown'],
}

/** Stores a message before it is sent; returns the existing row if the id already exists. */
export function intendMessage(store: Store, message: NewMessage): Promise<{ message: Message; isNew: boolean }> {
  return inTransaction(store, async (transaction) => {
    const { db } = transaction
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('messages')
      .values({ ...message, status: 'intended', sent_as: null, wamid: null, error_json: null, updated_at: message.created_at })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst()
    const isNew = numInsertedOrUpdatedRows === 1n
    if (isNew && message.decision !== null && message.decision !== undefined) await countChange(db, message.decision)
    const stored = await findMessage(transaction, message.id)
    return { message: stored!, isNew }
  })
}

export interface MessageNews {
  readonly status: Exclude<MessageStatus, 'intended'>
  readonly at: number
  readonly wamid?: string
  readonly sentAs?: 'text' | 'template'
  /** Plain data about a failure, without phone numbers or tokens. */
  readonly error?: unknown
}

/**
 * Stores the status of a message, found by its id or by WhatsApp's.
 *
 * @returns the current message, and whether its status changed; undefined if there is no such message
 */
export function settleMessage(
  store: Store,
  key: { readonly kind: 'id'; readonly id: string } | { readonly kind: 'wamid'; readonly wamid: string },
  news: MessageNews,
): Promise<{ message: Message; moved: boolean } | undefined> {
  return inTransaction(store, async (transaction) => {
    const { db } = transaction
    const known = key.kind === 'id' ? await findMessage(transaction, key.id) : await findMessageByWamid(transaction, key.wamid)
    if (known === undefined) return undefined
    if (news.wamid !== undefined) await claimWamid(transaction, known.id, news.wamid)
    // A message that was sent twice has two ids: a failed copy says nothing about the other one, a delivered one is enough.
    const isOtherCopy = known.wamid !== null && news.wamid !== undefined && news.wamid !== known.wamid
    const counts = !isOtherCopy || news.status === 'delivered' || news.status === 'read'
    const moved = counts && FOLLOWS[news.status].some((status) => status === known.status)
    // The first id stays, because status reports and replies refer to the message by it.
    const wamid = known.wamid ?? news.wamid ?? null
    const sentAs = known.sent_as ?? news.sentAs ?? null
    if (!moved && wamid === known.wamid && sentAs === known.sent_as) return { message: known, moved: false }
    const message = await db
      .updateTable('messages')
      .set({
        wamid,
        sent_as: sentAs,
        updated_at: news.at,
        ...(moved ? { status: news.status, error_json: news.error === undefined ? null : JSON.stringify(news.error) } : {}),
      })
      .where('id', '=', known.id)
      .returningAll()
      .executeTakeFirstOrThrow()
    if (message.decision !== null) await countChange(db, message.decision)
    return { message, moved }
  })
}

/**
 * Prepares a failed message to be sent again in another form. The id of its next answer then replaces the first.
 *
 * @returns false if it has not failed; then nothing is changed
 */
export async function reopenMessage(store: Store, id: string, at: number): Promise<boolean> {
  const { numUpdatedRows } = await store.db
    .updateTable('messages')
    .set({ status: 'intended', wamid: null, sent_as: null, error_json: null, updated_at: at })
    .where('id', '=', id)
    .where('status', '=', 'failed')
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export const findMessage = (store: Store, id: string): Promise<Message | undefined> =>
  store.db.selectFrom('messages').selectAll().where('id', '=', id).executeTakeFirst()

/** Finds the message by WhatsApp's id of any of its sendings. */
export const findMessageByWamid = (store: Store, wamid: string): Promise<Message | undefined> =>
  store.db
    .selectFrom('messages')
    .selectAll()
    .where((eb) =>
      eb.or([eb('wamid', '=', wamid), eb('id', 'in', eb.selectFrom('sends').select('message').where('sends.wamid', '=', wamid))]),
    )
    .executeTakeFirst()

export const messagesOfDecision = (store: Store, decision: string): Promise<Message[]> =>
  store.db.selectFrom('messages').selectAll().where('decision', '=', decision).orderBy('created_at').orderBy('id').execute()

/** Returns messages whose id begins with this text. */
export const messagesBeginning = ({ db }: Store, prefix: string): Promise<Message[]> =>
  db.selectFrom('messages').selectAll().where('id', 'like', `${prefix}%`).execute()

/** Whether a message whose id begins with this text was written after a moment. */
export async function wasWrittenAfter({ db }: Store, prefix: string, after: number): Promise<boolean> {
  const row = await db
    .selectFrom('messages')
    .select('id')
    .where('id', 'like', `${prefix}%`)
    .where('created_at', '>', after)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Returns unsent messages of the account whose id ends with this text and that were written after a moment, oldest first. */
export const unsentMessages = (
  { db }: Store,
  account: string,
  { suffix, after }: { readonly suffix: string; readonly after: number },
): Promise<Message[]> =>
  db
    .selectFrom('messages')
    .selectAll()
    .where('account', '=', account)
    .where('status', '=', 'intended')
    .where('id', 'like', `%${suffix}`)
    .where('created_at', '>', after)
    .orderBy('created_at')
    .execute()

/** Returns the messages of the last firing of a rule for an entity that sent any, one per recipient. */
export async function messagesOfLastFiring({ db }: Store, account: string, rule: string, entityKey: string): Promise<Message[]> {
  const rows = await db
    .selectFrom('messages')
    .innerJoin('decisions', 'decisions.id', 'messages.decision')
    .selectAll('messages')
    .where('decisions.account', '=', account)
    .where('decisions.rule', '=', rule)
    .where('decisions.entity_key', '=', entityKey)
    .where('decisions.outcome', '=', 'fire')
    .orderBy('decisions.at', 'desc')
    .orderBy('messages.created_at')
    .limit(20)
    .execute()
  const last = rows.filter(({ decision }) => decision === rows[0]?.decision)
  return [...new Map(last.map((row) => [row.recipient, row])).values()]
}
