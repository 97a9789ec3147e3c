import { describe, expect, it } from 'vitest'

import type { Dataset } from '../facts/dataset.js'
import { factsOf } from '../facts/facts-of-dataset.js'
import { Unknown } from '../value/value.js'
import { openExport } from './open-export.js'
import { readExport, type ReadOptions } from './read-export.js'

const MIXED = 'the results are of different goals and do not add up'
const NO_VALUE = 'the data has no value for part of the window'

interface Read {
  readonly dataset: Dataset | null
  readonly faults: readonly string[]
}

function read(text: string, options: Partial<ReadOptions> = {}): Read {
  const { opened, diagnostics } = openExport({ path: 'data.csv', text })
  if (opened === null) return { dataset: null, faults: diagnostics.map(shown) }
  const { dataset, diagnostics: more } = readExport(opened, { currency: opened.currency, needed: null, result: null, ...options })
  return { dataset, faults: [...diagnostics, ...more].map(shown) }
}

const shown = ({ code, line, column }: { code: string; line: number; column: number }): string => `${code} at ${line}:${column}`

/** Returns each ad set's totals of each day: `7 2026-03-10: spend 1234, impressions 100`. */
function totalsOf({ dataset, faults }: Read): string[] {
  expect(faults).toEqual([])
  const at = Date.UTC(2026, 2, 20)
  const account = { name: 'a', id: null, currency: 'TRY', timezone: 'UTC', result: 'purchases', values: {} }
  const facts = factsOf(dataset!, { account, at, pace: 0 })
  const days = ['2026-03-10', '2026-03-11'].filter((day) => day <= (facts.knownDays()?.until ?? ''))
  return facts.entities('adset').flatMap((entity) =>
    days.map((day) => {
      const totals = [...(dataset!.measures ?? [])].map(
        (measure) => `${measure} ${JSON.stringify(facts.total(entity, measure, { since: day, until: day }))}`,
      )
      return `${entity.id ?? entity.name} ${day}: ${totals.join(', ')}`
    }),
  )
}

