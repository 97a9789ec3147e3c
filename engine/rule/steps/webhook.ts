import { Type } from 'typebox'

import { parseVariable } from '../../account/account-name.js'
import type { YamlNode } from '../../document/yaml-file.js'
import { readJsonTemplate } from '../parts/json-template.js'
import { closed, text } from '../parts/schema-parts.js'
import type { JsonTemplate, Step, Template } from '../rule.js'
import { defineStep } from './definition.js'

const schema = Type.Object(
  {
    url: text('Name of the environment variable that holds the address', '$SLACK_WEBHOOK'),
    body: Type.Optional(
      Type.Unsafe<YamlNode>({
        $ref: '#/$defs/json',
        description: 'What is sent as JSON; expressions are in braces. By default the decision itself',
      }),
    ),
  },
  closed,
)

export const webhook = defineStep<Extract<Step, { kind: 'webhook' }>, typeof schema>({
  name: 'webhook',
  schema,
  bare: null,
  line: { pattern: /^$/, example: '{ url: $SLACK_WEBHOOK }' },
  scopes: null,
  read: ({ url, body }, { path, fields }, { vocabulary }) => {
    const urlVariable = fields.read(`${path}/url`, url, (text) => parseVariable(text, '$SLACK_WEBHOOK'))
    const json = body === undefined ? null : readJsonTemplate(fields.file, body, vocabulary)
    return urlVariable === null || (body !== undefined && json === null) ? null : { kind: 'webhook', urlVariable, body: json }
  },
  meaning: (step, of) => ({ ...step, body: of.json(step.body) }),
  templates: ({ body }) => (body === null ? [] : textsOf(body)),
  words: { en: 'the webhook', tr: 'webhook' },
  does: {
    en: ({ urlVariable }, { quoted }) => `calls the webhook ${quoted(urlVariable)}`,
    tr: ({ urlVariable }, { quoted }) => `${quoted(urlVariable)} webhook’unu çağırır`,
  },
  title: ({ urlVariable }) => `webhook ${urlVariable}`,
  action: null,
  carriedOutAs: 'webhook',
  effect: 'notice',
  claims: null,
})

function* textsOf(json: JsonTemplate): Generator<Template> {
  if (json.kind === 'text') yield json.text
  if (json.kind === 'list') for (const item of json.items) yield* textsOf(item)
  if (json.kind === 'object') for (const member of Object.values(json.members)) yield* textsOf(member)
}
