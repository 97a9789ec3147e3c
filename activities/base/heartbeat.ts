/** Sends Temporal a heartbeat every few seconds, so that a process that was killed is noticed within seconds. */

import { heartbeat } from '@temporalio/activity'

const PACE = 3_000

export async function whileAlive<T>(work: () => Promise<T>): Promise<T> {
  const timer = setInterval(heartbeat, PACE)
  try {
    return await work()
  } finally {
    clearInterval(timer)
  }
}
