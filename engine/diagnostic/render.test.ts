import { describe, expect, it } from 'vitest'

import type { Diagnostic } from './diagnostic.js'
import { countInWords, renderDiagnostic } from './render.js'

const at = (line: number, column: number, length: number, more: Partial<Diagnostic> = {}): Diagnostic => ({
  code: 'unknown-metric',
  severity: 'error',
  message: 'there is no metric `cpaa`',
  file: 'rules/a.yaml',
  line,
  column,
  length,
  ...more,
})
const render = (diagnostic: Diagnostic, text: string | undefined, colour = false) =>
  renderDiagnostic(diagnostic, { textOf: () => text, colour })

describe('renderDiagnostic', () => {
  it('shows place, code, line, caret and hint', () => {
    const text = 'rules:\n  - when: cpaa[today] > 1\n'
    expect(render(at(2, 11, 4, { hint: 'did you mean `cpa`?' }), text)).toBe(
      [
        'rules/a.yaml:2:11: error[unknown-metric]: there is no metric `cpaa`',
        ' 2 |   - when: cpaa[today] > 1',
        '   |           ^^^^',
        '   = hint: did you mean `cpa`?',
      ].join('\n'),
    )
  })

  it('shows no line of a file whose text is not given', () => {
    expect(render(at(2, 11, 4), undefined)).toBe('rules/a.yaml:2:11: error[unknown-metric]: there is no metric `cpaa`')
  })

  it('puts the caret under tabs, wide and combining letters where the terminal shows them', () => {
    const caret = (text: string, column: number) =>
      render(at(1, column, 1), text)
        .split('\n')[2]!
        .indexOf('^') - ' 1 | '.length
    expect(caret('\tx', 2)).toBe(2)
    expect(caret('ğx', 2)).toBe(1)
    expect(caret('e\u0301x', 3)).toBe(1)
    expect(caret('🎯x', 3)).toBe(2)
    expect(caret('漢x', 2)).toBe(2)
  })

  it('cuts a very long line around the fault', () => {
    const [, line, caret] = render(at(1, 500_001, 3), 'x'.repeat(500_000) + 'bad' + 'y'.repeat(500_000)).split('\n')
    expect(line!.length).toBeLessThan(130)
    expect(line!.slice(caret!.indexOf('^'), caret!.lastIndexOf('^') + 1)).toBe('bad')
  })

  it('passes no control character to the terminal', () => {
    const text = 'a\u001b[2Jb\u0007'
    const rendered = render(at(1, 1, 1, { message: text, hint: text, file: text }), text)
    expect(rendered).not.toContain('\u001b')
    expect(rendered).not.toContain('\u0007')
  })

  it('does not show a secret in the file', () => {
    const rendered = render(at(1, 8, 12, { code: 'literal-secret' }), 'token: EAABsbCS1234 # ours')
    expect(rendered).not.toContain('EAABsbCS')
    expect(rendered).toContain('# ours')
  })

  it('shows the other places that are involved', () => {
    const related = [{ file: 'b.yaml', line: 4, column: 7, length: 3, message: 'the blueprint `cap`' }]
    expect(render(at(1, 1, 1, { related }), 'x')).toContain('   = see b.yaml:4:7: the blueprint `cap`')
  })

  it('uses colours only on request', () => {
    expect(render(at(1, 1, 1), 'x', true)).toContain('\u001b[31m')
  })
})

it.each([
  [0, 0, 'no faults'],
  [1, 0, '1 error'],
  [2, 1, '2 errors and 1 warning'],
  [0, 2, '2 warnings'],
])('%i errors and %i warnings read as "%s"', (errors, warnings, words) => {
  const list = [
    ...Array<Diagnostic>(errors).fill(at(1, 1, 1)),
    ...Array<Diagnostic>(warnings).fill(at(1, 1, 1, { severity: 'warning' })),
  ]
  expect(countInWords(list)).toBe(words)
})
