import { expect, test } from 'vitest'

import { type ReasonCode, SENTENCES } from './reason-sentences.js'
import { fact, reasonOf, reasonText } from './reason.js'

const options = { currency: 'TRY', zone: 'Europe/Istanbul' } as const

test('a reason is a sentence in either language, with its numbers', () => {
  const reason = reasonOf('ceiling', { total: fact.money(1600000), limit: fact.money(1500000) })
  expect(reasonText(reason, { ...options, language: 'tr' })).toBe(
    'Hesabın günlük bütçe toplamı ₺16.000,00 olur; tavan ₺15.000,00.',
  )
  expect(reasonText(reason, { ...options, language: 'en' }).replace(/\u00a0/g, ' ')).toBe(
    'The account’s daily budgets would add up to TRY 16,000.00, above the ceiling of TRY 15,000.00.',
  )
})

test('a name that looks like a placeholder is not replaced', () => {
  const reason = reasonOf('protect', { name: fact.text('{pattern}'), pattern: fact.text('*') })
  expect(reasonText(reason, { ...options, language: 'en' })).toBe('“{pattern}” is protected by “*”.')
})

test('every reason is a complete sentence in both languages, with the same facts', () => {
  for (const [code, { en, tr }] of Object.entries(SENTENCES) as [ReasonCode, { en: string; tr: string }][]) {
    const names = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort()
    expect(names(tr), code).toEqual(names(en))
    for (const sentence of [en, tr]) expect(sentence, code).toMatch(/^[“{\p{Lu}].*\.$/u)
  }
})
