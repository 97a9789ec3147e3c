/** Slips as people make them, each with what its hint leads to: one fault, and none once the hint is followed. */

import { describe, expect, it } from 'vitest'

import { loadRules } from './load.js'

const judge = (text: string) => loadRules([{ path: 'a.yaml', text }], null).diagnostics

/** A rule that ends with these lines, and another below it. */
const file = (lines: string) => `rules:
  - id: a
    scope: adset
    cooldown: 24h
${lines}
  - id: b
    scope: adset
    when: spend[last_3d] > 10
    then:
      - pause
    cooldown: 24h
`

const isOneFault = (wrong: string, hint: string, right: string) => {
  expect(judge(file(right))).toEqual([])
  expect(judge(file(wrong)).map((found) => found.hint)).toEqual([hint])
}

const WHEN = '    when: cpa[last_3d] > 5'

describe('text with braces is quoted as far as it goes, and what follows stays what it is', () => {
  it.each([
    ['whatsapp: { to: owner, text: ', '{adset.name} costs {cpa[today]}', ' }'],
    ['whatsapp: { to: owner, text: ', 'Cost: {cpa[today]} TRY', '}'],
    ['whatsapp: { to: owner, text: ', 'costs {cpa[today]}, and more', ' }'],
    ['whatsapp: { text: ', '{adset.name}: {cpa[today]}', ', to: owner }'],
    ['ask: { to: owner, text: ', 'Pause {adset.name}?', ', within: 2h }'],
    ['ask: { to: owner, text: ', '{adset.name}: pause it, or not?', ', within: 2h }'],
  ])('%s%s%s', (before, text, after) => {
    for (const [lead, end] of [
      ['    then: [', ', pause]'],
      ['    then: [pause, ', ']'],
      ['    then:\n      - ', '\n      - pause'],
    ]) {
      const lines = (written: string) => `${WHEN}\n${lead!}${before}${written}${after}${end!}`
      isOneFault(lines(text), `put it in quotes: \`text: "${text}"\``, lines(`"${text}"`))
    }
  })

  it.each(['{adset.name} | tired', 'Hi {adset.name} and {cpa[last_3d]}', '{adset.name} and {cpa[last_3d]}'])(
    'rename: %s',
    (text) => {
      const lines = (written: string) => `${WHEN}\n    then: [pause, rename: ${written}]`
      isOneFault(lines(text), `put it in quotes: \`"${text}"\``, lines(`"${text}"`))
    },
  )

  it('two texts of one line are two faults', () => {
    const lines = `${WHEN}\n    then: [whatsapp: { to: owner, text: {adset.name} x }, ask: { to: owner, text: {adset.name}?, within: 2h }]`
    expect(judge(file(lines)).map(({ hint }) => hint)).toEqual([
      'put it in quotes: `text: "{adset.name} x"`',
      'put it in quotes: `text: "{adset.name}?"`',
    ])
  })

  it('a hint shows what is written, also where more of the line is wrong', () => {
    const lines = `${WHEN}\n    then: [whatsapp: { to: owner, text: {adset.name} x`
    expect(judge(file(lines)).map(({ hint }) => hint)).toEqual([
      'close it: `then: [whatsapp: { to: owner, text: "{adset.name} x" }]`',
      'put it in quotes: `text: "{adset.name} x"`',
    ])
  })
})
