/** The values of one field of an object over time, from the sandbox's log. */

import type { Write } from './evidence.js'

export interface Timeline {
  /** Returns the values in a period, both ends included; epoch milliseconds. */
  between(from: number, to: number): string[]
  readonly last: Write | null
}

export function timeline(writes: readonly Write[], entity: string, field: string): Timeline {
  const its = writes.filter((write) => write.entity === entity && write.field === field)
  return {
    between: (from, to) => {
      const within = its.filter(({ at }) => at >= from && at <= to)
      const start = its.findLast(({ at }) => at < from)?.after ?? its[0]?.before
      return [...(start === undefined ? [] : [start]), ...within.map(({ after }) => after)]
    },
    last: its.at(-1) ?? null,
  }
}
