import { failureOf } from './errors.js'
import { whileAlive } from './heartbeat.js'

/** One try of work at Meta: Temporal hears that it goes on, and is told of what it throws in the terms that it tries again by. */
export const attempt = <T>(work: () => Promise<T>): Promise<T> =>
  whileAlive(async () => {
    try {
      return await work()
    } catch (error) {
      throw failureOf(error)
    }
  })
