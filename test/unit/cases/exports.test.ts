import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { runTests } from '../../../cli/data/run-tests.js'
import { evaluateCase } from './evaluate-case.js'

const MARCH = { at: '2026-03-31 23:00', timezone: 'UTC' }

describe('names with repeated spaces', () => {
  it('are treated the same by every evaluator', async () => {
    const options = { at: '2026-03-10 12:00', rules: 's.yaml' }
    expect(await evaluateCase('eval-vs-live-spaces', 's.csv', options)).toEqual(['a1 TR | Moda Yaz fire "TR | Moda Yaz"'])
    const folder = join(import.meta.dirname, 'eval-vs-live-spaces')
    const { files } = await runTests(['s.test.yaml'], folder)
    expect(files.flatMap(({ results }) => results.map(({ failures }) => failures))).toEqual([[]])
  })
})

describe('a totals row', () => {
  it.each([
    ['age.csv', 1000],
    ['day.csv', 200],
    ['dayage.csv', 200],
    ['acctday.csv', 200],
    ['acct1day.csv', 200],
    ['unknown-breakdown.csv', 200],
    ['days-without-day.csv', 200],
  ])('of %s counts once', async (file, spend) => {
    expect(await evaluateCase('totals-doubled', file, MARCH)).toEqual([`month-spend account hold ${spend}`])
  })
})

describe('the column with a row’s last day', () => {
  const options = { at: '2026-03-01 23:00', timezone: 'Europe/Istanbul' }

  it.each(['month.csv', 'month-bitis.csv'])('is read in %s, so that a month does not count as a day', async (file) => {
    expect(await evaluateCase('tr-rapor-sonu', file, options)).toEqual([
      'dun-cok-harcadi Yaz unknown null',
      'dun-cok-harcadi Kış unknown null',
      'ay Yaz unknown null',
      'ay Kış unknown null',
    ])
  })

  it('is required', async () => {
    expect(await evaluateCase('tr-rapor-sonu', 'unknown-end.csv', options)).toEqual(['unknown-end'])
  })
})

describe('results', () => {
  it('of an empty column are not zero', async () => {
    expect(await evaluateCase('results-column-empty', 'region.csv', MARCH)).toEqual(['missing-column'])
  })

  it.each(['ads.csv', 'ads-typed.csv'])('without a type and a count in %s do not count as another goal', async (file) => {
    const options = { at: '2026-04-26 12:00', timezone: 'UTC' }
    expect(await evaluateCase('result-type-blank', file, options)).toEqual(['high Camp fire 100900 2018'])
  })
})

describe('headers of Ads Manager', () => {
  it.each(['export.csv', 'adname.csv', 'reklamlar.csv'])('of an ad’s name are recognised in %s', async (file) => {
    expect(await evaluateCase('ads-header', file, MARCH)).toEqual([
      'kill Hook A hold 40 10',
      'kill Hook B fire 50 {"atLeast":50}',
    ])
  })

  it('of budgets are recognised, with their type', async () => {
    expect(await evaluateCase('adset-budget-columns', 'export.csv', MARCH)).toEqual([
      'nearly-spent Women 25-44 fire 40',
      'nearly-spent Men 25-44 unknown 48',
    ])
  })
})
