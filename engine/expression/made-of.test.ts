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

  it('with two meanings is not guessed', () => {
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
    '%s is explained and not guessed, for it is not the same days everywhere',
    (window) => {
      expect(hints(`spend[${window}] > 5`)[0]).not.toMatch(/did you mean/)
    },
  )
})