describe('the rows of an export', () => {
  it.each([
    ['Insights’ names', 'date_start,date_stop,adset_id,spend,impressions\n2026-03-10,2026-03-10,7,12.34,100\n'],
    [
      'English headers of Ads Manager',
      'Reporting starts,Reporting ends,Ad set ID,Amount spent (TRY),Impressions\n2026-03-10,2026-03-10,7,12.34,100\n',
    ],
    [
      'Turkish headers, semicolons, commas',
      'Raporlama başlangıcı;Raporlama bitişi;Reklam Seti Kimliği;Harcanan Tutar (TRY);Gösterim\n2026-03-10;2026-03-10;7;12,34;100\n',
    ],
    ['a plain date, tabs, a mark at the start', '\uFEFFDate\tAd set ID\tSpend\tImpressions\n10.03.2026\t7\t12.34\t100\n'],
    ['the separator in a line of its own', 'sep=;\nday;adset_id;spend;impressions\n2026-03-10;7;12,34;100\n'],
    ['a totals row at the end', 'day,adset_id,spend,impressions\n2026-03-10,7,12.34,100\n,,12.34,100\n'],
    ['a totals row that says so', 'day,adset_id,spend,impressions\n2026-03-10,7,12.34,100\n,Total,12.34,100\n'],
  ])('are the same with %s', (_, text) => {
    expect(totalsOf(read(text, { currency: 'TRY' }))).toEqual(['7 2026-03-10: spend 1234, impressions 100'])
  })

  it('are distinguished by name within the parent, and names that look the same are equal', () => {
    const text =
      'day,campaign_name,adset_name,spend\n2026-03-10,A,Kadın  25,1\n2026-03-10,A,Kadın 25 ,2\n2026-03-10,B,Kadın 25,4\n'
    const { dataset } = read(text)
    expect(dataset!.entities('adset').map(({ name, campaign }) => [name, campaign])).toEqual([
      ['Kadın 25', '["A"]'],
      ['Kadın 25', '["B"]'],
    ])
  })

  it('are distinguished by id even if the name changes, and have the latest name', () => {
    const { dataset } = read('day,adset_id,adset_name,spend\n2026-03-11,7,New,1\n2026-03-10,7,Old,1\n')
    expect(dataset!.entities('adset').map(({ id, name }) => [id, name])).toEqual([['7', 'New']])
  })

  it('that sum up days do not affect the attributes of an entity', () => {
    const head = 'Day,Campaign ID,Campaign name,Delivery,spend,Result type,Results\n'
    const day = '2026-03-10,1,A,Active,3,Purchases,2\n'
    const { dataset, faults } = read(`${head},1,B,Off,3,Leads,2\n${day}`, { currency: 'USD' })
    expect(faults).toEqual([])
    expect(dataset!.entities('campaign')).toEqual(read(`${head}${day}`, { currency: 'USD' }).dataset!.entities('campaign'))
  })

  it('have the name of each time', () => {
    const { dataset } = read('day,adset_id,adset_name,spend\n2026-03-11,7,New,1\n2026-03-10,7,Old,1\n')
    const account = { name: 'a', id: null, currency: 'TRY', timezone: 'UTC', result: 'purchases', values: {} }
    const nameOn = (day: number) => {
      const facts = factsOf(dataset!, { account, at: Date.UTC(2026, 2, day), pace: 0 })
      return facts.attribute(facts.entities('adset')[0]!, 'name')
    }
    expect([9, 10, 11, 12].map(nameOn)).toEqual(['Old', 'Old', 'New', 'New'])
  })

  it('give the attributes of each day, in any order', () => {
    const rows = ['2026-03-10,7,1,100', '2026-03-12,7,1,100', '2026-03-11,7,1,200', '2026-03-13,7,1,100']
    const budgetOn = (order: readonly string[], day: number) => {
      const { dataset } = read(`day,adset_id,spend,daily_budget\n${order.join('\n')}\n`, { currency: 'TRY' })
      const account = { name: 'a', id: null, currency: 'TRY', timezone: 'UTC', result: 'purchases', values: {} }
      const facts = factsOf(dataset!, { account, at: Date.UTC(2026, 2, day), pace: 0 })
      return facts.attribute(facts.entities('adset')[0]!, 'daily_budget')
    }
    for (const order of [rows, rows.toReversed(), rows.toSorted()]) {
      expect([10, 11, 12, 13].map((day) => budgetOn(order, day))).toEqual([10_000, 20_000, 10_000, 10_000])
    }
  })

  it('that only sum up others are left out', () => {
    const text = 'day,campaign_id,adset_id,spend\n2026-03-10,1,7,5\n2026-03-10,1,8,6\n2026-03-10,1,,11\n2026-03-10,2,,3\n,,,14\n'
    const { dataset, faults } = read(text, { currency: 'TRY' })
    expect(faults).toEqual([])
    const spends = [...dataset!.entities('campaign')].map((campaign) => [
      campaign.id,
      dataset!.dayRows(campaign).reduce((sum, { measures }) => sum + (measures['spend'] ?? 0), 0),
    ])
    expect(spends).toEqual([
      ['1', 1100],
      ['2', 300],
    ])
  })

  it('belong to the account if the file names no entities', () => {
    const { dataset, faults } = read('day,spend\n2026-03-10,1\n')
    expect([faults, dataset!.entities('campaign')]).toEqual([[], []])
  })

  it('may contain anything in columns that no rule needs', () => {
    const text = 'day,adset_id,spend,ctr,Purchases\n2026-03-10,7,1.50,what?,oops\n'
    expect(totalsOf(read(text, { needed: new Set(['spend']) }))).toEqual(['7 2026-03-10: spend 150'])
  })

  it('use the website’s column only if no column has all of them', () => {
    const both = 'day,adset_id,Website purchases,Purchases\n2026-03-10,7,1,2\n'
    expect(totalsOf(read(both))).toEqual(['7 2026-03-10: purchases 2'])
    expect(totalsOf(read('day,adset_id,Website purchases\n2026-03-10,7,1\n'))).toEqual(['7 2026-03-10: purchases 1'])
  })
})

