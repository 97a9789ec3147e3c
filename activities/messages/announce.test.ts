import { expect, it } from 'vitest'

import { ruleOf } from '../../test/support/rows.js'
import { announceObserved } from './announce.js'

const firing = (name: string) => ({ entity: { scope: 'adset' as const, key: name, id: name, name }, trace: [], note: null })
const linesOf = (names: readonly string[]): string[] => {
  const lines: string[] = []
  announceObserved({ announce: (line) => void lines.push(line) }, ruleOf({ id: 'looks', mode: 'observe' }), names.map(firing), {
    currency: 'TRY',
  })
  return lines
}

it('observed firings are reported one by one; if there are many, the rest share one line', () => {
  expect(linesOf([])).toEqual([])
  expect(linesOf(['a', 'b', 'c'])).toEqual(['a', 'b', 'c'].map((name) => `looks · pauses the ad set “${name}” (only observed)`))
  const many = linesOf(['a', 'b', 'c', 'd', 'e'])
  expect(many).toHaveLength(3)
  expect(many[2]).toBe('looks · and 3 more of them (only observed): “c”, “d”, “e”')
  expect(linesOf(Array.from({ length: 300 }, (_, index) => `ad set ${index}`)).join('\n').length).toBeLessThan(700)
})
