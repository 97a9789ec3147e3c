import { describe, expect, it } from 'vitest'

import { compareFirings, type PlayedBack } from './compare-firings.js'

const rule = { id: 'high', account: null }
const played = (days: readonly string[], firings: readonly string[]): PlayedBack => ({
  days: days.map((day) => ({ day, firings: 0 })),
  firings: firings.map((day) => ({ rule, day, at: 0, entity: { scope: 'adset', key: 'a' }, trace: [] })) as never,
  summary: [{ rule }],
})

describe('two backtests', () => {
  it('are compared up to the last day that both reached', () => {
    const now = played(['2026-03-01', '2026-03-02', '2026-03-03'], ['2026-03-01', '2026-03-03'])
    const stopped = played(['2026-03-01', '2026-03-02'], ['2026-03-02'])
    expect(compareFirings('v1', stopped, now)).toMatchObject({
      to: '2026-03-02',
      added: [{ day: '2026-03-01' }],
      removed: [{ day: '2026-03-02' }],
      rules: [{ before: 1, after: 1, added: 1, removed: 1 }],
    })
  })

  it('are not compared if one was stopped before its first day', () => {
    expect(compareFirings('v1', played([], []), played(['2026-03-01'], ['2026-03-01']))).toBeNull()
  })
})