describe('a row that is the sum of others', () => {
  const spends = (text: string): readonly (number | null)[] => {
    const { dataset, faults } = read(text, { currency: 'USD' })
    if (dataset === null) return [null]
    expect(faults).toEqual([])
    return [...dataset.entities('campaign'), null].map((own) =>
      dataset.dayRows(own).reduce((sum, { measures }) => sum + (measures['spend'] ?? 0), 0),
    )
  }

  it.each([
    ['a breakdown', 'Age,Gender,Amount spent (USD)\n,,10\n18-24,male,4\n25-34,female,6\n', [1000]],
    ['a breakdown that says so', 'Age,Amount spent (USD)\nAll,10\n18-24,4\n25-34,6\n', [1000]],
    ['two breakdowns, with sums of one', 'Age,Gender,spend\n,,10\n18-24,,4\n18-24,male,1\n18-24,female,3\n25-34,,6\n', [1000]],
    ['each campaign', 'Campaign name,Region,spend\nA,,10\nA,North,4\nA,South,6\nB,,3\nB,North,3\n', [1000, 300, 1300]],
    ['each day', 'Day,Age,spend\n2026-03-10,,10\n2026-03-10,18-24,4\n2026-03-10,25-34,6\n2026-03-11,18-24,5\n', [1500]],
    ['two days, without a date', 'Day,spend\n2026-03-10,4\n2026-03-11,6\n,10\n', [1000]],
    ['two days, by name', 'Day,spend\n2026-03-10,4\n2026-03-11,6\nTotal,10\n', [1000]],
    ['an age, but is a small part and not a total', 'Age,spend\n,1\n18-24,4\n', [500]],
    ['an age, but is a part and not a total, next to a part of zero', 'Age,spend\n,1\n18-24,4\n25-34,6\n65+,0\n', [1100]],
    [
      'the days of each campaign, with the sum of all',
      'Reporting starts,Reporting ends,Campaign name,Day,spend\n' +
        '2026-03-30,2026-03-31,,,500\n2026-03-30,2026-03-31,A,,200\n2026-03-30,2026-03-30,A,2026-03-30,90\n' +
        '2026-03-31,2026-03-31,A,2026-03-31,110\n2026-03-30,2026-03-31,B,All,300\n2026-03-31,2026-03-31,B,2026-03-31,300\n' +
        '2026-03-30,2026-03-31,Never delivered,,0\n',
      [20_000, 30_000, 50_000],
    ],
    [
      'the days of a campaign and of its ages',
      'Campaign name,Age,Day,spend\nA,,,10\nA,18-24,,4\nA,25-34,,6\nA,18-24,2026-03-30,1\nA,18-24,2026-03-31,3\nA,25-34,2026-03-31,6\n',
      [1000, 1000],
    ],
    [
      'the days of what is in a campaign',
      'Campaign name,Ad set name,Day,spend\nA,,,10\nA,x,,4\nA,y,,6\nA,x,2026-03-30,4\nA,y,2026-03-31,6\n',
      [1000, 1000],
    ],
    ['an unknown breakdown', 'Format,spend\nVideo,4\nImage,6\n,10\n', [1000]],
    ['an unknown breakdown, and is not a total', 'Ad format,spend\nVideo,4\nImage,6\n,1\n', [1100]],
    ['nothing: it is noted, and others are not', 'Day,Note,spend\n2026-03-10,,5\n2026-03-10,sale,4\n2026-03-10,,7\n', [1600]],
    ['a region, and is not a total: spend without a known region', 'Region,spend\n,1\nNorth,4\nSouth,6\n', [1100]],
    [
      'nothing: an ad set that is called so',
      'Day,Campaign name,Ad set name,spend\n2026-03-10,A,Women,4\n2026-03-10,A,All,6\n',
      [1000, 1000],
    ],
    [
      'one day, without any name',
      'date_start,date_stop,spend,clicks\n2026-03-10,2026-03-10,5,2\n2026-03-10,2026-03-10,5,2\n',
      [500],
    ],
    [
      'nothing: two parts of a day',
      'date_start,date_stop,spend,clicks\n2026-03-10,2026-03-10,5,2\n2026-03-10,2026-03-10,5,3\n',
      [1000],
    ],
    ['nothing: notes of two days', 'Day,Note,spend\n2026-03-10,,5\n2026-03-11,sale,5\n', [1000]],
  ])('counts once: of %s', (_, text, expected) => {
    expect(spends(text)).toEqual(expected)
  })

  it.each([
    ['more than its parts', 'Region,spend\n,20\nNorth,4\nSouth,6\n', 'sub-total at 2:1'],
    ...[990, 950, 900, 600, 500, 400].map((sum) => [
      `${sum} of 1000 in two parts`,
      `Age,Gender,spend,impressions\n,,${sum},49000\n18-24,male,400,20000\n25-34,female,600,30000\n`,
      'sub-total at 2:1',
    ]),
    ['near the sum of an unknown breakdown', 'Ad format,spend\nVideo,400\nImage,600\n,950\n', 'sub-total at 4:1'],
    ['less than its one part, and more than half of it', 'Age,spend\n,900\n18-24,1000\n', 'sub-total at 2:1'],
    [
      'a campaign’s, and less than its parts',
      'Campaign name,Age,Day,spend,Purchases\nB,,2026-03-31,1000,5\nB,18-24,2026-03-31,520,3\nB,25-34,2026-03-31,520,3\n',
      'sub-total at 2:1',
    ],
    [
      'a campaign’s without a day, and not the sum of its days',
      'Campaign name,Day,spend\nA,,250\nA,2026-03-30,90\nA,2026-03-31,110\n',
      'sub-total at 2:1',
    ],
    ['a campaign’s without a day, and only near it', 'Campaign name,Day,spend\nA,,200\nA,2026-03-31,199\n', 'sub-total at 2:1'],
    ['a campaign’s without a day, and has no days', 'Campaign name,Day,spend\nA,2026-03-30,90\nB,,10\n', 'bad-date at 3:3'],
    ['no sum, and without a date', 'Day,spend\n2026-03-10,4\n2026-03-11,6\n,7\n', 'bad-date at 4:1'],
    ['between others, and without a date', 'Day,spend\n2026-03-10,4\n,10\n2026-03-11,6\n', 'bad-date at 3:1'],
  ])('is an error where it is %s', (_, text, fault) => {
    expect(read(text, { currency: 'USD' }).faults).toEqual([fault])
  })
})

