/** A small terminal chart of points, their expected band and the anomalies. */

import pc from 'picocolors'

export interface ChartPoint {
  readonly value: number | null
  readonly lo: number | null
  readonly hi: number | null
  readonly kind: string | null
}

const COLUMNS = 96
const ROWS = 8

/** Draws the latest points, a column each: `•` a value, `░` the band, `▲` and `▼` an anomaly above and below what was expected. */
export function chartOf(points: readonly ChartPoint[], { colour }: { readonly colour: boolean }): string {
  const paint = pc.createColors(colour)
  const shown = points.slice(-COLUMNS)
  const values = shown.flatMap(({ value }) => (value === null ? [] : [value]))
  if (values.length === 0) return '  (no values)'
  const [low, high] = [Math.min(0, ...values), Math.max(...values)]
  const row = (value: number): number => {
    const share = high > low ? value / 2 / (high / 2 - low / 2) - low / 2 / (high / 2 - low / 2) : 0.5
    return Math.max(0, Math.min(ROWS - 1, Math.round(share * (ROWS - 1))))
  }
  const label = (value: number): string => Number(value.toPrecision(3)).toString()
  const width = Math.max(label(high).length, label(low).length)
  return Array.from({ length: ROWS }, (_, index) => ROWS - 1 - index)
    .map((at) => {
      const cells = shown.map(({ value, lo, hi, kind }) => {
        if (value !== null && row(value) === at) {
          if (kind === null) return '•'
          return paint.red(lo !== null && value < lo ? '▼' : '▲')
        }
        return lo !== null && hi !== null && row(lo) <= at && at <= row(hi) ? paint.dim('░') : ' '
      })
      const side = at === ROWS - 1 ? label(high) : at === 0 ? label(low) : ''
      return `  ${side.padStart(width)} │${cells.join('')}`
    })
    .join('\n')
}
