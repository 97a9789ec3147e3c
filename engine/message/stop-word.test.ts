import { describe, expect, it } from 'vitest'

import { readStopWord } from './stop-word.js'

describe('the stop word', () => {
  it.each(['DUR', 'dur', ' Dur! ', 'STOP', 'stop.', 'Stop!!'])('%j stops everything that the sender may stop', (text) => {
    expect(readStopWord(text)).toEqual({ account: null })
  })

  it.each([
    ['DUR moda-tr', 'moda-tr'],
    ['stop Moda_2!', 'Moda_2'],
  ])('%j names an account', (text, account) => {
    expect(readStopWord(text)).toEqual({ account })
  })

  it.each(['', 'durum', 'duruyor', 'stopped', 'please stop', 'stop sending me these', 'dur bakalım bir', 'nonstop', 'D U R'])(
    '%j is not a stop word',
    (text) => {
      expect(readStopWord(text)).toBeNull()
    },
  )
})
