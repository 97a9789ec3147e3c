import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'

import { parseMoney, parsePercentage } from './amount.js'
import { parseComparison } from './parse.js'
import type { Vocabulary } from './vocabulary.js'

const account = (currency: string): Vocabulary => ({ scope: 'adset', accounts: [{ name: 'moda-tr', currency, values: {} }] })
const TRY = account('TRY')
const judge = (line: string, vocabulary = TRY) =>
  parseComparison(line, vocabulary).faults.map(({ code, hint }) => `${code}: ${hint ?? ''}`)

describe('a number that people of another country write', () => {
  it.each([
    ['1.250,50 TRY', 'bad-number: did you mean `1250.50 TRY`?'],
    ['1,250.50 TRY', 'bad-number: did you mean `1250.50 TRY`?'],
    ['1,250 TRY', 'bad-number: did you mean `1250 TRY` or `1.25 TRY`?'],
    ['0,250 TRY', 'bad-number: did you mean `0.250 TRY`?'],
    ['12,5 TRY', 'bad-number: did you mean `12.5 TRY`?'],
    ['1.250.000 TRY', 'bad-number: did you mean `1250000 TRY`?'],
    ['1,00,000 TRY', 'bad-number: did you mean `100000 TRY`?'],
    ['1 250 TRY', 'bad-number: did you mean `1250 TRY`?'],
    ['1\u202f250 TRY', 'bad-number: did you mean `1250 TRY`?'],
    ["1'250 TRY", 'bad-number: did you mean `1250 TRY`?'],
    ['1_250 TRY', 'bad-number: did you mean `1250 TRY`?'],
    ['1,250', 'bad-number: did you mean `1250` or `1.25`?'],
    ['1.2.3', 'bad-number: write numbers without thousands separators and with a decimal point: `1234.56`'],
    ['1k TRY', 'unknown-unit: did you mean `1000 TRY`?'],
    ['1e3 TRY', 'unknown-unit: did you mean `1000 TRY`?'],
    ['5 bin TL', 'unknown-unit: did you mean `5000 TRY`?'],
    ['TRY 250', 'unknown-unit: did you mean `250 TRY`?'],
    ['₺1.250', 'unknown-unit: did you mean `1250 TRY` or `1.25 TRY`?'],
    ['1.250 TL', 'unknown-unit: did you mean `1250 TRY` or `1.25 TRY`?'],
  ])('%s is one fault, with its possible meanings in the hint', (amount, fault) => {
    expect(judge(`spend[today] > ${amount}`)).toEqual([fault])
  })

  it('may be in a list with commas', () => {
    expect(judge('hour in [9,10,123]')).toEqual([])
    expect(judge('forecast(spend,7d) > 5 TRY')).toEqual([])
  })

  it('has its percent sign after it', () => {
    expect(judge('ctr[today] > %1.5')).toEqual(['syntax: did you mean `1.5%`?'])
  })
})

describe('an amount with exactly three digits after its point', () => {
  it.each([
    'spend[today] > 1.250 TRY',
    'spend[today] > 1.250',
    'spend[today] > -1.250 TRY',
    'cpc[today] > 1.250 TRY',
    'spend[today] between 1 TRY and 1.250 TRY',
    'spend[today] in [1.250]',
    '1.250 < spend[today]',
    'spend[today] - 1.250 TRY > 0',
    'spend[today] > 2 * 1.250 TRY',
    'sum(spend[today]) > 1.250',
    'impressions[today] > 1.250',
    'count() > 1.250',
    'spend[today] > 1234.567 TRY',
  ])('%s is refused', (line) => {
    expect(judge(line).map((fault) => fault.split(':')[0])).toEqual(['ambiguous-amount'])
  })

  it.each([
    'roas[last_7d] > 1.125',
    'frequency[7d] > 2.500',
    'cpa[today] > 1.125 * cpa[last_7d]',
    'ctr[today] > 1.250%',
    'cpc[today] < 0.125 TRY',
  ])('%s is not ambiguous', (line) => {
    expect(judge(line)).toEqual([])
  })

  test('is rejected, and both readings in the hint are accepted', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 999_999 }),
        fc.integer({ min: 0, max: 999 }),
        fc.boolean(),
        (whole, behind, named) => {
          const written = `${whole}.${String(behind).padStart(3, '0')}${named ? ' TRY' : ''}`
          const { value, faults } = parseMoney(written, TRY)
          expect(value).toBeNull()
          const offered = [...faults[0]!.hint!.matchAll(/`(.*?)`/g)].map(([, reading]) => parseMoney(reading!, TRY).value?.value)
          expect(offered).toEqual([whole * 1000 + behind, Math.round((whole + behind / 1000) * 100) / 100])
        },
      ),
    )
  })
})

