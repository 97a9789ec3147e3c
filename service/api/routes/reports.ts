import { createHash } from 'node:crypto'

import { loadReport } from '../../../activities/facts/load-report.js'
import { heldUntil } from '../../../engine/guardrail/quiet-hours.js'
import { REPORT_PERIODS, type ReportPeriod } from '../../../engine/value/period.js'
import { findMessage, type Message } from '../../../store/messages/messages.js'
import { askForecasts } from '../../forecast/ask-forecasts.js'
import { ReaderError, readerFor, sendReport } from '../../operations/send-report.js'
import type { ApiContext } from '../http/context.js'
import { answer, operation } from '../http/operation.js'
import { ProblemError } from '../http/problem.js'
import { ReportOrder, SentReport } from '../shapes/report.js'
import { messageOf } from '../views/decision.js'
import { accountNamed, onlyAccount } from './accounts.js'

const SUMMARIES: Readonly<Record<ReportPeriod, string>> = {
  daily: 'Sends yesterday’s report on WhatsApp',
  weekly: 'Sends last week’s report (Monday to Sunday) on WhatsApp',
}
/** How often the message's status is read, milliseconds. */
const LOOK_EVERY = 100

export const reportOperations = REPORT_PERIODS.map((period) =>
  operation({
    id: `send${period === 'daily' ? 'Daily' : 'Weekly'}Report`,
    method: 'post',
    path: `/api/reports/${period}/send`,
    tag: 'Reports',
    summary: SUMMARIES[period],
    description:
      'Sent once for each Idempotency-Key. The answer is 200 if WhatsApp accepts the message within seconds, else 202: the message ' +
      'is being sent or, during the recipient’s quiet hours, is sent when these end.',
    body: ReportOrder,
    write: true,
    problems: ['not-found', 'forbidden', 'temporal-unavailable'],
    responses: {
      200: { description: 'WhatsApp accepted it', schema: SentReport },
      202: { description: 'It is being sent, or waits for the end of the recipient’s quiet hours', schema: SentReport },
    },
    handle: async ({ body, hash, key }, context) => {
      const { store, now, forecasts, temporal } = context
      const account = accountNamed(context, body.account ?? onlyAccount(context, 'body.account'))
      const reader = readerOfOrder(context, account.name, body.to ?? null)
      const at = now()
      const make = await loadReport(store, account, { period, at, knownAt: at })
      const report = await askForecasts(forecasts, make)
      const id = `${account.name}-report-${createHash('sha256').update(`${key} ${hash}`).digest('hex').slice(0, 20)}`
      const sent = await sendReport({ store, now, temporal: (work) => temporal.use(work) }, id, report, reader)
      const waits = heldUntil(reader.quiet, now(), account.timezone) !== null
      const message = waits ? sent : await taken(context, sent)
      return answer(isTaken(message) ? 200 : 202, { account: account.name, message: messageOf(context, message) })
    },
  }),
)

/** @throws ProblemError `not-found`, `forbidden` */
function readerOfOrder({ settings }: ApiContext, account: string, name: string | null) {
  try {
    return readerFor(settings(), account, name)
  } catch (error) {
    if (!(error instanceof ReaderError)) throw error
    throw new ProblemError(error.code === 'unknown' ? 'not-found' : 'forbidden', error.message)
  }
}

const isTaken = ({ status }: Message): boolean => ['accepted', 'sent', 'delivered', 'read'].includes(status)

/** Waits until WhatsApp has accepted or refused the message, at most `changeWait`, and returns it. */
async function taken({ store, changeWait }: ApiContext, sent: Message): Promise<Message> {
  let message = sent
  for (let waited = 0; waited < changeWait && !isTaken(message) && message.status !== 'failed'; waited += LOOK_EVERY) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY))
    message = (await findMessage(store, sent.id)) ?? message
  }
  return message
}
