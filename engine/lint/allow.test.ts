import { describe, expect, it } from 'vitest'

import { codesOf, lintText, type LintTextOptions } from '../../test/support/lint-rules.js'

const text = (...lines: readonly string[]) => ['rules:', ...lines].join('\n')
const COSTLY = ['  - id: a', '    account: moda-tr', '    scope: adset', '    when: cpa[7d] > 100', '    then: [pause]']
const withLine = (at: number, line: string) => text(...COSTLY.slice(0, at), line, ...COSTLY.slice(at))
const atEnd = (at: number, comment: string) => text(...COSTLY.map((line, index) => (index === at ? `${line} ${comment}` : line)))
const REASON = '# tetik-allow no-evidence: the account spends this in an hour'

describe('a warning', () => {
  it('is reported without an allowance', () => {
    expect(codesOf(lintText(text(...COSTLY)))).toEqual(['5 no-evidence'])
  })

  it.each([
    ['at the end of the line', atEnd(3, REASON)],
    ['on the line above', withLine(3, `    ${REASON}`)],
    ['above, with other comments and empty lines between', withLine(3, `    ${REASON}\n    # cheap to try\n\n`)],
    ['at the end of the first line of its rule', atEnd(0, REASON)],
    ['above its rule', withLine(0, `  ${REASON}`)],
    ['with other codes', atEnd(3, '# tetik-allow no-evidence: it is so here')],
  ])('is allowed by a comment: %s', (_, written) => {
    const { diagnostics, allowed } = lintText(written)
    expect(diagnostics).toEqual([])
    expect(allowed).toMatchObject([{ code: 'no-evidence', reason: expect.stringMatching(/account|so here/) as string }])
  })

  it.each([
    ['elsewhere', atEnd(4, REASON), ['5 no-evidence', '6 unused-allow']],
    ['for another code', atEnd(3, '# tetik-allow flapping: never mind'), ['5 no-evidence', '5 unused-allow']],
    ['without a reason', atEnd(3, '# tetik-allow no-evidence'), ['5 no-evidence', '5 bad-allow']],
    ['with an empty reason', atEnd(3, '# tetik-allow no-evidence: '), ['5 no-evidence', '5 bad-allow']],
    ['with a reason that contains no word', atEnd(3, '# tetik-allow no-evidence: -'), ['5 no-evidence', '5 bad-allow']],
    ['without a code', atEnd(3, '# tetik-allow'), ['5 no-evidence', '5 bad-allow']],
    ['for an unknown code', atEnd(3, '# tetik-allow no-evidense: it is so'), ['5 no-evidence', '5 bad-allow']],
    ['for a code that can’t be allowed', atEnd(3, '# tetik-allow unused-allow: it is so'), ['5 no-evidence', '5 bad-allow']],
  ])('is not allowed by a comment: %s', (_, written, codes) => {
    expect(codesOf(lintText(written))).toEqual(codes)
  })

  it('about two places may be allowed at either', () => {
    const both = (one: string, other: string) =>
      text(
        '  - id: a',
        '    account: moda-tr',
        '    scope: adset',
        '    every: 1h',
        '    where: name contains "x"',
        `    then: [pause] ${one}`,
        '  - id: b',
        '    account: moda-tr',
        '    scope: adset',
        '    every: 1h',
        '    where: name contains "x"',
        `    then: [{ start: any }] ${other}`,
      )
    const allow = '# tetik-allow conflicting-rules: they run in turns'
    expect(codesOf(lintText(both('', '')))).toEqual(['13 conflicting-rules'])
    expect(codesOf(lintText(both(allow, '')))).toEqual([])
    expect(codesOf(lintText(both('', allow)))).toEqual([])
  })

  it('may be allowed together with others of its line in one comment', () => {
    const written = atEnd(3, '# tetik-allow no-evidence, today-too-early: we know').replace('7d', 'today')
    expect(codesOf(lintText(written))).toEqual([])
    expect(codesOf(lintText(atEnd(3, '# tetik-allow no-evidence, today-too-early: we know')))).toEqual(['5 unused-allow'])
  })
})

describe('an allowance', () => {
  it('inside a text is not an allowance', () => {
    const lines = [
      ...COSTLY,
      '    description: >-',
      `      # tetik-allow flapping: not a comment`,
      "    limit: 5 per day # 'tetik-allow' is a word here",
    ]
    expect(codesOf(lintText(text(...lines)))).toEqual(['5 no-evidence'])
  })

  it.each<[string, string, LintTextOptions, readonly string[]]>([
    ['for two rules, if not all rules were read', 'conflicting-rules', { complete: false }, []],
    ['for two rules, if all were read', 'conflicting-rules', {}, ['2 unused-allow']],
    ['for the account’s data, if there is none', 'selects-nothing', {}, []],
    ['if something could not be read', 'flapping', { sound: false }, []],
  ])('is reported as unused only if that is certain: %s', (_, code, options, codes) => {
    expect(codesOf(lintText(atEnd(0, `# tetik-allow ${code}, no-evidence: we know`), options))).toEqual(codes)
  })
})

describe('a warning about the use of a blueprint', () => {
  const lines = (inBlueprint: string, ofBlueprint: string, atUse: string) =>
    [
      'blueprints:',
      `  - name: cap ${ofBlueprint}`,
      '    inputs: { most: { type: money } }',
      '    rule:',
      '      scope: adset',
      `      when: cpa[7d] > most ${inBlueprint}`,
      '      then: [pause]',
      'rules:',
      `  - id: a ${atUse}`,
      '    use: cap',
      '    account: moda-tr',
      '    with: { most: 150 TRY }',
    ].join('\n')

  it('is reported at its use, with the line of the blueprint', () => {
    expect(lintText(lines('', '', '')).diagnostics).toMatchObject([
      {
        code: 'no-evidence',
        message: expect.stringContaining('for this use of `cap` (rules/r.yaml:6), `cpa[7d]`') as string,
        line: 9,
        column: 9,
        related: [{ line: 6, column: 13, message: 'in the blueprint `cap`' }],
      },
    ])
  })

  it('is allowed at its use, at the line of the blueprint, and for the blueprint as a whole', () => {
    expect(codesOf(lintText(lines(REASON, '', '')))).toEqual([])
    expect(codesOf(lintText(lines('', REASON, '')))).toEqual([])
    expect(codesOf(lintText(lines('', '', REASON)))).toEqual([])
    expect(codesOf(lintText(lines('', '', '').replace(/$/, ` ${REASON}`)))).toEqual(['9 no-evidence', '12 unused-allow'])
  })
})