describe('results', () => {
  const goalsOf = (text: string) => {
    const { dataset, faults } = read(text, { currency: 'USD' })
    expect(faults).toEqual([])
    return dataset!.goalsWithin(dataset!.entities('campaign')[0]!)
  }
  const head = 'Day,Campaign name,Ad name,spend,Result type,Results\n2026-03-10,C,A,1,Purchases,3\n2026-03-10,C,B,1'

  it('without a type have the account’s goal; no results have no goal', () => {
    expect(goalsOf(`${head},,2\n`)).toEqual(['purchases', null])
    expect(goalsOf(`${head},,\n`)).toEqual(['purchases'])
    expect(goalsOf(`${head},,0\n`)).toEqual(['purchases'])
    expect(goalsOf(`${head},,N/A\n`)).toEqual(['purchases'])
    expect(goalsOf(`${head},Leads,\n`)).toEqual(['purchases', 'leads'])
  })

  it.each(['-', '–', '—', '--', 'N/A', 'n/a', '#N/A', ' '])('with the type `%s` have no type', (type) => {
    for (const results of ['-', '—', '0', '', 'N/A']) expect(goalsOf(`${head},${type},${results}\n`)).toEqual(['purchases'])
    expect(goalsOf(`${head},${type},2\n`)).toEqual(['purchases', null])
  })

  const accountResults = (text: string) => {
    const { dataset, faults } = read(text, { currency: 'USD' })
    expect(faults).toEqual([])
    const account = { name: 'a', id: null, currency: 'USD', timezone: 'UTC', result: 'purchases', values: {} }
    const facts = factsOf(dataset!, { account, at: Date.UTC(2026, 2, 20), pace: 0 })
    const results = facts.lifetimeTotal(facts.entities('account')[0]!, 'results')
    return results instanceof Unknown ? results.reason : results
  }

  it.each([
    ['Age,Result type,Results,spend\n18-24,Purchases,3,4\n25-34,Purchases,,6\n', 3],
    ['Age,Result type,Results,spend\n18-24,Purchases,3,4\n25-34,,,6\n', 3],
    ['Age,Result type,Results,spend\n18-24,Purchases,3,4\n25-34,Leads,9,6\n', MIXED],
    ['Age,Result type,Results,spend\n,mixed,,10\n18-24,Purchases,3,4\n25-34,Leads,9,6\n', MIXED],
    ['Age,Results,spend\n,,10\n18-24,3,4\n25-34,9,6\n', NO_VALUE],
    ['Age,Result type,Results,spend\n18-24,Leads,3,4\n25-34,-,-,6\n', 3],
    ['Age,Result type,Results,spend\n18-24,Leads,3,4\n25-34,N/A,N/A,6\n', NO_VALUE],
    ['Age,Result type,Results,spend\n18-24,Leads,3,4\n25-34,,N/A,6\n', NO_VALUE],
    ['Age,Result type,Results,spend\n,Purchases,12,10\n18-24,Purchases,,4\n25-34,,,6\n', 12],
  ])('of an account that is broken down: %j', (text, expected) => {
    expect(accountResults(text)).toBe(expected)
  })

  it.each([
    ['Day,Campaign name,spend,Results\n2026-03-10,A,1,\n2026-03-11,A,1,—\n', ['spend']],
    ['Day,Campaign name,spend,Results\n2026-03-10,A,1,\n2026-03-11,A,1,0\n', ['spend', 'results']],
    ['Day,Campaign name,spend,Results\n,,2,9\n2026-03-10,A,1,\n2026-03-11,A,1,\n', ['spend']],
    ['Day,Campaign name,spend,Purchases\n2026-03-10,A,1,\n', ['spend', 'purchases']],
    ['Day,Campaign name,Region,spend,Purchases\n2026-03-10,A,North,1,\n', ['spend']],
    ['Day,Campaign name,Region,spend,Reach,Purchases\n2026-03-10,A,North,1,,5\n', ['spend', 'purchases']],
  ])('and people count as missing if their column is empty: %j', (text, measures) => {
    expect([...read(text).dataset!.measures!]).toEqual(measures)
  })
})

