import { Type } from 'typebox'

import { closed, template } from '../parts/schema-parts.js'
import { parseTemplate } from '../parts/template.js'
import type { Step } from '../rule.js'
import { defineStep, DELIVERED } from './definition.js'

const schema = Type.Object(
  {
    name: Type.Optional(template('Name of the copy', '{adset.name} | copy')),
    status: Type.Optional(
      Type.Enum(['paused', 'active'], {
        description: 'By default paused; only a copy of an ad can be active',
      }),
    ),
  },
  closed,
)

export const duplicate = defineStep<Extract<Step, { kind: 'duplicate' }>, typeof schema>({
  name: 'duplicate',
  schema,
  bare: { kind: 'duplicate', name: null, status: 'paused' },
  line: { pattern: /^$/, example: '{ name: "{name} | copy" }' },
  scopes: DELIVERED,
  read: ({ name, status = 'paused' }, { path, fields }, { vocabulary, scope }) => {
    const read = fields.read(`${path}/name`, name, (text) => parseTemplate(text, vocabulary))
    // Its children are copied paused as well: an active copy would deliver nothing.
    if (status === 'active' && scope !== null && scope !== 'ad') {
      const message = `a copy of an \`ad\` can be active, one of scope \`${scope}\` cannot: everything under it is copied paused`
      fields.fault(`${path}/status`, 'wrong-scope', message, 'leave `status` out, and start the copy after you have looked at it')
      return null
    }
    return name !== undefined && read === null ? null : { kind: 'duplicate', name: read, status }
  },
  meaning: (step, of) => ({ ...step, name: step.name && of.template(step.name) }),
  templates: ({ name }) => (name === null ? [] : [name]),
  words: { en: 'copying', tr: 'çoğaltma' },
  title: ({ status }) => (status === 'active' ? 'duplicate, and start the copy' : 'duplicate'),
  action: () => 'duplicate',
  carriedOutAs: 'change',
  effect: 'spend',
  claims: null,
})
