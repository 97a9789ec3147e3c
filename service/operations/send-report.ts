/** Sends a report on request: stores the message and starts the workflow that sends every message. */

import { toSend } from '../../activities/messages/notice.js'
import type { Recipient, Settings } from '../../engine/account/account.js'
import { mayRead, readerOf } from '../../engine/account/reader.js'
import { reportText } from '../../engine/report/report-text.js'
import type { Report } from '../../engine/report/report.js'
import type { Store } from '../../store/base/store.js'
import { findMessage, intendMessage, type Message } from '../../store/messages/messages.js'
import { MESSAGE_WAITS } from '../../temporal.config.js'
import type { TetikClient } from '../temporal/connection.js'
import { startMessage } from '../temporal/start-message.js'

/** There is nobody to send the report to; `message` says what to do. */
export class ReaderError extends Error {
  override readonly name = 'ReaderError'

  constructor(
    readonly code: 'unknown' | 'may-not-read',
    message: string,
  ) {
    super(message)
  }
}

/**
 * Returns the recipient of an account's report: the named one, else the account's owner or the first who may read it.
 *
 * @throws ReaderError
 */
export function readerFor({ recipients }: Settings, account: string, name: string | null): Recipient {
  if (name === null) {
    const reader = readerOf(recipients, account)
    if (reader !== null) return reader
    throw new ReaderError('unknown', `No recipient in tetik.yaml may read ${account}: give one \`may: [read]\`.`)
  }
  const recipient = recipients.find((one) => one.name === name)
  if (recipient === undefined) {
    const names = recipients.map((one) => one.name).join(', ')
    throw new ReaderError('unknown', `tetik.yaml has no recipient "${name}"; it has: ${names === '' ? 'none' : names}.`)
  }
  if (mayRead(recipient, account)) return recipient
  throw new ReaderError('may-not-read', `${name} may not read ${account}: see \`may:\` and \`accounts:\` in tetik.yaml.`)
}

export interface SendContext {
  readonly store: Store
  /** Epoch milliseconds. */
  readonly now: () => number
  /** Rejects if Temporal does not answer. */
  readonly temporal: (work: (client: TetikClient) => Promise<void>) => Promise<void>
}

/**
 * Returns the message once its workflow is started. Repeating an id sends nothing more and keeps the first text.
 *
 * @param id identifies the sending
 */
export async function sendReport(context: SendContext, id: string, report: Report, reader: Recipient): Promise<Message> {
  const { store, now, temporal } = context
  const written = {
    id,
    decision: null,
    account: report.account.name,
    recipient: reader.name,
    text: reportText(report, reader.language),
  }
  // Stored only once Temporal answers, so that no message is left without a workflow.
  await temporal(async (client) => {
    const { message } = await intendMessage(store, { ...written, created_at: now() })
    await startMessage(client, toSend({ messageWaits: MESSAGE_WAITS }, message))
  })
  return (await findMessage(store, id))!
}
