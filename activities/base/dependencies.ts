/** The dependencies of activities. The worker creates one of these; tests create their own from the same parts. */

import { ApplicationFailure } from '@temporalio/common'

import type { MetaClient } from '../../connectors/meta/client.js'
import type { WebhookClient } from '../../connectors/webhook/client.js'
import type { WhatsAppClient } from '../../connectors/whatsapp/client.js'
import type { Account, Recipient, Settings } from '../../engine/account/account.js'
import { phoneNumberOf } from '../../engine/account/phone.js'
import { mayRead, readerOf } from '../../engine/account/reader.js'
import type { Store } from '../../store/base/store.js'
import type { WorkflowIds } from '../../temporal.config.js'
import type { MessageWaits } from './contract.js'
import type { MediaFiles } from './media-files.js'

export interface ActivityDependencies {
  readonly store: Store
  /** The last valid `tetik.yaml`. */
  readonly settings: () => Settings
  /** The account's own client, with that account's token and rate limits. */
  readonly meta: (account: Account) => MetaClient
  readonly whatsapp: WhatsAppClient
  readonly webhooks: WebhookClient
  /** Files of launch specs. */
  readonly media: MediaFiles
  /** The environment's variables, for phone numbers and tokens that `tetik.yaml` names. */
  readonly variables: Readonly<Record<string, string>>
  /** Epoch milliseconds. */
  readonly now: () => number
  /** Prints a line on the terminal: what was done, with its numbers. */
  readonly announce: (line: string) => void
  readonly messageWaits: MessageWaits
  /** `REPEAT` in temporal.config.ts explains it. */
  readonly repeat: { readonly deadline: number; readonly look: number }
  readonly workflowIds: WorkflowIds
  /** Whether a workflow exists and is not closed. Rejects if Temporal does not answer. */
  readonly isRunning: (workflowId: string) => Promise<boolean>
}

/** @throws ApplicationFailure `unknown-account`, which is not retried */
export function accountOf(dependencies: ActivityDependencies, name: string): Account {
  const account = dependencies.settings().accounts.find((candidate) => candidate.name === name)
  if (account !== undefined) return account
  throw ApplicationFailure.nonRetryable(`tetik.yaml has no account "${name}" any more.`, 'unknown-account')
}

/** @throws ApplicationFailure `unknown-recipient` */
export function recipientOf(dependencies: ActivityDependencies, name: string): Recipient {
  const recipient = dependencies.settings().recipients.find((candidate) => candidate.name === name)
  if (recipient !== undefined) return recipient
  throw ApplicationFailure.nonRetryable(`tetik.yaml has no recipient "${name}" any more.`, 'unknown-recipient')
}

/**
 * Returns the recipient of an account's report: the named one, or by default the account's owner or the first who may read it.
 *
 * @throws ApplicationFailure `unknown-recipient`, or `recipient-right` if the named recipient may no longer read the account
 */
export function readerNamed(dependencies: ActivityDependencies, name: string | null, account: string): Recipient {
  if (name === null) {
    const reader = readerOf(dependencies.settings().recipients, account)
    if (reader !== null) return reader
    throw ApplicationFailure.nonRetryable(`tetik.yaml has no recipient who may read ${account}.`, 'unknown-recipient')
  }
  const recipient = recipientOf(dependencies, name)
  if (mayRead(recipient, account)) return recipient
  throw ApplicationFailure.nonRetryable(`${name} may not read ${account} any more: see tetik.yaml.`, 'recipient-right')
}

/**
 * Returns the recipient who is notified about an account: the one named `owner` if the account is theirs, else the first who may
 * stop it, else the first who may read it; null if there is nobody.
 */
export function ownerOf(settings: Settings, account: string): Recipient | null {
  const theirs = settings.recipients.filter(({ accounts }) => accounts.length === 0 || accounts.includes(account))
  return theirs.find(({ name }) => name === 'owner') ?? theirs.find(({ may }) => may.includes('stop')) ?? theirs[0] ?? null
}

/**
 * The recipient's number in E.164, with `+`.
 *
 * @throws ApplicationFailure `no-phone`; its message names the variable and never contains a number
 */
export function phoneOf(dependencies: Pick<ActivityDependencies, 'variables'>, recipient: Recipient): string {
  const number = phoneNumberOf(recipient, dependencies.variables)
  if (number !== null) return number
  const { phone, name } = recipient
  const isMissing = phone.kind === 'variable' && dependencies.variables[phone.variable] === undefined
  const what = phone.kind === 'variable' ? `the variable ${phone.variable}` : 'tetik.yaml'
  const fault = isMissing ? `${what} is not set` : `${what} does not contain a number like +905551112233`
  throw ApplicationFailure.nonRetryable(`There is no phone number for ${name}: ${fault}.`, 'no-phone')
}
