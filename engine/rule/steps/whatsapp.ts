import { Type } from 'typebox'

import { closed, template, text } from '../parts/schema-parts.js'
import type { Step } from '../rule.js'
import { defineStep } from './definition.js'
import { readMessage } from './read-message.js'

const schema = Type.Object(
  {
    to: text('A recipient of tetik.yaml', 'owner'),
    text: template('The message', '{adset.name} paused: CPA {cpa[last_3d]}'),
  },
  closed,
)

export const whatsapp = defineStep<Extract<Step, { kind: 'whatsapp' }>, typeof schema>({
  name: 'whatsapp',
  schema,
  bare: null,
  line: { pattern: /^$/, example: '{ to: owner, text: "{name}" }' },
  scopes: null,
  read: (written, { path, fields }, context) => {
    const message = readMessage(written, path, fields, context)
    return message && { kind: 'whatsapp', ...message }
  },
  meaning: (step, of) => ({ ...step, text: undefined, message: of.template(step.text) }),
  templates: (step) => [step.text],
  words: { en: 'the message', tr: 'mesaj' },
  does: {
    en: ({ to }, { quoted }) => `writes to ${quoted(to)} on WhatsApp`,
    tr: ({ to }, { quoted }) => `WhatsApp’tan ${quoted(to)} kişisine yazar`,
  },
  title: ({ to }) => `whatsapp to ${to}`,
  action: null,
  carriedOutAs: 'message',
  effect: 'notice',
  claims: null,
})
