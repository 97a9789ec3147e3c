import { describe, expect, it } from 'vitest'

import { isSame, isThere } from './same-at-meta.js'

describe('a value that was set', () => {
  it.each([
    [50_000, '50000'],
    ['2', 2],
    [true, 'true'],
    [1, true],
    ['2026-12-01T09:00:00+0300', '2026-11-30T22:00:00-0800'],
    ['https://example.com', 'https://example.com/'],
    [
      ['a', 'b'],
      ['b', 'a'],
    ],
    [{ a: 1 }, { a: '1', b: 2 }],
    [
      [{ id: '1' }, { id: '2' }],
      [
        { id: '2', name: 'x' },
        { id: '1', name: 'y' },
      ],
    ],
    [[], undefined],
    [0, undefined],
    [0, '0'],
    [false, 'false'],
    [{ targeting_automation: { advantage_audience: 0 } }, {}],
    [{ $thumbnail: 'video/a.mp4' }, 'https://cdn.example.com/x.jpg'],
  ])('%j matches the response %j', (set, live) => {
    expect(isThere(set, live)).toBe(true)
  })

  it.each([
    [50_000, '5000'],
    ['120208334455667788991', '120208334455667788992'],
    ['2026-12-01T09:00:00+0300', '2026-12-01T09:00:00+0000'],
    [
      ['a', 'a'],
      ['a', 'b'],
    ],
    [['a'], ['a', 'b']],
    [{ a: { b: 1 } }, { a: {} }],
    ['a', undefined],
    ['a', { a: 'a' }],
    [0, 1],
    [false, '1'],
    [{ individual_setting: { device: 0 } }, { individual_setting: { device: 1 } }],
    [{ a: 'a' }, 'a'],
  ])('%j does not match the response %j', (set, live) => {
    expect(isThere(set, live)).toBe(false)
  })

  it('equals a response only if neither has more members', () => {
    expect(isSame({ a: [2, '1'], b: [] }, { a: ['1', '2'] })).toBe(true)
    expect(isSame({ a: 1 }, { a: 1, b: 2 })).toBe(false)
    expect(isSame({ a: 1, b: 2 }, { a: 1 })).toBe(false)
  })
})
