import fc from 'fast-check'
import { expect, it } from 'vitest'

import { openExport } from './open-export.js'
import { readExport } from './read-export.js'

function spendOf(lines: readonly string[]): number | null {
  const { opened } = openExport({ path: 'data.csv', text: `${lines.join('\n')}\n` })
  const { dataset } = readExport(opened!, { currency: 'USD', needed: null, result: null })
  return dataset === null ? null : dataset.dayRows(null).reduce((sum, { measures }) => sum + (measures['spend'] ?? 0), 0)
}

/** Columns that distinguish the rows, and their values. */
const SPLITS = [
  { columns: ['Age'], values: ['18-24', '25-34', '35-44', '45-54'].map((age) => [age]) },
  {
    columns: ['Yaş', 'Cinsiyet'],
    values: ['18-24', '25-34'].flatMap((age) => ['male', 'female'].map((gender) => [age, gender])),
  },
  { columns: ['Some new breakdown'], values: ['a', 'b', 'c', 'd'].map((value) => [value]) },
  { columns: ['Account name', 'Region'], values: ['North', 'South', 'East', 'West'].map((region) => ['Moda', region]) },
  { columns: ['Day'], values: ['2026-03-10', '2026-03-11', '2026-03-12', '2026-03-13'].map((day) => [day]) },
  { columns: ['Campaign name'], values: ['A', 'B', 'C', 'D'].map((name) => [name]) },
  { columns: ['Campaign name', 'Age'], values: ['A', 'B'].flatMap((name) => ['18-24', '25-34'].map((age) => [name, age])) },
] as const

it('a totals row changes nothing, first or last, whatever the rows are split by', () => {
  const amounts = fc.array(fc.integer({ min: 100, max: 1_000_000 }), { minLength: 2, maxLength: 4 })
  fc.assert(
    fc.property(fc.constantFrom(...SPLITS), amounts, fc.boolean(), fc.boolean(), (split, cents, isFirst, hasRange) => {
      const range = hasRange ? ',2026-03-10,2026-03-13' : ''
      const line = (values: readonly string[], amount: number): string =>
        `${values.join(',')},${(amount / 100).toFixed(2)},${amount}${range}`
      const header = `${split.columns.join(',')},Amount spent (USD),Impressions${hasRange ? ',Reporting starts,Reporting ends' : ''}`
      const rows = cents.map((amount, index) => line(split.values[index]!, amount))
      const sum = cents.reduce((total, amount) => total + amount, 0)
      const totals = line(
        split.columns.map(() => ''),
        sum,
      )
      expect(spendOf([header, ...rows])).toBe(sum)
      expect(spendOf([header, ...(isFirst ? [totals, ...rows] : [...rows, totals])])).toBe(sum)
    }),
    { numRuns: 300 },
  )
})