describe('budgets', () => {
  it.each([
    ['Ad set name,Ad set budget,Ad set budget type', 'A,50,Daily', { daily_budget: 5000, budget_level: 'adset' }],
    [
      'Ad set name,Ad set budget,Ad set budget type',
      'A,"1,050.00",Lifetime',
      { lifetime_budget: 105_000, budget_level: 'adset' },
    ],
    [
      'Reklam seti adı,Reklam seti bütçesi,Reklam seti bütçesi türü',
      'A,50,Günlük',
      { daily_budget: 5000, budget_level: 'adset' },
    ],
    ['Campaign name,Ad set budget,Ad set budget type', 'A,50,Daily', { daily_budget: 5000, budget_level: 'campaign' }],
    ['Campaign name,Campaign budget,Campaign budget type', 'A,50,Daily', { daily_budget: 5000, budget_level: 'campaign' }],
    ['Ad set name,Ad set budget', 'A,50', {}],
    ['Ad set name,Ad set budget,Ad set budget type', 'A,"1,050",Daily', {}],
  ])('under %s: %s', (header, cells, expected) => {
    const { dataset } = read(`${header},spend\n${cells},1\n`, { currency: 'USD' })
    const { attributes } = dataset!.entities(header.startsWith('Campaign') ? 'campaign' : 'adset')[0]!
    expect(attributes).toEqual({ delivering: true, ...expected })
  })

  it('belong to the campaign if the row says so', () => {
    const text =
      'Campaign name,Ad set name,Ad set budget,Ad set budget type,spend\nC,A,Using campaign budget,Using campaign budget,1\n'
    const { attributes } = read(text, { currency: 'USD' }).dataset!.entities('adset')[0]!
    expect(attributes).toMatchObject({ budget_level: 'campaign', daily_budget: { reason: 'its campaign has the budget' } })
  })
})

