import { template } from '../parts/schema-parts.js'
import { parseTemplate } from '../parts/template.js'
import type { Step } from '../rule.js'
import { defineStep, DELIVERED } from './definition.js'

const schema = template('The new name', '{adset.name} | tired')

export const rename = defineStep<Extract<Step, { kind: 'rename' }>, typeof schema>({
  name: 'rename',
  schema,
  bare: null,
  line: { pattern: /./, example: '"{name} | tired"' },
  scopes: DELIVERED,
  read: (written, { path, fields }, { vocabulary }) => {
    const name = fields.read(path, written, (text) => parseTemplate(text, vocabulary))
    return name && { kind: 'rename', name }
  },
  meaning: (step, of) => ({ ...step, name: of.template(step.name) }),
  templates: ({ name }) => [name],
  words: { en: 'renaming', tr: 'yeniden adlandırma' },
  does: {
    en: (_, { it }) => `renames ${it}`,
    tr: (_, { it }) => `${it} yeniden adlandırır`,
  },
  title: () => 'rename',
  action: () => 'rename',
  carriedOutAs: 'change',
  effect: 'label',
  claims: 'name',
})
