/** A small terminal chart of a series and its forecast with bands. */

import pc from 'picocolors'

import type { ForecastPoint } from '../../engine/forecast/forecast.js'

const COLUMNS = 90
const ROWS = 10

/** Draws one column per step: `•` past values, `○` the mean of the forecast, `▒` its 80% band, `░` its 95% band. */
export function forecastChart(
  history: readonly (number | null)[],
  points: readonly ForecastPoint[],
  { colour }: { readonly colour: boolean },
): string {
  const paint = pc.createColors(colour)
  const coming = points.slice(0, Math.floor((COLUMNS * 2) / 3))
  const past = history.slice(-(COLUMNS - coming.length))
  const values = [...past.filter((value) => value !== null), ...coming.flatMap(({ lo95, hi95 }) => [lo95, hi95])]
  const [low, high] = [values.reduce((least, value) => Math.min(least, value), 0), Math.max(...values)]
  const row = (value: number): number => {
    // Halved first, because the range of very large numbers would be infinite.
    const share = high > low ? (value / 2 - low / 2) / (high / 2 - low / 2) : 0.5
    return Math.round(share * (ROWS - 1))
  }
  const label = (value: number): string => Number(value.toPrecision(3)).toString()
  const width = Math.max(label(high).length, label(low).length)
  const lines: string[] = []
  for (let at = ROWS - 1; at >= 0; at--) {
    const was = past.map((value) => (value !== null && row(value) === at ? '•' : ' ')).join('')
    const comes = coming.map(({ mean, lo80, hi80, lo95, hi95 }) => {
      if (row(mean) === at) return paint.bold('○')
      if (row(lo80) <= at && at <= row(hi80)) return paint.cyan('▒')
      return row(lo95) <= at && at <= row(hi95) ? paint.dim('░') : ' '
    })
    const side = at === ROWS - 1 ? label(high) : at === 0 ? label(low) : ''
    lines.push(`  ${side.padStart(width)} │${was}${paint.dim('┊')}${comes.join('')}`.trimEnd())
  }
  return lines.join('\n')
}
