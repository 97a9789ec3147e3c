import { Type } from 'typebox'

import type { Step } from '../rule.js'
import { defineStep, DELIVERED, noTemplates } from './definition.js'

const schema = Type.Enum(['any'], { description: '`any` starts even if someone else paused it' })

export const start = defineStep<Extract<Step, { kind: 'start' }>, typeof schema>({
  name: 'start',
  schema,
  bare: { kind: 'start', any: false },
  line: { pattern: /^any$/, example: 'any' },
  scopes: DELIVERED,
  read: () => ({ kind: 'start', any: true }),
  meaning: (step) => step,
  templates: noTemplates,
  words: { en: 'starting', tr: 'başlatma' },
  does: {
    en: ({ any }, { it }) =>
      any ? `starts ${it}, no matter who paused it` : `starts ${it} again if nothing else keeps it paused`,
    tr: ({ any }, { it }) =>
      any ? `${it}, kim duraklatmış olursa olsun başlatır` : `başka duraklatan yoksa ${it} yeniden başlatır`,
  },
  title: ({ any }) => (any ? 'start, even if someone else paused it' : 'start'),
  action: () => 'start',
  carriedOutAs: 'change',
  effect: 'delivery',
  claims: 'status',
})
