/** What a WhatsApp webhook tells, and how it is written down: first in the store, then to the workflow that waits for it. */

import { WorkflowNotFoundError } from '@temporalio/client'

import { recordInbound } from '../../store/contacts.js'
import { settleMessage } from '../../store/messages.js'
import type { Store } from '../../store/store.js'
import { inTransaction } from '../../store/transaction.js'
import { isWebhookEventTaken, takeWebhookEvent } from '../../store/webhook-events.js'
import { workflowIds } from '../../temporal.config.js'
import type { DeliveryStatus } from '../../workflows/contracts.js'
import type { ApiContext } from './context.js'

export interface StatusEvent {
  readonly kind: 'status'
  /** WhatsApp's id of the message. */
  readonly wamid: string
  readonly status: DeliveryStatus['status']
  /** Epoch milliseconds. */
  readonly at: number
  /** Our message id, where the message was sent with it. */
  readonly reference: string | null
  readonly error: { readonly code: number; readonly message: string } | null
}

export interface InboundEvent {
  readonly kind: 'inbound'
  readonly wamid: string
  /** The sender's number, digits only. */
  readonly from: string
  readonly at: number
}

export type WhatsAppEvent = StatusEvent | InboundEvent

/** @returns the events, or why there are none: `forged` has no or a wrong signature, `malformed` is not what WhatsApp sends */
export type WebhookReader = (
  body: Uint8Array,
  signature: string | null,
) => { readonly events: readonly WhatsAppEvent[] } | { readonly refused: 'forged' | 'malformed' }

const eventId = (event: WhatsAppEvent): string =>
  event.kind === 'status' ? `${event.wamid}/${event.status}` : `${event.wamid}/inbound`

/**
 * Takes the events of one webhook in. When this returns they stand in the store and the workflows that wait were told; when it
 * throws, WhatsApp sends them again and nothing of it counts twice.
 */
export async function takeEvents(context: ApiContext, events: readonly WhatsAppEvent[]): Promise<void> {
  const { store, now } = context
  const fresh: WhatsAppEvent[] = []
  for (const event of events) if (!(await isWebhookEventTaken(store, eventId(event)))) fresh.push(event)
  const told = await inTransaction(store, async (transaction) => {
    const statuses: { message: string; status: DeliveryStatus }[] = []
    for (const event of fresh) {
      const message = await writeDown(transaction, event, now())
      if (message !== null && event.kind === 'status') statuses.push({ message, status: statusOf(event) })
    }
    return statuses
  })
  for (const { message, status } of told) await tellWorkflow(context, message, status)
  // Only now: were it taken first, an event that Temporal was not there for would never be told.
  for (const event of fresh) await takeWebhookEvent(store, eventId(event), now())
}

/** @returns our message's id where the event is about one */
async function writeDown(store: Store, event: WhatsAppEvent, now: number): Promise<string | null> {
  if (event.kind === 'inbound') {
    // A time stamp of the future would hold the window open for too long.
    await recordInbound(store, event.from, Math.min(event.at, now))
    return null
  }
  const key = event.reference === null ? { wamid: event.wamid } : { id: event.reference }
  const settled = await settleMessage(store, key, {
    status: event.status,
    at: now,
    wamid: event.wamid,
    ...(event.error === null ? {} : { error: event.error }),
  })
  return settled?.message.id ?? null
}

const statusOf = ({ status, error }: StatusEvent): DeliveryStatus => ({
  status,
  code: error?.code ?? null,
  reason: error?.message ?? null,
})

async function tellWorkflow({ temporal }: ApiContext, message: string, status: DeliveryStatus): Promise<void> {
  try {
    await temporal.use(({ workflow }) => workflow.getHandle(workflowIds.message(message)).signal('deliveryStatus', status), 3_000)
  } catch (error) {
    // It waits no longer; the store has what came after.
    if (!(error instanceof WorkflowNotFoundError)) throw error
  }
}
