/** A failed check, with the rows that show it. */
export interface Violation {
  readonly kind: string
  readonly rows: readonly object[]
}

/** Returns a violation as text, with readable times. */
export function inWords({ kind, rows }: Violation): string {
  return [`✗ ${kind}`, ...rows.map((row) => `    ${JSON.stringify(row, readable)}`)].join('\n')
}

const readable = (key: string, value: unknown): unknown => {
  if (key === 'trace_json' || key === 'steps_json') return undefined
  const isTime = /^at$|_at$|At$|^since$/.test(key) && typeof value === 'number'
  return isTime ? new Date(value).toISOString() : value
}
