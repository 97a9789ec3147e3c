/** Steps that tell somebody: `whatsapp` and `ask`. */

import { didYouMean } from '../diagnostic/nearest.js'
import type { Fields } from '../document/fields.js'
import type { Template } from './rule.js'
import type { StepContext } from './step.js'
import { parseTemplate } from './template.js'

/** The recipient that `to` names, and what they are told. Null where there is a fault, which is then told. */
export function readMessage(
  written: { readonly to?: string; readonly text?: string },
  path: string,
  fields: Fields,
  { vocabulary, recipients, accounts }: StepContext,
): { readonly to: string; readonly text: Template } | null {
  const text = fields.read(`${path}/text`, written.text, (text) => parseTemplate(text, vocabulary))
  if (written.to === undefined) return null
  const input = vocabulary.inputs?.get(written.to)
  // While a blueprint is read for itself, nobody stands behind its input yet.
  if (input?.tree === null) return text === null ? null : { to: written.to, text }
  const to = input?.tree?.kind === 'text' ? input.tree.value : written.to
  const recipient = recipients?.find(({ name }) => name === to)
  if (recipients !== null && recipient === undefined) {
    const names = recipients.map(({ name }) => name)
    const hint =
      didYouMean(to, names) ??
      (names.length === 0 ? 'name one in tetik.yaml, under `recipients:`' : `tetik.yaml has ${names.join(', ')}`)
    fields.fault(`${path}/to`, 'unknown-recipient', 'there is no recipient of this name', hint)
    return null
  }
  const foreign = (accounts ?? []).find(
    (account) => recipient !== undefined && recipient.accounts.length > 0 && !recipient.accounts.includes(account),
  )
  if (foreign !== undefined) {
    fields.fault(
      `${path}/to`,
      'recipient-account',
      `\`${to}\` is not told about the account ${foreign}`,
      'add it to the recipient’s `accounts:`',
    )
    return null
  }
  return text === null ? null : { to, text }
}
