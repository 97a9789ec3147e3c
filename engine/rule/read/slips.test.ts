import { describe, expect, it } from 'vitest'

import { loadRules } from './load.js'

const LINES = `rules:
  - id: a
    scope: adset
    when: spend[last_3d] > 10
    then: [pause]
  - id: b
    scope: adset
    when:
      - spend[last_3d] > 10
      - cpa[last_3d] > 5
    then:
      - pause
      - whatsapp: { to: owner, text: "x {adset.name}" }
    cooldown: 24h
    limit: 5 per day`.split('\n')

const judge = (lines: readonly string[]) =>
  loadRules([{ path: 'a.yaml', text: lines.join('\n') }], null).diagnostics.map(
    ({ line, code, message, hint }) => `${line} ${code}: ${message} | ${hint ?? ''}`,
  )
/** Replaces the line with that number. */
const withLine = (number: number, text: string) => judge(LINES.map((line, index) => (index === number - 1 ? text : line)))

it('the file without a slip has no error', () => {
  expect(judge(LINES)).toEqual([])
})

describe('a YAML slip is one error, at its line, in terms of what the person wrote', () => {
  it.each([
    [3, '    scope adset', 'a colon is missing after `scope` | write `scope: adset`'],
    [1, 'rules', 'a colon is missing after `rules` | write `rules:`'],
    [6, '  - id b', 'a colon is missing after `id` | write `id: b`'],
    [8, '    when', 'a colon is missing after `when` | write `when:`'],
    [
      13,
      '      - whatsapp { to: owner, text: "x" }',
      'a colon is missing after `whatsapp` | write `whatsapp: { to: owner, text: "x" }`',
    ],
    [3, '    scope:adset', 'a space is missing after the colon | write `scope: adset`'],
    [3, '    scope = adset', 'a key and its value are separated by `: `, not by `=` | write `scope: adset`'],
    [3, '    scope：adset', 'a key and its value are separated by `: `, not by `：` | write `scope: adset`'],
    [3, '     scope: adset', 'this line has 1 space too many in front | give it 4'],
    [3, '   scope: adset', 'this line has 1 space too few in front | give it 4'],
    [14, '     cooldown: 24h', 'this line has 1 space too many in front | give it 4, as line 11 has'],
    [14, '  cooldown: 24h', 'this line has 2 spaces too few in front | give it 4, as line 11 has'],
    [6, ' - id: b', 'this line has 1 space too few in front | give it 2, as line 2 has'],
    [10, '     - cpa[last_3d] > 5', 'this line has 1 space too few in front | give it 6, as line 9 has'],
    [10, '       - cpa[last_3d] > 5', 'this line has 1 space too many in front | give it 6, as the dash above has'],
    [5, 'then: [pause]', 'this line has 4 spaces too few in front | give it 4'],
    [
      4,
      '    - when: spend[last_3d] > 10',
      'this line begins with a dash, and the one above does not | remove the dash: `when: spend[last_3d] > 10`',
    ],
    [12, '      pause', 'a dash is missing before this item | write `- pause`'],
    [12, '      -pause', 'a space is missing after the dash | write `- pause`'],
    [12, '      – pause', 'an item begins with `- `, not with `–` | write `- pause`'],
    [6, '    id: b', 'a new item seems to begin here with `id`, and its dash is missing | write the dash: `- id: b`'],
    [5, '    then: [pause', '`[` is not closed | close it: `then: [pause]`'],
    [5, '    then: [pause]]', '`]` has no opening bracket | remove it'],
    [5, '    then: [pause}', '`[` is not closed by `}` | close it with `]`'],
    [13, '      - whatsapp: { to: owner, text: "x"', '`{` is not closed | close it: `- whatsapp: { to: owner, text: "x" }`'],
    [13, '      - whatsapp: { to: owner text: "x" }', 'a comma is missing before `text` | write `to: owner, text: …`'],
    [13, '      - whatsapp: { to: owner, text: "x }', 'the text has no closing " | write `"` where it ends'],
    [2, '  - id: "a', 'the text has no closing " | write `"` where it ends: `- id: "a"`'],
    [
      13,
      "      - rename: 'Ali'nin seti'",
      'the \' inside the text ends it | use the other quotes around it: `- rename: "Ali\'nin seti"`',
    ],
    [
      13,
      '      - rename: "a \\d"',
      '`\\d` is not a valid escape in double quotes | write `\\\\d`, or put the text in single quotes',
    ],
    [
      13,
      '      - rename: {adset.name} x',
      'text that begins with `{` needs quotes | put it in quotes: `- rename: "{adset.name} x"`',
    ],
    [13, '      - rename: %x', 'text that begins with `%` needs quotes | put it in quotes: `- rename: "%x"`'],
    [13, '      - rename: Note: x', 'text with `: ` in it needs quotes | put it in quotes: `- rename: "Note: x"`'],
    [3, '    scope: adset, mode: act', 'two keys are on one line | write each on a line of its own'],
    [3, '\tscope: adset', 'YAML does not allow tabs as indentation | use spaces'],
    [
      3,
      '\u00a0\u00a0\u00a0\u00a0scope: adset',
      'the line is indented with a kind of space that YAML does not accept | use plain spaces',
    ],
    [
      4,
      '<<<<<<< HEAD\n    when: delivering\n=======\n    when: learning\n>>>>>>> other',
      'this conflict marker is left from an unfinished merge | keep one of the two sides, and remove the lines with `<<<<<<<`, `=======` and `>>>>>>>`',
    ],
    [3, '    // a comment\n    scope: adset', 'a comment begins with `#` | write `# a comment`'],
    [1, '```yaml\nrules:', 'this is Markdown, not YAML | remove the line'],
  ])('line %i: %s', (number, text, fault) => {
    const found = withLine(number, text)
    expect(found.map((one) => one.replace(/^(\d+) [\w-]+: /, '$1 '))).toEqual([`${number} ${fault}`])
  })

  it('a text that must be quoted hides no later errors', () => {
    const lines = LINES.map((line) =>
      line.replace('[pause]', '[budget: 1.2 * spend[yesterday]]').replace('cpa[last', 'cpaa[last'),
    )
    expect(judge(lines).map((one) => one.split(':')[0])).toEqual(['5 yaml-syntax', '10 unknown-metric'])
  })
})

