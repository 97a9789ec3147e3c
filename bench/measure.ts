/** What a benchmark reports. Each `bench/<name>.bench.ts` exports a `benchmark`; `npm run bench` runs them all, one process each. */

import { readFileSync } from 'node:fs'

export interface Benchmark {
  /** What is measured, in one sentence. */
  readonly description: string
  run(): Promise<readonly Measurement[]>
}

export interface Measurement {
  /** `rule evaluations`, `time from tick to Meta's write` */
  readonly name: string
  readonly value: number
  /** `per second`, `ms`, `MB`, `of bare json-rules-engine` */
  readonly unit: string
  /** What is aimed at, where something is. */
  readonly goal?: { readonly at: 'least' | 'most'; readonly value: number }
}

/** The middle one; of an even number the lower of the two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted[Math.floor((sorted.length - 1) / 2)]
  if (middle === undefined) throw new Error('There is no median of nothing.')
  return middle
}

/** Milliseconds that the work takes. */
export async function timed(work: () => unknown): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

/** Returns the resident memory of a process, which only Linux reports; NaN elsewhere. */
export function residentMegabytes(pid: number | null): number {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1]
    return Number(kilobytes) / 1_024
  } catch {
    return NaN
  }
}