describe('numbers', () => {
  it.each([
    ['1234.5', 123_450],
    ['"1,234.50"', 123_450],
    ['₺1234.50', 123_450],
    ['"₺1,23,456.50"', 12_345_650],
  ])('%s is read', (cell, spend) => {
    expect(totalsOf(read(`day,adset_id,spend\n2026-03-10,7,${cell}\n`, { currency: 'TRY' }))).toEqual([
      `7 2026-03-10: spend ${spend}`,
    ])
  })

  it('of a currency without minor units have no fractions', () => {
    const text = 'day,adset_id,spend\n2026-03-10,7,"1,234"\n2026-03-11,7,Rp1.500\n'
    expect(totalsOf(read(text.split('\n2026-03-11')[0]!, { currency: 'IDR' }))).toEqual(['7 2026-03-10: spend 1234'])
    expect(read(text, { currency: 'IDR' }).faults).toEqual(['ambiguous-number at 3:14'])
  })

  it('that are unknown are not zero', () => {
    expect(totalsOf(read('day,adset_id,spend\n2026-03-10,7,N/A\n2026-03-11,7,—\n', { currency: 'TRY' }))).toEqual([
      '7 2026-03-10: spend {"reason":"the data has no value for part of the window"}',
      '7 2026-03-11: spend 0',
    ])
  })

  it('that are ambiguous are read like another number of their column', () => {
    const text = 'day;adset_id;spend\n2026-03-10;7;1.234\n2026-03-11;7;5,5\n'
    expect(totalsOf(read(text, { currency: 'TRY' }))).toEqual(['7 2026-03-10: spend 123400', '7 2026-03-11: spend 550'])
  })
})

