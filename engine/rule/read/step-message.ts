/** Steps that tell somebody: `whatsapp`, `ask` and `report`. */

import type { Recipient } from '../../account/account.js'
import { readerOf } from '../../account/reader.js'
import { didYouMean } from '../../diagnostic/nearest.js'
import type { Fields } from '../../document/fields.js'
import type { Step, Template } from '../rule.js'
import type { StepSource } from './schema.js'
import type { StepContext } from './step.js'
import { parseTemplate } from './template.js'

/** The recipient that `to` names, and what they are told. Null where there is a fault, which is then told. */
export function readMessage(
  written: { readonly to?: string; readonly text?: string },
  path: string,
  fields: Fields,
  context: StepContext,
): { readonly to: string; readonly text: Template } | null {
  const text = fields.read(`${path}/text`, written.text, (text) => parseTemplate(text, context.vocabulary))
  const told = written.to === undefined ? null : readRecipient(written.to, `${path}/to`, fields, context)
  return text === null || told === null ? null : { to: told.name, text }
}

/** `report: daily`, or with the one whom it goes to. Null where there is a fault, which is then told. */
export function readReport(
  written: NonNullable<Exclude<StepSource, string>['report']>,
  path: string,
  fields: Fields,
  context: StepContext,
): Step | null {
  if (typeof written === 'string') return reportToOwner(written, path, fields, context)
  const { kind, to } = written as Partial<typeof written>
  if (kind === undefined) return null
  if (to === undefined) return reportToOwner(kind, path, fields, context)
  const told = readRecipient(to, `${path}/to`, fields, context)
  if (told === null) return null
  if (told.recipient !== null && !told.recipient.may.includes('read')) {
    fields.fault(`${path}/to`, 'recipient-right', `\`${told.name}\` may not read`, 'add `read` to the recipient’s `may:`')
    return null
  }
  return { kind: 'report', period: kind, to: told.name }
}

function reportToOwner(
  period: Extract<Step, { kind: 'report' }>['period'],
  path: string,
  fields: Fields,
  { recipients, accounts }: StepContext,
): Step | null {
  const unread = (accounts ?? []).find((account) => recipients !== null && readerOf(recipients, account) === null)
  if (unread === undefined) return { kind: 'report', period, to: null }
  const message = `nobody may read the report of ${unread}`
  fields.fault(path, 'no-recipient', message, 'name one in tetik.yaml, under `recipients:`, with `may: [read]`')
  return null
}

/** Whom `to` names; `recipient` is null where nothing says who there is. Null where there is a fault, which is then told. */
function readRecipient(
  written: string,
  path: string,
  fields: Fields,
  { vocabulary, recipients, accounts }: StepContext,
): { readonly name: string; readonly recipient: Recipient | null } | null {
  const input = vocabulary.inputs?.get(written)
  // While a blueprint is read for itself, nobody stands behind its input yet.
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
      `\`${to}\` is not told about the account ${foreign}`,
      'add it to the recipient’s `accounts:`',
    )
    return null
  }
  return { name: to, recipient }
}
