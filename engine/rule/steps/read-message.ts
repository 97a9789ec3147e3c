/** Reads the recipient and the text of the steps that send something to people. */

import type { Recipient } from '../../account/account.js'
import { didYouMean } from '../../diagnostic/nearest.js'
import type { Fields } from '../../document/fields.js'
import { parseTemplate } from '../parts/template.js'
import type { Template } from '../rule.js'
import type { StepContext } from './definition.js'

/** Reads the recipient and the text. Null if there is an error, which is then reported. */
export function readMessage(
  written: { readonly to?: string | undefined; readonly text?: string | undefined },
  path: string,
  fields: Fields,
  context: StepContext,
): { readonly to: string; readonly text: Template } | null {
  const text = fields.read(`${path}/text`, written.text, (text) => parseTemplate(text, context.vocabulary))
  const recipient = written.to === undefined ? null : readRecipient(written.to, `${path}/to`, fields, context)
  return text === null || recipient === null ? null : { to: recipient.name, text }
}

/**
 * Finds the recipient that `to` names; `recipient` is null without a `tetik.yaml`. Null if there is an error, which is then
 * reported.
 */
export function readRecipient(
  written: string,
  path: string,
  fields: Fields,
  { vocabulary, recipients, accounts }: StepContext,
): { readonly name: string; readonly recipient: Recipient | null } | null {
  const input = vocabulary.inputs?.get(written)
  // While the blueprint itself is checked, its inputs have no values yet.
  if (input?.tree === null) return { name: written, recipient: null }
  const to = input?.tree?.kind === 'text' ? input.tree.value : written
  const recipient = recipients?.find(({ name }) => name === to) ?? null
  if (recipients !== null && recipient === null) {
    const names = recipients.map(({ name }) => name)
    const hint =
      didYouMean(to, names) ??
      (names.length === 0 ? 'name one in tetik.yaml, under `recipients:`' : `tetik.yaml has ${names.join(', ')}`)
    fields.fault(path, 'unknown-recipient', 'there is no recipient of this name', hint)
    return null
  }
  const foreign = (accounts ?? []).find(
    (account) => recipient !== null && recipient.accounts.length > 0 && !recipient.accounts.includes(account),
  )
  if (foreign !== undefined) {
    fields.fault(
      path,
      'recipient-account',
      `\`${to}\` gets no messages about the account ${foreign}`,
      'add it to the recipient’s `accounts:`',
    )
    return null
  }
  return { name: to, recipient }
}