describe('errors are reported with their place', () => {
  it.each([
    ['an empty file', '', 'empty-file at 1:1'],
    ['a spreadsheet', 'PK\u0003\u0004\u0000\u0000', 'not-text at 1:1'],
    ['no metric', 'a,b\n1,2\n', 'no-columns at 1:1'],
    ['an amount that can be read in two ways', 'day;adset_id;spend\n2026-03-10;7;1.234\n', 'ambiguous-number at 2:14'],
    ['two decimal marks', 'day;adset_id;spend\n2026-03-10;7;1.5\n2026-03-11;7;1,5\n', 'ambiguous-number at 3:14'],
    ['text for a number', 'day,adset_id,spend\n2026-03-10,7,many\n', 'bad-number at 2:14'],
    ['spend below zero', 'day,adset_id,spend\n2026-03-10,7,-1\n', 'bad-number at 2:14'],
    ['an invalid day', 'day,adset_id,spend\n2026-02-30,7,1\n', 'bad-date at 2:1'],
    ['an ambiguous order of day and month', 'day,adset_id,spend\n03/04/2026,7,1\n', 'ambiguous-date at 2:1'],
    ['a row that ends before it begins', 'date_start,date_stop,adset_id,spend\n2026-03-10,2026-03-09,7,1\n', 'bad-date at 2:12'],
    [
      'a day that would count twice',
      'date_start,date_stop,adset_id,spend\n2026-03-10,2026-03-12,7,1\n2026-03-11,2026-03-11,7,1\n',
      'overlap at 3:1',
    ],
    ['a start without an end', 'date_start,adset_id,spend\n2026-03-10,7,1\n', 'unknown-end at 1:1'],
    ['an unknown header for the end', 'Rapor Başlangıcı,Rapor Kapanışı,Kampanya Adı,Harcanan Tutar\n', 'unknown-end at 1:1'],
    ['two days in one cell', 'Day,adset_id,spend\n2026-03-01 - 2026-03-31,7,1\n', 'bad-date at 2:1'],
    [
      'two names for one id',
      'day,adset_id,adset_name,spend\n2026-03-10,7,A,1\n2026-03-11,7,A,1\n2026-03-10,7,B,1\n',
      'two-names at 4:14',
    ],
    ['German headers', 'Tag;Kampagnenname;Ausgegebener Betrag (EUR);Impressionen\n', 'foreign-language at 1:1'],
    ['an id that a spreadsheet shortened', 'day,adset_id,spend\n2026-03-10,2.38E+16,1\n', 'mangled-id at 2:12'],
    ['an ad in two ad sets', 'day,adset_id,ad_id,spend\n2026-03-10,7,1,1\n2026-03-11,8,1,1\n', 'contradiction at 3:14'],
    [
      'two currencies',
      'day,adset_id,Amount spent (TRY),Purchases conversion value (USD)\n2026-03-10,7,1,1\n',
      'contradiction at 1:33',
    ],
    [
      'another currency in a row',
      'day,adset_id,currency,spend\n2026-03-10,7,TRY,1\n2026-03-11,7,USD,1\n',
      'contradiction at 3:14',
    ],
    ['a cell in another currency', 'day,adset_id,Amount spent (TRY)\n2026-03-10,7,$7\n', 'contradiction at 2:14'],
    [
      'a row of a campaign next to others of its ad sets',
      'day,campaign_id,adset_id,spend\n2026-03-10,1,7,5\n2026-03-10,1,,6\n',
      'sub-total at 3:1',
    ],
    ['a row that was cut off', 'day,adset_id,spend\n2026-03-10,7,1\n2026-03', 'ragged-row at 3:1'],
    ['a number that was not quoted', 'day,adset_id,spend\n2026-03-10,7,1,234.50\n', 'ragged-row at 2:14'],
    ['a second row without a name', 'day,adset_id,spend\n2026-03-10,7,1\n2026-03-10,,1\n2026-03-11,,1\n', 'nameless-row at 4:1'],
    ['two columns of one measure', 'day,adset_id,spend,Spend\n2026-03-10,7,1,1\n', 'duplicate-column at 1:20'],
    ['a quote that is never closed', 'day,adset_id,spend\n2026-03-10,"7,1\n', 'unclosed-quote at 2:12'],
  ])('%s', (_, text, fault) => {
    const { dataset, faults } = read(text)
    expect([dataset, faults[0]]).toEqual([null, fault])
  })

  it('and so are results that contradict --result', () => {
    const text = 'day,adset_id,results,leads,spend\n2026-03-10,7,3,4,1\n'
    expect(read(text, { result: 'leads' }).faults).toEqual(['contradiction at 2:14'])
  })

  it('a totals row that is not the sum is a warning', () => {
    const { dataset, faults } = read('day,adset_id,spend\n2026-03-10,7,10\n,,99\n', { currency: 'TRY' })
    expect([dataset === null, faults]).toEqual([false, ['totals-differ at 3:1']])
  })
})
