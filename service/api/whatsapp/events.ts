/** Processes the events of WhatsApp webhooks: stores them first, then signals the waiting workflows. */

import { WorkflowNotFoundError } from '@temporalio/client'

import type { WhatsAppEvent } from '../../../connectors/whatsapp/webhook-event.js'
import type { Store } from '../../../store/base/store.js'
import { inTransaction } from '../../../store/base/transaction.js'
import { isWebhookEventTaken, takeWebhookEvent } from '../../../store/incoming/webhook-events.js'
import { recordWebhookWay } from '../../../store/incoming/webhook-ways.js'
import { dropUserId, linkUserId, recordInbound } from '../../../store/messages/contacts.js'
import { settleMessage } from '../../../store/messages/messages.js'
import { type DeliveryStatus, deliveryStatus } from '../../../workflows/base/contracts.js'
import type { ApiContext } from '../http/context.js'
import { takeWord } from './approval-words.js'
import { senderNumber } from './sender.js'
import { stopByMessage } from './stop.js'

/** Statuses that change a message; `played` is only for voice messages, which we do not send. */
const STATUSES = ['sent', 'delivered', 'read', 'failed'] as const

/**
 * Processes the events of one webhook. When it returns, they are stored and the waiting workflows are signalled. If it throws,
 * WhatsApp repeats the webhook, and nothing counts twice.
 */
export async function takeEvents(context: ApiContext, events: readonly WhatsAppEvent[]): Promise<void> {
  const { store, now } = context
  await recordWebhookWay(store, 'whatsapp', now())
  const fresh: WhatsAppEvent[] = []
  for (const event of ofOurNumber(context, events)) if (!(await isWebhookEventTaken(store, event.id))) fresh.push(event)
  const statuses = await inTransaction(store, async (transaction) => {
    const statuses: { message: string; status: DeliveryStatus }[] = []
    for (const event of fresh) {
      const status = await writeDown(transaction, event, now())
      if (status !== null) statuses.push(status)
    }
    return statuses
  })
  await takeStops(context, fresh)
  for (const { message, status } of statuses) await tellWorkflow(context, message, status)
  for (const event of fresh) await takeWord(context, event)
  // Marked as processed last: otherwise an event during an outage of Temporal would never be signalled.
  for (const event of fresh) {
    if (!(await takeWebhookEvent(store, event.id, now()))) continue
    if (event.kind === 'unknown') context.logError(`A WhatsApp webhook (${event.field}) was not understood: ${event.reason}.`)
    if (event.kind === 'error') context.logError(`WhatsApp reports an error: ${event.error.message}`)
    if (event.kind === 'template-status') context.logError(`The WhatsApp template ${event.template} is ${event.event}.`)
  }
}

/** Drops events of other numbers: an app can have several numbers, whose webhooks all come to one address. */
function ofOurNumber({ whatsapp, logError }: ApiContext, events: readonly WhatsAppEvent[]): WhatsAppEvent[] {
  const isOther = (event: WhatsAppEvent): boolean =>
    whatsapp.phoneId !== null && 'phoneNumberId' in event && event.phoneNumberId !== whatsapp.phoneId
  const others = events.filter(isOther).length
  if (others > 0) {
    logError(
      `Ignored ${others} of ${events.length} events of a WhatsApp webhook: they are for another number than WHATSAPP_PHONE_ID.`,
    )
  }
  return events.filter((event) => !isOther(event))
}

/**
 * Stores every stop before Temporal, which may be down, is called for anything else: a stop must not wait for a delivery status.
 *
 * @throws the first failure to notify people, once all stops are stored
 */
async function takeStops(context: ApiContext, events: readonly WhatsAppEvent[]): Promise<void> {
  const untold: unknown[] = []
  for (const event of events) {
    if (event.kind !== 'message') continue
    await stopByMessage(context, event).catch((error: unknown) => void untold.push(error))
  }
  if (untold.length > 0) throw untold[0]
}

/** Stores an event. @returns the signal for the workflow of our message if the event is its status, else null */
async function writeDown(
  store: Store,
  event: WhatsAppEvent,
  now: number,
): Promise<{ message: string; status: DeliveryStatus } | null> {
  await learnSender(store, event, now)
  if (event.kind !== 'status') return null
  const status = STATUSES.find((known) => known === event.status)
  if (status === undefined) return null
  const [error] = event.errors
  const settled = await settleMessage(
    store,
    event.reference === null ? { kind: 'wamid', wamid: event.wamid } : { kind: 'id', id: event.reference },
    {
      status,
      at: now,
      wamid: event.wamid,
      ...(error === undefined ? {} : { error: { code: error.code, message: error.message } }),
    },
  )
  if (settled === undefined) return null
  return { message: settled.message.id, status: { status, code: error?.code ?? null, reason: error?.message ?? null } }
}

/** Stores which number and user id belong together, and when that person last wrote. */
async function learnSender(store: Store, event: WhatsAppEvent, now: number): Promise<void> {
  if (event.kind !== 'message' && event.kind !== 'status' && event.kind !== 'user-id-change') return
  // A time in the future would keep the 24-hour window open too long, and would make the link outrank every later one.
  const at = Math.min(event.at, now)
  if (event.kind === 'user-id-change') {
    return await dropUserId(store, { userId: event.previousUserId, waId: event.previousNumber, at })
  }
  const waId = event.kind === 'message' ? event.from : event.recipient
  if (waId !== null && event.userId !== null) await linkUserId(store, { waId, userId: event.userId, at })
  if (event.kind !== 'message') return
  const number = await senderNumber(store, event)
  if (number !== null) await recordInbound(store, number, at)
}

async function tellWorkflow({ temporal }: ApiContext, message: string, status: DeliveryStatus): Promise<void> {
  try {
    await temporal.use(
      ({ workflow, names }) => workflow.getHandle(names.ids.message(message)).signal(deliveryStatus, status),
      3_000,
    )
  } catch (error) {
    // The workflow has ended; the status is in the store.
    if (!(error instanceof WorkflowNotFoundError)) throw error
  }
}
