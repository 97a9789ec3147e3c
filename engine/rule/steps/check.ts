import { readCondition } from '../parts/condition.js'
import { condition } from '../parts/schema-parts.js'
import type { Step } from '../rule.js'
import { leavesOf } from '../walk.js'
import { defineStep, noTemplates } from './definition.js'

const schema = condition('Continues only if this is true then')

export const check = defineStep<Extract<Step, { kind: 'check' }>, typeof schema>({
  name: 'check',
  schema,
  bare: null,
  line: { pattern: /./, example: 'roas[last_3d] > 2' },
  scopes: null,
  read: (written, { index, fields }, { vocabulary }) => {
    const read = readCondition(fields.file, written as Parameters<typeof readCondition>[1], `then[${index}].check`, vocabulary)
    return read && { kind: 'check', condition: read }
  },
  meaning: (step, of) => ({ ...step, condition: of.condition(step.condition) }),
  templates: noTemplates,
  words: { en: 'the check', tr: 'koşul kontrolü' },
  title: (step) => `check ${[...leavesOf(step.condition)].map(({ text }) => text).join(', ')}`,
  action: null,
  carriedOutAs: 'check',
  effect: 'none',
  claims: null,
})
