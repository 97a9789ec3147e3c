/** A terminal chart of bars over time. */

const ROWS = 6
const EIGHTHS = ['', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█']

export interface Bar {
  readonly label: string
  readonly value: number
}

/** If there are more bars than columns, neighbours are added up. The first and last label are shown below. */
export function barChart(bars: readonly Bar[], width: number): string {
  const columns = Math.max(10, width - 12)
  const together = Math.ceil(bars.length / columns)
  const values: number[] = []
  for (let at = 0; at < bars.length; at += together)
    values.push(bars.slice(at, at + together).reduce((sum, { value }) => sum + value, 0))
  const most = Math.max(1, ...values)
  const scale = String(most).length
  const lines: string[] = []
  for (let row = ROWS - 1; row >= 0; row--) {
    const cells = values.map((value) => {
      const height = (value / most) * ROWS * 8 - row * 8
      // Every value above zero is visible, however small.
      const eighths = row === 0 && value > 0 ? Math.max(1, Math.round(height)) : Math.round(height)
      return EIGHTHS[Math.min(8, Math.max(0, eighths))] || ' '
    })
    const label = row === ROWS - 1 ? String(most) : ''
    lines.push(`  ${label.padStart(scale)} │${cells.join('')}`.trimEnd())
  }
  const [first, last] = [bars[0]?.label ?? '', bars.at(-1)?.label ?? '']
  const space = values.length - first.length - last.length
  lines.push(`  ${'0'.padStart(scale)} └${'─'.repeat(values.length)}`)
  lines.push(`  ${' '.repeat(scale)}  ${space > 0 ? first + ' '.repeat(space) + last : `${first} to ${last}`}`)
  if (together > 1) lines.push(`  ${' '.repeat(scale)}  ${together} days per bar`)
  return lines.join('\n')
}
