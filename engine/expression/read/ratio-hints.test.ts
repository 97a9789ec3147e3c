import { describe, expect, it } from 'vitest'

import { parseComparison } from './parse.js'

const hints = (line: string) =>
  parseComparison(line, { scope: 'adset', accounts: [{ name: 'moda-tr', currency: 'TRY', values: {} }] }).faults.map(
    ({ hint }) => hint,
  )

describe('a name of another tool', () => {
  it.each([
    ['cpl[last_7d] > 30', 'did you mean `spend[last_7d] / leads[last_7d]`?'],
    ['cost_per_purchase[7d offset 1d] > 30', 'did you mean `spend[7d offset 1d] / purchases[7d offset 1d]`?'],
    ['cost_per_link_click[6h] > 3', 'did you mean `spend[6h] / link_clicks[6h]`?'],
    ['aov[maximum] > 3', 'did you mean `revenue[maximum] / purchases[maximum]`?'],
    ['amount_spent[today] > 3', 'did you mean `spend`?'],
    ['campaign_name contains "x"', 'did you mean `campaign.name`?'],
    ['ad_set_daily_budget > 5', 'did you mean `adset.daily_budget`?'],
    ['avg(spend[today]) > 5', 'did you mean `mean`?'],
  ])('%s', (line, hint) => {
    expect(hints(line)).toEqual([hint])
  })

  it.each([
    ['cost_per_lead[last_30_days]', 'last_30d'],
    ['cpl[last_14days]', 'last_14d'],
    ['cpl[last_5d]', '5d offset 1d'],
    ['cpl[lifetime]', 'maximum'],
    ['cpl[last_24_hours]', '24h'],
    ['cpl[7days]', '7d'],
    ['cpl[2 weeks]', '14d'],
    ['cpl[7]', '7d'],
    ['cpl[mtd]', 'this_month'],
    ['cpl[last_30dd]', 'last_30d'],
    ['cost_per_inline_link_click[last_28_days]', 'last_28d'],
  ])('%s keeps the window that is meant', (metric, window) => {
    const below = metric.startsWith('cost_per_inline') ? 'link_clicks' : 'leads'
    const meant = `spend[${window}] / ${below}[${window}]`
    expect(hints(`${metric} > 30`)).toContain(`did you mean \`${meant}\`?`)
    expect(hints(`${meant} > 30`)).toEqual([])
  })

  it.each(['cpl[last_week]', 'cpl[5x]', 'cpl[last_14_days offset 7d]'])('%s has no window that is clearly meant', (metric) => {
    expect(hints(`${metric} > 30`)).toContain('`cpl` is `spend` over `leads`, each with its window')
  })

  it('with two meanings gets both explained', () => {
    expect(hints('cpp[last_7d] > 30')[0]).not.toMatch(/did you mean/)
  })
})

describe('a window of another name', () => {
  it.each([
    ['last_3_days', 'did you mean `last_3d`?'],
    ['past_30_days', 'did you mean `last_30d`?'],
    ['last_2_weeks', 'did you mean `last_14d`?'],
    ['last_5_days', 'the 5 days up to yesterday are `5d offset 1d`'],
    ['last_24_hours', 'did you mean `24h`?'],
    ['mtd', 'did you mean `this_month`?'],
    ['last_day', 'did you mean `yesterday`?'],
  ])('%s', (window, hint) => {
    expect(hints(`spend[${window}] > 5`)).toEqual([hint])
  })

  it.each(['last_week', 'this_week', 'lifetime'])(
    '%s is explained and not guessed, because it does not mean the same days everywhere',
    (window) => {
      expect(hints(`spend[${window}] > 5`)[0]).not.toMatch(/did you mean/)
    },
  )
})

describe('a window in parentheses', () => {
  it.each([
    ['spend(last_3d)', 'spend[last_3d]'],
    ['spend(7d offset 7d)', 'spend[7d offset 7d]'],
    ['spend(last_30_days)', 'spend[last_30d]'],
    ['campaign.spend(today)', 'spend[today]'],
    ['amount_spent(yesterday)', 'spend[yesterday]'],
    ['spennd(6h)', 'spend[6h]'],
    ['cpl(last_7d)', 'spend[last_7d] / leads[last_7d]'],
    ['spend(7)', 'spend[7d]'],
  ])('%s', (called, meant) => {
    expect(hints(`${called} > 5`)).toEqual([`did you mean \`${meant}\`?`])
    expect(hints(`${meant} > 5`)).toEqual([])
  })

  it.each([
    ['spend() > 5', 'the window of a metric is written in square brackets, for example `spend[last_7d]`'],
    ['daily_budget() > 5', 'did you mean `daily_budget`?'],
    ['total(spend[today]) > 5', 'did you mean `sum`?'],
  ])('%s', (line, hint) => {
    expect(hints(line)).toEqual([hint])
  })
})
