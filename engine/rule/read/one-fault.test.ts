/** One slip is one error: its consequences are not reported as well. */

import { describe, expect, it } from 'vitest'

import { lintRules } from '../../lint/lint.js'
import { loadRules } from './load.js'

const WHEN = 'when: cpa[last_3d] > 5'
const file = (lines: string, when = WHEN) => `rules:
  - id: a
    scope: adset
    cooldown: 24h
    ${when}
${lines}
`
const judge = (text: string) =>
  loadRules([{ path: 'a.yaml', text }], null).diagnostics.map(({ line, hint }) => `${line} ${hint ?? ''}`)
const isOne = (wrong: string, found: string, right: string) => {
  expect(judge(right)).toEqual([])
  expect(judge(wrong)).toEqual([found])
}

describe('keys that are not indented enough', () => {
  it.each([
    ['whatsapp', ['to: owner', 'text: x']],
    ['ask', ['to: owner', 'text: x', 'within: 2h']],
    ['budget', ['change: +10%', 'max: 100 TRY']],
  ])('%s', (step, keys) => {
    const lines = (column: number) =>
      file(['    then:', `      - ${step}:`, ...keys.map((key) => ' '.repeat(column) + key), '      - pause'].join('\n'))
    isOne(lines(8), '8 indent this line by 10 spaces, and those below it too', lines(10))
    isOne(lines(6), '8 give it 10', lines(10))
  })
})

it.each([
  ['spend last_3d > 10', 'spend[last_3d]'],
  ['spend 3d > 10', 'spend[3d]'],
  ['spend today > 10', 'spend[today]'],
])('a window without its brackets: %s', (wrong, right) => {
  const rule = (when: string) => file('    then: [pause]', `when: ${when}`)
  isOne(rule(wrong), `5 write \`${right}\``, rule(`${right} > 10`))
})

it.each([
  ['increase', '+20%'],
  ['raise', '+20%'],
  ['decrease', '-20%'],
])('a key that is not known where one is missing: %s', (key, right) => {
  const rule = (change: string) => file(`    then:\n      - budget: { ${change}, max: 100 TRY }`)
  isOne(rule(`${key}: 20%`), `7 did you mean \`change: ${right}\`?`, rule(`change: ${right}`))
})

it('a message under another key', () => {
  const rule = (key: string) => file(`    then:\n      - whatsapp: { to: owner, body: x }`.replace('body', key))
  isOne(rule('body'), '7 did you mean `text`?', rule('text'))
})

it.each(['{ add: [!new] }', '{ add: [a, !new] }'])('text that begins with `!`: %s', (label) => {
  const rule = (label: string) => file(`    then:\n      - label: ${label}`)
  isOne(rule(label), '7 in a condition write `not: new`, and else `"!new"`', rule(label.replace('!new', '"!new"')))
})

it('a colon after the condition', () => {
  isOne(file('    then: [pause]', 'when cpa[last_3d] > 5:'), '5 write `when: cpa[last_3d] > 5`', file('    then: [pause]'))
})

it('a colon after a condition below its key', () => {
  const rule = (condition: string) => file('    then: [pause]', `when:\n      ${condition}`)
  isOne(rule('cpa[last_3d] > 5:'), '6 remove the colon: `cpa[last_3d] > 5`', rule('cpa[last_3d] > 5'))
})

it('text that continues after its quotes within braces', () => {
  const rule = (text: string) => file(`    then: [whatsapp: { to: owner, text: ${text}}, pause]`)
  isOne(rule('"a" b'), '6 put all of it in quotes: `\'"a" b\'`', rule('\'"a" b\''))
})

it.each([
  ['1.250,00 TRY', '`1250.00 TRY`'],
  ['1,250.00 TRY', '`1250.00 TRY`'],
  ['12,5 TRY', '`12.5 TRY`'],
  ['1,250 TRY', '`1250 TRY` or `1.25 TRY`'],
])('a comma in a number within brackets: %s', (wrong, right) => {
  for (const before of ['    then: [pause, budget: ', '    then: [budget: { change: +10%, max: ']) {
    const rule = (amount: string) => file(`${before}${amount}${before.includes('{') ? ' }' : ''}, rename: x]`)
    for (const amount of right.split(' or ')) {
      isOne(rule(wrong), `6 write ${right}, without the comma`, rule(amount.replaceAll('`', '')))
    }
  }
})

describe('warnings that are consequences of an error', () => {
  const lint = (text: string) => {
    const files = [{ path: 'a.yaml', text }]
    const { rules } = loadRules(files, null)
    const input = { files, rules, settings: null, now: 0, complete: false, sound: false }
    return lintRules(input).diagnostics.map(({ code }) => code)
  }

  it.each(['  a: b * 2\n  b: a * 2', '  a: cpm[last_3d] * 2'])('a metric with an error:\n%s', (metrics) => {
    const text = `metrics:\n${metrics}\n${file('    then: [pause]', 'when: a[last_3d] > 10')}`
    expect(judge(text)).not.toEqual([])
    expect(lint(text)).not.toContain('unreachable')
  })

  it('a `max` with an error', () => {
    expect(lint(file('    then:\n      - budget: { change: +10%, max: 1.2345 TRY }'))).not.toContain('raise-without-limit')
    expect(lint(file('    then:\n      - budget: { change: +10% }'))).toContain('raise-without-limit')
  })
})
