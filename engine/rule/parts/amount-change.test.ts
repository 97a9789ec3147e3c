import { describe, expect, it } from 'vitest'

import type { Vocabulary } from '../../expression/read/vocabulary.js'
import { parseChange } from './amount-change.js'

const TRY: Vocabulary = { scope: 'adset', accounts: [{ name: 'moda-tr', currency: 'TRY', values: {} }] }

describe('a change of a budget', () => {
  it.each([
    ['15', 'did you mean `+15%`, `-15%` or `15 TRY`?'],
    ['100', 'did you mean `+100%`, `-100%` or `100 TRY`?'],
    ['0.15', 'did you mean `+15%`, `-15%` or `0.15 TRY`?'],
    ['1.2', 'did you mean `+20%`, `-20%` or `1.2 TRY`?'],
    ['15%', 'did you mean `+15%` or `-15%`?'],
    ['%15', 'did you mean `+15%` or `-15%`?'],
    ['+15', 'did you mean `+15%`?'],
    ['-0.2', 'did you mean `-20%`?'],
    ['+%15', 'did you mean `+15%`?'],
    ['1.2 * spend[yesterday]', 'for example `+15%`, `-20%`, `500 TRY`'],
  ])('%s is an error that asks what is meant', (text, hint) => {
    expect(parseChange(text, 'budget', TRY)).toMatchObject({ value: null, faults: [{ code: 'bad-budget', hint }] })
  })

  it.each([
    ['+15%', { kind: 'relative', ratio: 0.15 }],
    ['15 TRY', { kind: 'absolute', amount: { value: 15, currency: 'TRY' } }],
    ['500', { kind: 'absolute', amount: { value: 500, currency: null } }],
  ])('%s is a valid change', (text, change) => {
    expect(parseChange(text, 'budget', TRY)).toEqual({ value: change, faults: [] })
  })
})
