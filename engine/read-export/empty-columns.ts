/** Columns without a single value. Meta leaves a column empty if it has no such number for the report, so it does not mean zero. */

import type { Columns } from './columns.js'
import { csvRecords } from './csv.js'
import { bareNumber } from './number-format.js'
import { TotalsMark } from './totals.js'

/** Every breakdown has these measures if anything was delivered, so a blank means zero. */
const ALWAYS_GIVEN = new Set(['spend', 'impressions'])
const NEVER_BLANK = new Set(['results', 'reach', 'frequency'])

/** Returns the measures whose columns are blank in all rows except totals: of results and people, and in a breakdown of any measure. */
export function emptyMeasures(text: string, columns: Columns): ReadonlySet<string> {
  const { measures, breakdowns, separator, header } = columns
  const isBrokenDown = breakdowns.length > 0
  const open = new Map(
    [...measures].filter(([measure]) => NEVER_BLANK.has(measure) || (isBrokenDown && !ALWAYS_GIVEN.has(measure))),
  )
  const totals = new TotalsMark(columns)
  let rows = 0
  for (const { cells, offset } of csvRecords(text, separator, () => {})) {
    if (open.size === 0) break
    if (offset <= header.offset || totals.isOn(cells, true)) continue
    rows++
    for (const [measure, index] of open) {
      const cell = cells[index] ?? ''
      if (cell !== '' && bareNumber(cell) !== null) open.delete(measure)
    }
  }
  return rows === 0 ? new Set() : new Set(open.keys())
}
