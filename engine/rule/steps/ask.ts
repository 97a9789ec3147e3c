import { Type } from 'typebox'

import type { Fields } from '../../document/fields.js'
import { closed, quantity, template, text } from '../parts/schema-parts.js'
import type { Step } from '../rule.js'
import { defineStep, type StepContext } from './definition.js'
import { parsePause } from './parse-pause.js'
import { readMessage } from './read-message.js'

/** How long it waits for an answer if the step does not say, in milliseconds. */
const ANSWER_WITHIN = 24 * 3_600_000

const schema = Type.Object(
  {
    to: text('A recipient of tetik.yaml who may approve', 'owner'),
    text: template('The question', 'Raise the budget of {adset.name}?'),
    within: Type.Optional(quantity('How long to wait for the answer', '12h')),
  },
  closed,
)

export const ask = defineStep<Extract<Step, { kind: 'ask' }>, typeof schema>({
  name: 'ask',
  schema,
  bare: null,
  line: { pattern: /^$/, example: '{ to: owner, text: "{name}" }' },
  scopes: null,
  read: (written, { path, fields }, context) => {
    const message = readMessage(written, path, fields, context)
    const pause = fields.read(`${path}/within`, written.within, (text) => parsePause(text, context.vocabulary))
    if (message !== null) refuseUnableToApprove(message.to, path, fields, context)
    return message && { kind: 'ask', ...message, within: pause ?? ANSWER_WITHIN }
  },
  meaning: (step, of) => ({ ...step, text: undefined, message: of.template(step.text) }),
  templates: (step) => [step.text],
  words: { en: 'the question', tr: 'onay isteği' },
  title: ({ to }) => `ask ${to}`,
  action: () => 'ask about',
  carriedOutAs: 'ask',
  effect: 'notice',
  claims: null,
})

function refuseUnableToApprove(to: string, path: string, fields: Fields, { recipients }: StepContext): void {
  const recipient = recipients?.find(({ name }) => name === to)
  if (recipient === undefined || recipient.may.includes('approve')) return
  fields.fault(`${path}/to`, 'recipient-right', `\`${to}\` may not approve`, 'add `approve` to the recipient’s `may:`')
}
