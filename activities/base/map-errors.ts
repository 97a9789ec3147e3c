import { failureOf } from './errors.js'
import { whileAlive } from './heartbeat.js'

/** Runs `work` with heartbeats and maps connector errors to (non-)retryable `ApplicationFailure`s. */
export const attempt = <T>(work: () => Promise<T>): Promise<T> =>
  whileAlive(async () => {
    try {
      return await work()
    } catch (error) {
      throw failureOf(error)
    }
  })
