/**
 * Sends one WhatsApp message and follows it until it is delivered. Sending is not idempotent: if the outcome is unknown, the
 * workflow waits for the status webhooks. It sends a second time only if no webhook arrived although webhooks do reach us, or
 * after a quarter of an hour. That message says in its first words that it may be a repeat. There is no third.
 */

import { condition, patched, setCurrentDetails, setHandler, sleep } from '@temporalio/workflow'

import type { MessageEnd, MessageForm } from '../../activities/messages/contract.js'
import { main, whatsapp } from '../base/activity-options.js'
import { deliveryStatus, type DeliveryStatus, type SendMessageInput, type SendMessageResult } from '../base/contracts.js'
import { askedDelay, isPermanent, summarise } from '../base/failure.js'
import { setVerdict } from '../base/search-attributes.js'

/** WhatsApp's error code for free text to a recipient who has not written for 24 hours. */
const OUTSIDE_WINDOW = 131047
const OUTSIDE_WINDOW_TYPE = 'outside-window'
/** Failure type: the message is a rule's, and the account's rules were stopped. */
const STOPPED = 'stopped'
/** Failure types after which the message may have been sent. */
const UNKNOWN_OUTCOMES = new Set(['unknown-outcome', 'Timeout', 'WorkerShutdown'])
/** Retries after temporary refusals (rate limits, faults at Meta): after 5 s, 10 s, … up to 10 min, about two hours in all. */
const MOST_REFUSALS = 18

export async function sendMessage(input: SendMessageInput): Promise<SendMessageResult> {
  const { message, recipient, waits } = input
  const statuses: DeliveryStatus[] = []
  let form: MessageForm = 'text'
  setHandler(deliveryStatus, (status) => {
    // A late report that the free text was refused says nothing about the template that was sent after it.
    if (form === 'text' || status.code !== OUTSIDE_WINDOW) statuses.push(status)
  })

  const plan = await prepare()
  if (plan.stopped !== undefined) return await end('withdrawn', plan.stopped)
  form = plan.form
  let accepted = plan.accepted
  let sentAgain = false
  /** Whether an earlier try may have been delivered. */
  let mayBeOut = false
  let refusals = 0

  for (;;) {
    if (!accepted) {
      setCurrentDetails(`Sending to ${recipient} as ${form}.`)
      try {
        await whatsapp.sendToWhatsApp.executeWithOptions({ summary: `To ${recipient} as ${form}` }, [{ message, form }])
      } catch (error) {
        const { type, message: reason } = summarise(error)
        if (type === OUTSIDE_WINDOW_TYPE && form === 'text') {
          form = 'template'
          continue
        }
        if (type === STOPPED) return await end(mayBeOut ? 'unknown' : 'withdrawn', reason)
        if (UNKNOWN_OUTCOMES.has(type)) {
          mayBeOut = true
          const heard = await wentOut()
          if (!heard && sentAgain) return await end('unknown', 'Sent twice without an answer or a delivery report.')
          if (!heard) {
            sentAgain = true
            continue
          }
        } else {
          refusals += 1
          if (isPermanent(error) || refusals > MOST_REFUSALS) return await end('failed', reason)
          await sleep(askedDelay(error) ?? Math.min(600_000, 5_000 * 2 ** (refusals - 1)), { summary: `Next try: ${reason}` })
          continue
        }
      }
      accepted = true
      setVerdict('sent')
    }

    setCurrentDetails(`WhatsApp accepted the message to ${recipient}; waiting for the delivery report.`)
    await condition(() => statuses.some(isFinal), waits.delivery, { summary: 'Waiting for the delivery report' })
    const last = statuses.find(({ status }) => status === 'delivered' || status === 'read') ?? statuses.find(isFinal)
    if (last === undefined) return await end('accepted', 'Accepted by WhatsApp; no delivery report came.')
    if (last.status !== 'failed') return await end(last.status === 'read' ? 'read' : 'delivered', null)
    if (last.code !== OUTSIDE_WINDOW) {
      return await end('failed', last.reason ?? `WhatsApp's error ${String(last.code)}.`)
    }
    // The 24-hour window closed in between; a template does not need it.
    form = 'template'
    accepted = false
    statuses.length = 0
  }

  /** Waits until a report shows that the message was sent. Returns false once a report is overdue, or none can be expected. */
  async function wentOut(): Promise<boolean> {
    const heard = (): boolean => statuses.length > 0
    const summary = 'Was it sent? Waiting for a delivery report'
    if (await condition(heard, waits.reference, { summary })) return true
    if (!patched('repeat-once-reports-can-reach-us')) return false
    for (;;) {
      const verdict = await main.judgeRepeat.executeWithOptions({ summary: 'May it be sent once more?' }, [{ message }])
      if (verdict.kind !== 'wait') return heard() || verdict.kind === 'went-out'
      setCurrentDetails(
        `WhatsApp’s answer was lost and no webhook has arrived since: it is not known yet whether the message to ${recipient} was sent.`,
      )
      if (await condition(heard, verdict.for, { summary })) return true
    }
  }

  /** Waits for the end of the recipient's quiet hours; checks again afterwards, because the settings may have changed. */
  async function prepare() {
    for (;;) {
      const now = Date.now()
      const found = await main.prepareMessage.executeWithOptions({ summary: 'Free text or template' }, [{ message, now }])
      if (found.quietUntil === null) return found
      setCurrentDetails(`Quiet hours of ${recipient} until ${new Date(found.quietUntil).toISOString()}.`)
      await sleep(found.quietUntil - now, { summary: `Quiet hours of ${recipient}` })
    }
  }

  async function end(status: MessageEnd, reason: string | null): Promise<SendMessageResult> {
    await main.settleMessage.executeWithOptions({ summary: `${recipient}: ${status}` }, [{ message, status, reason }])
    const note = reason ?? `${recipient}: ${status}`
    const verdict = {
      delivered: 'delivered',
      read: 'delivered',
      accepted: 'sent',
      withdrawn: 'refused',
      failed: 'failed',
      unknown: 'failed',
    } as const
    setVerdict(verdict[status])
    setCurrentDetails(`To ${recipient}: **${status}**. ${reason ?? ''}`)
    return { status, note }
  }
}

function isFinal({ status }: DeliveryStatus): boolean {
  return status !== 'sent'
}
