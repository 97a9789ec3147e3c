import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { Fault } from '../diagnostic/fault.js'
import { cellSpan, csvRecords } from './csv.js'

function read(text: string, separator = ','): { rows: readonly (readonly string[])[]; faults: Fault[] } {
  const faults: Fault[] = []
  return { rows: [...csvRecords(text, separator, (fault) => faults.push(fault))].map(({ cells }) => cells), faults }
}

describe('records', () => {
  it.each([
    [
      'plain cells',
      'a,b\n1,2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'no newline at the end',
      'a,b\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'Windows’ line ends',
      'a,b\r\n1,2\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a byte order mark',
      '\uFEFFa,b\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'quotes',
      '"a, b","say ""hi"""\n1,2',
      [
        ['a, b', 'say "hi"'],
        ['1', '2'],
      ],
    ],
    [
      'a line break in a quoted cell',
      '"a\nb",c\n1,2',
      [
        ['a\nb', 'c'],
        ['1', '2'],
      ],
    ],
    [
      'quotes and Windows’ line ends',
      '"a",b\r\n1,"2"\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['quotes only later in the line', 'a,"b"\n', [['a', 'b']]],
    [
      'empty cells',
      'a,,\n,,',
      [
        ['a', '', ''],
        ['', '', ''],
      ],
    ],
    [
      'empty lines',
      '\na,b\n\n  \n1,2\n\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['an inch', 'a 5" screen,b', [['a 5" screen', 'b']]],
  ])('are read with %s', (_, text, expected) => {
    expect(read(text)).toEqual({ rows: expected, faults: [] })
  })

  it('with errors are reported with their place', () => {
    expect(read('a,b\n1,"2').faults).toMatchObject([{ code: 'unclosed-quote', span: { start: 6 } }])
    expect(read('a,b\n"1"x,2').faults).toMatchObject([{ code: 'stray-quote', span: { start: 7 } }])
  })

  it('are the same as csv-parse reads, whatever is in the cells', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'ş', '"', ',', ';', '\n', '\r\n', ' ', '1.5'), maxLength: 6 })
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 })
    const quoted = (text: string): string => (/[",;\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
    fc.assert(
      fc.property(table, fc.constantFrom(',', ';'), fc.constantFrom('\n', '\r\n'), (rows, separator, newline) => {
        const text = rows.map((row) => row.map(quoted).join(separator)).join(newline)
        expect(read(text, separator).rows).toEqual(
          parse(text, {
            delimiter: separator,
            relax_column_count: true,
            skip_empty_lines: true,
            record_delimiter: newline,
          }).filter((row) => row.length > 1 || row[0]!.trim() !== ''),
        )
      }),
    )
  })

  it('know where their cells are', () => {
    const text = 'a,"b, c",d\r\n1,2,3'
    const [first, second] = [...csvRecords(text, ',', () => {})]
    const at = (record: typeof first, index: number): string => {
      const { start, end } = cellSpan(text, record!, index, ',')
      return text.slice(start, end)
    }
    expect([at(first, 0), at(first, 1), at(first, 2), at(second, 2)]).toEqual(['a', '"b, c"', 'd', '3'])
  })
})
