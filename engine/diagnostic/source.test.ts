import { describe, expect, it } from 'vitest'

import { sortDiagnostics, SourceFile } from './source.js'

const fault = (start: number, end: number, code = 'x') => ({ code, message: 'm', span: { start, end } })

describe('SourceFile', () => {
  it('counts lines and columns from 1, with any kind of line end', () => {
    const source = new SourceFile('f.yaml', 'ab\r\ncd\n\nğü')
    expect(source.place(0)).toMatchObject({ line: 1, column: 1 })
    expect(source.place(5)).toMatchObject({ line: 2, column: 2 })
    expect(source.place(7)).toMatchObject({ line: 3, column: 1 })
    expect(source.place(9)).toMatchObject({ line: 4, column: 2 })
    expect(source.line(1)).toBe('ab')
    expect(source.line(4)).toBe('ğü')
    expect(source.line(5)).toBe('')
  })

  it('places an offset beyond the text at its end', () => {
    expect(new SourceFile('f', 'ab').place(99)).toMatchObject({ line: 1, column: 3 })
    expect(new SourceFile('f', '').place(-1)).toMatchObject({ line: 1, column: 1 })
  })

  it('keeps the caret on one line and at least one column long', () => {
    const source = new SourceFile('f', 'ab\ncd')
    source.report(fault(1, 5))
    source.report(fault(4, 4))
    expect(source.diagnostics.map(({ length }) => length)).toEqual([1, 1])
  })

  it('counts every error, but keeps only a hundred', () => {
    const source = new SourceFile('f', 'a')
    for (let index = 0; index < 250; index++) source.report(fault(0, 1))
    source.report({ ...fault(0, 1), severity: 'warning' })
    expect(source.errorCount).toBe(250)
    expect(source.diagnostics).toHaveLength(100)
  })
})

it('sortDiagnostics orders by place and reports the same thing once', () => {
  const source = new SourceFile('b', 'abc\ndef')
  source.report(fault(5, 6))
  source.report(fault(1, 2))
  source.report(fault(1, 2))
  const other = new SourceFile('a', 'abc')
  other.report(fault(2, 3))
  const sorted = sortDiagnostics([...source.diagnostics, ...other.diagnostics])
  expect(sorted.map(({ file, line, column }) => `${file}:${line}:${column}`)).toEqual(['a:1:3', 'b:1:2', 'b:2:2'])
})
