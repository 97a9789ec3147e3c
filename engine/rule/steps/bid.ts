import { readChange } from '../parts/amount-change.js'
import { amountChange } from '../parts/schema-parts.js'
import type { Step } from '../rule.js'
import { amountInSymbols } from './amount-in-symbols.js'
import { defineStep, noTemplates } from './definition.js'

const schema = amountChange('bid')

export const bid = defineStep<Extract<Step, { kind: 'bid' }>, typeof schema>({
  name: 'bid',
  schema,
  bare: null,
  line: { pattern: /^([+-]\s*[\d.]+\s*%|[\d.]+\s*[A-Z]{3})$/, example: '+15%' },
  scopes: ['adset'],
  read: (written, { path, fields }, { vocabulary }) => {
    const change = readChange(written, 'bid', path, fields, vocabulary)
    return change && { kind: 'bid', ...change }
  },
  meaning: (step) => step,
  templates: noTemplates,
  words: { en: 'changing the bid', tr: 'teklif değişikliği' },
  does: {
    en: ({ change, min, max }, words) => words.change(change, { min, max }, `${words.its} bid`),
    tr: ({ change, min, max }, words) => words.change(change, { min, max }, `${words.its} teklifini`),
  },
  title: ({ change }) => `bid ${amountInSymbols(change, 1)}`,
  action: ({ change }) => `bid ${amountInSymbols(change, 2)}`,
  carriedOutAs: 'change',
  effect: 'spend',
  claims: 'bid',
})
