import { Type } from 'typebox'

import { readerOf } from '../../account/reader.js'
import type { Fields } from '../../document/fields.js'
import { REPORT_PERIODS } from '../../value/period.js'
import { closed, text } from '../parts/schema-parts.js'
import type { Step } from '../rule.js'
import { defineStep, noTemplates, type StepContext } from './definition.js'
import { readRecipient } from './read-message.js'

type ReportStep = Extract<Step, { kind: 'report' }>
type Period = ReportStep['period']

const schema = Type.Union(
  [
    Type.Enum([...REPORT_PERIODS], { description: 'Of yesterday, or of the last week from Monday to Sunday' }),
    Type.Object(
      {
        kind: Type.Enum([...REPORT_PERIODS], {
          description: 'Of yesterday, or of the last week from Monday to Sunday',
        }),
        to: Type.Optional(text('A recipient of tetik.yaml who may read; by default the account’s owner', 'owner')),
      },
      closed,
    ),
  ],
  { examples: ['daily'] },
)

export const report = defineStep<ReportStep, typeof schema>({
  name: 'report',
  schema,
  bare: null,
  line: { pattern: /^(daily|weekly)$/, example: 'daily' },
  scopes: null,
  read: (written, { path, fields }, context) => readReport(written, path, fields, context),
  meaning: (step) => step,
  templates: noTemplates,
  words: { en: 'the report', tr: 'rapor' },
  title: ({ period, to }) => `${period} report${to === null ? '' : ` to ${to}`}`,
  action: null,
  carriedOutAs: 'message',
  effect: 'notice',
  claims: null,
})

/** Reads `report: daily`, or the form with a recipient. Null if there is an error, which is then reported. */
function readReport(
  written: string | { readonly kind?: Period | undefined; readonly to?: string | undefined },
  path: string,
  fields: Fields,
  context: StepContext,
): ReportStep | null {
  if (typeof written === 'string') return reportToOwner(written as Period, path, fields, context)
  const { kind, to } = written
  if (kind === undefined) return null
  if (to === undefined) return reportToOwner(kind, path, fields, context)
  const reader = readRecipient(to, `${path}/to`, fields, context)
  if (reader === null) return null
  if (reader.recipient !== null && !reader.recipient.may.includes('read')) {
    fields.fault(`${path}/to`, 'recipient-right', `\`${reader.name}\` may not read`, 'add `read` to the recipient’s `may:`')
    return null
  }
  return { kind: 'report', period: kind, to: reader.name }
}

function reportToOwner(period: Period, path: string, fields: Fields, { recipients, accounts }: StepContext): ReportStep | null {
  const unread = (accounts ?? []).find((account) => recipients !== null && readerOf(recipients, account) === null)
  if (unread === undefined) return { kind: 'report', period, to: null }
  const message = `nobody may read the report of ${unread}`
  fields.fault(path, 'no-recipient', message, 'name one in tetik.yaml, under `recipients:`, with `may: [read]`')
  return null
}
