/** Computes forecasts in worker threads, with a time limit, each series once. */

import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'

import { Piscina } from 'piscina'

import type { ForecastResult, ForecastTask } from '../../engine/forecast/task.js'
import { contentHash } from '../../store/analysis/forecasts.js'
import type { ThreadAnswer } from './thread-answer.js'

export interface ForecastPoolOptions {
  /** How long one forecast may take in its thread, milliseconds; a thread that takes longer is ended. 5 seconds by default. */
  readonly timeLimit?: number
  readonly threads?: number
}

export interface ForecastPool {
  /**
   * Returns the forecast; the same task is computed once. A slow or broken thread gives `timed-out`, not a rejection.
   *
   * @throws RangeError for an invalid horizon or value
   */
  run(task: ForecastTask): Promise<ForecastResult>
  close(): Promise<void>
}

/** Milliseconds for one forecast as a whole, with all of its models. Waiting for a free thread does not count. */
const TIME_LIMIT = 5_000
/** Milliseconds. An idle thread costs memory, a new one takes 50 ms to start. */
const IDLE = 30_000
/** How many forecasts are kept in memory; the oldest is dropped first. */
const REMEMBERED = 2_000

export function openForecastPool({ timeLimit = TIME_LIMIT, threads = defaultThreads() }: ForecastPoolOptions = {}): ForecastPool {
  let piscina = start(threads)
  const known = new Map<string, Promise<ForecastResult>>()
  // No more tasks at once than threads, so that the time limit does not include waiting.
  let free = threads
  const waiting: (() => void)[] = []

  const work = async (task: ForecastTask): Promise<ForecastResult> => {
    if (free > 0) free -= 1
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      const { result, broken } = await piscina.run(task, { name: 'runForecast', signal: AbortSignal.timeout(timeLimit) })
      if (broken) replace()
      return result
    } catch (error) {
      if (error instanceof RangeError) throw error
      const slow = error instanceof Error && error.name === 'AbortError'
      return {
        kind: 'timed-out',
        reason: slow ? `it took longer than ${timeLimit / 1000} s` : `its thread ended: ${String(error)}`,
      }
    } finally {
      const next = waiting.shift()
      if (next === undefined) free += 1
      else next()
    }
  }
  const replace = (): void => {
    const old = piscina
    piscina = start(threads)
    void old.close().catch(() => undefined)
  }

  return {
    run: (task) => {
      const hash = contentHash(task)
      const before = known.get(hash)
      if (before !== undefined) return before
      const answer = work(task)
      if (known.size >= REMEMBERED) known.delete(known.keys().next().value!)
      known.set(hash, answer)
      // Failures are not cached: the next call tries again.
      const forget = (): void => void (known.get(hash) === answer && known.delete(hash))
      answer.then(({ kind }) => kind === 'timed-out' && forget(), forget)
      return answer
    },
    close: () => piscina.destroy(),
  }
}

const defaultThreads = (): number => Math.max(1, Math.min(4, availableParallelism() - 1))

function start(threads: number): Piscina<ForecastTask, ThreadAnswer> {
  const fileAt = (name: string): string => fileURLToPath(new URL(`./${name}`, import.meta.url))
  const compiled = fileAt('forecast-thread.js')
  return new Piscina<ForecastTask, ThreadAnswer>({
    filename: existsSync(compiled) ? compiled : fileAt('forecast-thread-from-source.js'),
    minThreads: 0,
    maxThreads: threads,
    idleTimeout: IDLE,
  })
}
