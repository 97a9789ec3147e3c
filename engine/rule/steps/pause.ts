import { defineBareStep, DELIVERED, noTemplates } from './definition.js'

export const pause = defineBareStep<{ readonly kind: 'pause' }>({
  name: 'pause',
  bare: { kind: 'pause' },
  scopes: DELIVERED,
  meaning: (step) => step,
  templates: noTemplates,
  words: { en: 'pausing', tr: 'duraklatma' },
  does: {
    en: (_, { it }) => `pauses ${it}`,
    tr: (_, { it }) => `${it} duraklatır`,
  },
  title: () => 'pause',
  action: () => 'pause',
  carriedOutAs: 'change',
  effect: 'delivery',
  claims: 'status',
})
