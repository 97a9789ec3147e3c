import { setTimeout as wait } from 'node:timers/promises'

/** The clock of the connectors, passed in so that tests need not wait. Only differences between its times matter. */
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
