import { setTimeout as wait } from 'node:timers/promises'

/** Time as connectors know it, handed in so that tests need not wait. Only differences count. */
export interface Clock {
  /** Milliseconds that never go back. */
  now(): number
  /** Rejects with the signal's reason when it aborts. */
  wait(milliseconds: number, signal?: AbortSignal): Promise<void>
}

export const systemClock: Clock = {
  now: () => performance.now(),
  wait: async (milliseconds, signal) => {
    try {
      await wait(milliseconds, undefined, { signal })
    } catch (error) {
      throw signal?.aborted ? signal.reason : error
    }
  },
}
