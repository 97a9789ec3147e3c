import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { didYouMean, editDistance, nearestName } from './nearest.js'

describe('editDistance', () => {
  it.each([
    ['', '', 0],
    ['abc', '', 3],
    ['spend', 'spedn', 1],
    ['cpa', 'cpaa', 1],
    ['last_3d', 'last_7d', 1],
    ['kitten', 'sitting', 3],
  ])('%s and %s are %i apart', (left, right, distance) => {
    expect(editDistance(left, right)).toBe(distance)
  })

  it('is symmetric, zero only for equal words, and at most the length of the longer word', () => {
    const word = fc.string({ maxLength: 12 })
    fc.assert(
      fc.property(word, word, (left, right) => {
        const distance = editDistance(left, right)
        expect(distance).toBe(editDistance(right, left))
        expect(distance === 0).toBe(left === right)
        expect(distance).toBeLessThanOrEqual(Math.max(left.length, right.length))
      }),
    )
  })
})

describe('nearestName', () => {
  const names = ['spend', 'cpa', 'cpc', 'cpm', 'purchases', 'last_7d', 'last_3d', 'ACTIVE']

  it('finds the name behind a typing error', () => {
    expect(nearestName('spned', names)).toBe('spend')
    expect(nearestName('purchase', names)).toBe('purchases')
    expect(nearestName('lats_7d', names)).toBe('last_7d')
  })

  it('finds a name in another case', () => {
    expect(nearestName('active', names)).toBe('ACTIVE')
  })

  it('returns null if no name is close', () => {
    expect(nearestName('weather', names)).toBeNull()
    expect(nearestName('x', names)).toBeNull()
    expect(nearestName('', names)).toBeNull()
    expect(nearestName('s'.repeat(100_000), names)).toBeNull()
  })

  it('is suggested as a question', () => {
    expect(didYouMean('cpaa', names)).toBe('did you mean `cpa`?')
    expect(didYouMean('weather', names)).toBeUndefined()
  })
})

describe('a synonym', () => {
  const steps = ['pause', 'start', 'duplicate', 'budget', 'whatsapp']

  it.each([
    ['unpause', steps, 'start'],
    ['resume', steps, 'start'],
    ['stop', steps, 'pause'],
    ['notify', steps, 'whatsapp'],
    ['Increase Budget', steps, 'budget'],
    ['if', ['id', 'when', 'then'], 'when'],
    ['purchase_roas', ['purchases', 'roas'], 'roas'],
    ['cost_per_result', ['cpa', 'cpc'], 'cpa'],
    ['reklam seti', ['ad', 'adset', 'campaign'], 'adset'],
    ['Bütçe', ['daily_budget', 'spend'], 'daily_budget'],
  ])('%s', (word, candidates, meant) => {
    expect(didYouMean(word, candidates)).toBe(`did you mean \`${meant}\`?`)
  })

  it('is suggested only where its word is allowed', () => {
    expect(didYouMean('resume', ['pause', 'duplicate'])).toBeUndefined()
  })

  it('is never the opposite, and never another abbreviation', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('pause', 'ACTIVE', 'archived', 'approved', 'enabled'),
        fc.constantFrom('un', 'in', 'dis', 'de', 'not_', 'non-'),
        (word, negation) => {
          expect(nearestName(negation + word.toLowerCase(), [word])).toBeNull()
          expect(nearestName(word, [negation + word])).toBeNull()
        },
      ),
    )
    for (const other of ['cpl', 'cpp', 'cpi', 'cpv']) expect(nearestName(other, ['cpc', 'cpm', 'cpa', 'ctr'])).toBeNull()
    expect(nearestName('cap', ['cpa', 'cpc'])).toBe('cpa')
  })
})