describe('both readings in the hint for an amount are accepted', () => {
  const contexts = [
    'spend[today] > AMOUNT',
    'AMOUNT < spend[today]',
    'spend[today] > -AMOUNT',
    'spend[today] between 1 and AMOUNT',
    'revenue[today] in [1, AMOUNT]',
    'daily_budget = AMOUNT',
    'spend[today] - AMOUNT > 0',
    'sum(spend[today]) > AMOUNT',
    'forecast(spend, 7d) > AMOUNT',
    'spend[today] > 2 * AMOUNT',
    'cpc[today] > AMOUNT',
    'cpm[today] < AMOUNT',
    'impressions[today] > AMOUNT',
  ]
  const written = ['12.345', '1.125', '1.500', '1.005', '300000.125']
  const lines = contexts.flatMap((context) =>
    written.flatMap((amount) =>
      ['TRY', 'JPY'].flatMap((currency) => {
        const named = context.startsWith('impressions') ? [] : [[context, `${amount} ${currency}`, currency] as const]
        const bare = context.includes('*') ? [] : [[context, amount, currency] as const]
        return [...bare, ...named]
      }),
    ),
  )

  it.each(lines)('%s with %s if the account’s currency is %s', (context, amount, currency) => {
    const { faults } = parseComparison(context.replace('AMOUNT', amount), account(currency))
    expect(faults.map(({ code }) => code)).toEqual(['ambiguous-amount'])
    const [{ span, hint }] = faults as [(typeof faults)[number]]
    const readings = [...hint!.matchAll(/`(.*?)`/g)].map(([, reading]) => reading!)
    expect(readings).toHaveLength(2)
    const line = context.replace('AMOUNT', amount)
    for (const reading of readings)
      expect(judge(line.slice(0, span.start) + reading + line.slice(span.end), account(currency))).toEqual([])
  })

  it('with all their digits, compared with a cost per result', () => {
    expect(judge('cpc[today] > 12.345 TRY')).toEqual(['ambiguous-amount: did you mean `12345 TRY` or `12.3450 TRY`?'])
    expect(judge('spend[today] > 12.345 TRY')).toEqual(['ambiguous-amount: did you mean `12345 TRY` or `12.35 TRY`?'])
  })
})

describe('an amount with more decimals than its currency', () => {
  it.each([
    ['spend[today] > 0.125 TRY', 'TRY'],
    ['spend[today] > 1.2345', 'TRY'],
    ['daily_budget = 12.3456 TRY', 'TRY'],
    ['spend[today] > 1.5 JPY', 'JPY'],
    ['sum(revenue[today]) < 1.5', 'JPY'],
    ['forecast(spend, 7d) > 1.5', 'JPY'],
    ['account.spend[today] - 0.125 TRY > 1 TRY', 'TRY'],
  ])('%s is refused', (line, currency) => {
    expect(judge(line, account(currency)).map((fault) => fault.split(':')[0])).toEqual(['too-precise'])
  })

  it.each([
    ['cpc[today] > 0.1234 TRY', 'TRY'],
    ['cpm[today] > 1.5 JPY', 'JPY'],
    ['cpa[today] > 12.3456', 'TRY'],
    ['mean(spend[today]) > 12.3456', 'TRY'],
    ['spend[today] > 12.34 TRY', 'TRY'],
  ])('%s is accepted: a cost per result, or few enough decimals', (line, currency) => {
    expect(judge(line, account(currency))).toEqual([])
  })
})

describe('a bare number instead of a percentage', () => {
  it.each([
    ['percentile(cpa[last_7d]) > 0.9', '90%'],
    ['ctr[today] < 0.015', '1.5%'],
    ['ctr[today] < 0.07', '7%'],
    ['ctr[today] > -0.2', '-20%'],
    ['ctr[today] < 1.5', '1.5%'],
    ['ctr[today] < 1', '1%'],
    ['percentile(cpa[last_7d]) >= 1', '100%'],
    ['percentile(cpa[last_7d]) > 90', '90%'],
    ['1 > percentile(cpa[last_7d])', '100%'],
    ['1 - percentile(cpa[last_7d]) > 10%', '100%'],
    ['100% - percentile(cpa[last_7d]) > 1', '100%'],
  ])('%s offers %s', (line, meant) => {
    expect(judge(line)).toEqual([`unit-mismatch: did you mean \`${meant}\`?`])
  })

  it.each([
    ['percentile(cpa[last_7d]) between 0.9 and 1', ['90%', '100%']],
    ['percentile(cpa[last_7d]) in [0.5, 90]', ['0.5%', '90%']],
    ['ctr[today] between 0.5 and 2', ['0.5%', '2%']],
    ['ctr[today] between 0.5 and 1', ['0.5%', '1%']],
    ['ctr[today] between 0.005 and 0.02', ['0.5%', '2%']],
    ['ctr[today] in [0.5, 2]', ['0.5%', '2%']],
  ])('%s has all its numbers read in the same way', (line, meant) => {
    expect(judge(line)).toEqual(meant.map((one) => `unit-mismatch: did you mean \`${one}\`?`))
    const numbers = line.match(/[\d.]+(?=,|\]| and|$)/g)!
    const corrected = numbers.reduceRight(
      (text, number, index) => text.replace(new RegExp(`${number}(?=,|\\]| and|$)`), meant[index]!),
      line,
    )
    expect(judge(corrected)).toEqual([])
  })

  it.each([
    ['ctr[today] > 0.5', '`50%` or `0.5%`'],
    ['1 - ctr[today] > 90%', '`100%` or `1%`'],
  ])('%s may mean either', (line, meant) => {
    expect(judge(line)).toEqual([`unit-mismatch: did you mean ${meant}?`])
  })

  test('below 1 is a ratio: the hint offers the same share', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999 }), (thousandths) => {
        const ratio = thousandths / 1000
        const offered = /`(.*)`/.exec(parsePercentage(String(ratio)).faults[0]!.hint!)![1]!
        expect(parsePercentage(offered).value).toBeCloseTo(ratio, 12)
      }),
    )
  })
})
