import { describe, expect, it } from 'vitest'

import { eventScore, nabScore } from '../../bench/anomaly-scores.js'

describe('NAB’s score', () => {
  const windows = [[400, 499]] as const
  const of = (...alarms: number[]) => nabScore([{ length: 1000, windows, alarms }])

  it('is 0 for silence and 100 for an alarm at a window’s first point', () => {
    expect(of().score).toBe(0)
    expect(of(400).score).toBeCloseTo(100, 10)
  })

  it('counts the earliest alarm of a window once, and later ones less', () => {
    expect(of(400, 450, 499).score).toBeCloseTo(100, 10)
    expect(of(499).score).toBeLessThan(55)
  })

  it('deducts 5.5 points for a false alarm far from any window, and none in the probation period', () => {
    expect(of(300, 400).score).toBeCloseTo(100 - 5.5, 10)
    expect(of(149, 400).score).toBeCloseTo(100, 10)
    expect(of(400, 505).score).toBeGreaterThan(of(400, 700).score)
  })
})

it('the score of events counts found and missed events and false alarms', () => {
  const events = [
    { kind: 'spike', window: [40, 40], forgivenUntil: 41 },
    { kind: 'drift', window: [60, 70], forgivenUntil: 80 },
  ] as const
  const score = eventScore([{ length: 128, events, alarms: [10, 40, 41, 75, 90] }], 28)
  expect(score).toMatchObject({ f1: 0.5, delay: 0, medianDelay: 0, recall: { spike: 1, drift: 0 } })
  expect(score.falseAlarmsPerMonth).toBeCloseTo(0.3, 10)
})
