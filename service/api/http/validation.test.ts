import { describe, expect, it } from 'vitest'

import { BudgetChange } from '../shapes/change.js'
import { ProblemError } from './problem.js'
import { checker } from './validation.js'

const check = checker(BudgetChange, 'body')

function faultsOf(body: unknown): string[] {
  try {
    check(body)
    return []
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    return (error.more.errors ?? []).map(({ where, message }) => `${where} ${message}`)
  }
}

describe('a body of a union of shapes', () => {
  it('reports the errors of the shape that was meant, and not those of the others', () => {
    expect(faultsOf({ daily: { minor: 1.5, currency: 'TRY' } })).toEqual(['body/daily/minor must be integer'])
    expect(faultsOf({ lifetime: 500 })).toEqual(['body/lifetime must be object'])
  })

  it('reports the errors of all shapes if it cannot tell which was meant', () => {
    expect(faultsOf({})).toEqual(['body/daily is missing', 'body/lifetime is missing', 'body fits none of the forms it may have'])
    expect(faultsOf({ daily: 1, lifetime: 2 })).toContain('body fits none of the forms it may have')
  })
})
