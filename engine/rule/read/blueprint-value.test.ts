import { expect, it } from 'vitest'

import { loadRules } from './load.js'

const BLUEPRINT = (inputs: string) => `blueprints:
  - name: bp
    inputs: { ${inputs} }
    rule:
      scope: adset
      when: ["impressions[last_3d] > n", "spend[last_3d] > 10 TRY"]
      then: [budget: b]
`
const USE = (id: string, inputs: string) => `  - { id: ${id}, use: bp, with: { ${inputs} } }\n`
const judge = (text: string, library: string | null = null) =>
  loadRules(
    [{ path: 'a.yaml', text }],
    null,
    library === null ? {} : { library: [{ path: 'b.yaml', text: library }] },
  ).diagnostics.map(({ line, column, code, hint }) => `${line}:${column} ${code} ${hint ?? ''}`)
/** Returns the line and column of `part`, which occurs once in `text`. */
const at = (text: string, part: string) => {
  const before = text.slice(0, text.indexOf(part)).split('\n')
  return `${before.length}:${before.at(-1)!.length + 1}`
}

const DEFAULTS = 'n: { type: number, default: 1000 }, b: { type: money, default: 50 TRY }'

it('an invalid default is one error, at the default, however often it is used', () => {
  for (const [right, wrong, found] of [
    ['1000', '1.000', 'ambiguous-amount did you mean `1000` or `1`?'],
    ['50 TRY', '1.2345 TRY', 'too-precise round it: `1.23 TRY`'],
  ] as const) {
    const text = `${BLUEPRINT(DEFAULTS.replace(right, wrong))}rules:\n${USE('one', '')}${USE('two', '')}`
    expect(judge(text)).toEqual([`${at(text, wrong)} ${found}`])
  }
})

it('an invalid value is an error where it is written', () => {
  for (const [input, wrong, found] of [
    ['n', '20.000', 'ambiguous-amount did you mean `20000` or `20`?'],
    ['b', '1.2345 TRY', 'too-precise round it: `1.23 TRY`'],
  ] as const) {
    const text = `${BLUEPRINT(DEFAULTS)}rules:\n${USE('one', `${input}: ${wrong}`)}${USE('two', '')}`
    expect(judge(text)).toEqual([`${at(text, wrong)} ${found}`])
    expect(judge(`rules:\n${USE('one', `${input}: ${wrong}`)}`, BLUEPRINT(DEFAULTS))).toHaveLength(1)
  }
})

it('an invalid default in a file that is not checked is an error at its use', () => {
  const found = judge(`rules:\n${USE('one', '')}`, BLUEPRINT(DEFAULTS.replace('1000', '1.000')))
  expect(found).toEqual(['2:21 ambiguous-amount did you mean `1000` or `1`?'])
})

it('valid values cause no error', () => {
  expect(judge(`${BLUEPRINT(DEFAULTS)}rules:\n${USE('one', 'n: 20, b: 10 TRY')}${USE('two', '')}`)).toEqual([])
})
