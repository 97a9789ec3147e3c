/** The interface of benchmarks. Each `bench/<name>.bench.ts` exports a `benchmark`; `npm run bench` runs each in its own process. */

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
  /** The goal, if there is one. */
  readonly goal?: { readonly at: 'least' | 'most'; readonly value: number }
}

/** Returns the median; of an even number of values, the lower of the middle two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted[Math.floor((sorted.length - 1) / 2)]
  if (middle === undefined) throw new Error('There is no median of an empty list.')
  return middle
}

/** Returns how long the work takes, milliseconds. */
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