describe('the same slip in every line', () => {
  const slips: readonly (readonly [string, (line: string) => string | null])[] = [
    ['one space too many', (line) => (/^ +[a-z]\w*:/.test(line) ? ` ${line}` : null)],
    ['one space too few', (line) => (/^ +[a-z]\w*:/.test(line) ? line.slice(1) : null)],
    ['no colon', (line) => (/^ +(- )?[a-z]\w*: /.test(line) ? line.replace(':', '') : null)],
    ['no space after the colon', (line) => (/^ +(- )?[a-z]\w*: /.test(line) ? line.replace(': ', ':') : null)],
    ['no space after the dash', (line) => (/^ +- /.test(line) ? line.replace('- ', '-') : null)],
    ['a tab', (line) => (line.startsWith('  ') ? line.replace('  ', '\t') : null)],
    ['no closing bracket', (line) => (/[\]}]$/.test(line) && /: [[{]/.test(line) ? line.slice(0, -1) : null)],
  ]
  const made = slips.flatMap(([what, slip]) =>
    LINES.flatMap((line, index) => {
      const changed = slip(line)
      return changed === null ? [] : [[what, index + 1, changed] as const]
    }),
  )

  it.each(made)('%s in line %i is one error there', (_, number, changed) => {
    const found = withLine(number, changed)
    expect(found.map((one) => Number.parseInt(one))).toEqual([number])
  })
})
