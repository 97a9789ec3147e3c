import { readChange } from '../parts/amount-change.js'
import { amountChange } from '../parts/schema-parts.js'
import type { Step } from '../rule.js'
import { amountInSymbols } from './amount-in-symbols.js'
import { defineStep, noTemplates } from './definition.js'

const schema = amountChange('budget')

export const budget = defineStep<Extract<Step, { kind: 'budget' }>, typeof schema>({
  name: 'budget',
  schema,
  bare: null,
  line: { pattern: /^([+-]\s*[\d.]+\s*%|[\d.]+\s*[A-Z]{3})$/, example: '+15%' },
  scopes: ['campaign', 'adset'],
  read: (written, { path, fields }, { vocabulary }) => {
    const change = readChange(written, 'budget', path, fields, vocabulary)
    return change && { kind: 'budget', ...change }
  },
  meaning: (step) => step,
  templates: noTemplates,
  words: { en: 'changing the budget', tr: 'bütçe değişikliği' },
  does: {
    en: ({ change, min, max }, words) => words.change(change, { min, max }, `${words.its} budget`),
    tr: ({ change, min, max }, words) => words.change(change, { min, max }, `${words.its} bütçesini`),
  },
  title: ({ change }) => `budget ${amountInSymbols(change, 1)}`,
  action: ({ change }) => `budget ${amountInSymbols(change, 2)}`,
  carriedOutAs: 'change',
  effect: 'spend',
  claims: 'budget',
})
