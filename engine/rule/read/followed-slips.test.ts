/** Typical slips: each is one error, and none is left after following its hint. */

import { describe, expect, it } from 'vitest'

import { loadRules } from './load.js'

const judge = (text: string) => loadRules([{ path: 'a.yaml', text }], null).diagnostics

/** Returns a rule that ends with these lines, followed by another rule. */
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

describe('text with braces is quoted to its end, and what follows is unchanged', () => {
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

  it('two texts on one line are two errors', () => {
    const lines = `${WHEN}\n    then: [whatsapp: { to: owner, text: {adset.name} x }, ask: { to: owner, text: {adset.name}?, within: 2h }]`
    expect(judge(file(lines)).map(({ hint }) => hint)).toEqual([
      'put it in quotes: `text: "{adset.name} x"`',
      'put it in quotes: `text: "{adset.name}?"`',
    ])
  })

  it('a hint shows what is written, even if more of the line is wrong', () => {
    const lines = `${WHEN}\n    then: [whatsapp: { to: owner, text: {adset.name} x`
    expect(judge(file(lines)).map(({ hint }) => hint)).toEqual([
      'close it: `then: [whatsapp: { to: owner, text: "{adset.name} x" }]`',
      'put it in quotes: `text: "{adset.name} x"`',
    ])
  })
})

describe('a comma at the end of a line must be removed', () => {
  it.each([
    ['    then: [pause],', 'then: [pause]'],
    ['    then:\n      - pause,', '- pause'],
    ['    then:\n      - whatsapp: { to: owner, text: "x" },', '- whatsapp: { to: owner, text: "x" }'],
    ['    mode: act,\n    then: [pause]', 'mode: act'],
    ['    clear: cpa[last_3d] < 4,\n    then: [pause]', 'clear: cpa[last_3d] < 4'],
    ['    clear: "cpa[last_3d] < 4",\n    then: [pause]', 'clear: "cpa[last_3d] < 4"'],
    ['    clear:\n      - cpa[last_3d] < 4,\n      - spend[last_3d] > 1\n    then: [pause]', '- cpa[last_3d] < 4'],
  ])('%s', (lines, shown) => {
    isOneFault(
      `${WHEN}\n${lines}`,
      `remove the comma: \`${shown}\``,
      `${WHEN}\n${lines.replace(/,(?=\n|$)(?<!\{ to: owner,)/, '')}`,
    )
  })

  it('text may end with one', () => {
    expect(
      judge(file(`${WHEN}\n    then:\n      - rename: Hello,\n      - whatsapp:\n          to: owner\n          text: Hi,`)),
    ).toEqual([])
  })
})

describe('conditions in unclosed brackets are closed, and quoted if necessary', () => {
  it.each([
    ['[cpa[last_3d] > 5 TRY', '["cpa[last_3d] > 5 TRY"]'],
    ['[spend[last_3d] > 10, cpa[last_3d] > 5 TRY', '["spend[last_3d] > 10", "cpa[last_3d] > 5 TRY"]'],
    ['[spend[last_3d] > 10,\n      cpa[last_3d] > 5 TRY', '["spend[last_3d] > 10", "cpa[last_3d] > 5 TRY"]'],
    ['{ any: [spend[last_3d] > 10, cpa[last_3d] > 5 TRY]', '{ any: ["spend[last_3d] > 10", "cpa[last_3d] > 5 TRY"] }'],
  ])('%s', (wrong, right) => {
    const lines = (when: string) => `    when: ${when}\n    then: [pause]`
    isOneFault(lines(wrong), `close it: \`when: ${right}\``, lines(right))
  })

  it('closed ones over several lines are one error', () => {
    const lines = (when: string) => `    when: ${when}\n    then: [pause]`
    const right = '["spend[last_3d] > 10", "cpa[last_3d] > 5 TRY"]'
    isOneFault(
      lines('[spend[last_3d] > 10,\n           cpa[last_3d] > 5 TRY]'),
      `put it in quotes: \`when: ${right}\``,
      lines(right),
    )
  })
})

describe('other slips of a line', () => {
  it.each(['{adset.name}: high', '{adset.name}: high {cpa[last_3d]}'])('braces at the beginning of text: %s', (text) => {
    const message = (written: string) =>
      `${WHEN}\n    then:\n      - whatsapp:\n          to: owner\n          text: ${written}\n      - pause`
    isOneFault(message(text), `put it in quotes: \`text: "${text}"\``, message(`"${text}"`))
    const name = (written: string) => `${WHEN}\n    then:\n      - rename: ${written}\n      - pause`
    isOneFault(name(text), `put it in quotes: \`rename: "${text}"\``, name(`"${text}"`))
  })

  it('a missing dash of an item that is indented like the dashes', () => {
    const lines = (dash: string) =>
      `${WHEN}\n    then: [pause]\n  ${dash}id: c\n    scope: adset\n    cooldown: 24h\n${WHEN}\n    then: [pause]`
    expect(judge(file(lines('- ')))).toEqual([])
    expect(judge(file(lines(''))).map(({ line, hint }) => `${line} ${hint!}`)).toEqual(['7 write `- id: c`'])
  })

  it.each([
    ['{ add: [#tired] }', '"#tired"', '{ add: ["#tired"] }'],
    ['{ add: [tired, #new] }', '"#new"', '{ add: [tired, "#new"] }'],
    ['{ add: #tired }', '["#tired"]', '{ add: ["#tired"] }'],
  ])('a `#` that is no comment: %s', (wrong, hint, right) => {
    const lines = (label: string) => `${WHEN}\n    then:\n      - label: ${label}`
    isOneFault(lines(wrong), `put it in quotes: \`${hint}\``, lines(right))
    const flow = (label: string) => `${WHEN}\n    then: [label: ${label}]`
    isOneFault(flow(wrong), `put it in quotes: \`${hint}\``, flow(right))
  })

  it('a `#` where a value is missing', () => {
    const lines = (value: string) => `${WHEN}\n    then:\n      - label:\n          add: ${value}`
    isOneFault(lines('#tired'), '`#` begins a comment: put it in quotes: `add: ["#tired"]`', lines('["#tired"]'))
  })
})
