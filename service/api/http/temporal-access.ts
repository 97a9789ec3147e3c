/** The API's connection to Temporal: opened when first needed, with a time limit of seconds for every call. */

import { isGrpcServiceError } from '@temporalio/client'

import type { TetikClient } from '../../temporal/connection.js'
import { ProblemError } from './problem.js'

export type ConnectedClient = TetikClient

export interface TemporalAccess {
  /**
   * @param work its calls together may take `limit` milliseconds
   * @throws ProblemError `temporal-unavailable` if Temporal does not answer in time; other errors of `work` as they are
   */
  use<T>(work: (client: ConnectedClient) => Promise<T>, limit?: number): Promise<T>
  /** Whether Temporal answers. Never throws. */
  answers(): Promise<boolean>
  close(): Promise<void>
}

const CONNECT_LIMIT = 3_000
const CALL_LIMIT = 5_000
const CLOSE_LIMIT = 1_000

export function temporalAccess(connect: () => Promise<ConnectedClient>): TemporalAccess {
  let connecting: Promise<ConnectedClient> | null = null

  const connected = (): Promise<ConnectedClient> => {
    connecting ??= connect().catch((error: unknown) => {
      connecting = null
      throw unavailable(error)
    })
    return within(CONNECT_LIMIT, connecting)
  }

  const access: TemporalAccess = {
    async use(work, limit = CALL_LIMIT) {
      const client = await connected()
      // An abort signal instead of a deadline: after a deadline, waiting for a workflow's result would poll again at once, forever.
      const over = AbortSignal.timeout(limit)
      try {
        return await within(
          limit + 500,
          client.connection.withAbortSignal(over, () => work(client)),
        )
      } catch (error) {
        throw isOutage(error) ? unavailable(error) : error
      }
    },
    async answers() {
      try {
        await access.use(({ connection }) => connection.healthService.check({}), 2_000)
        return true
      } catch {
        return false
      }
    },
    async close() {
      const connection = connecting?.then((client) => client.connection.close()).catch(() => {})
      // A connection that is still being opened closes itself once it is open; there is no need to wait for that.
      await Promise.race([connection, new Promise((resolve) => setTimeout(resolve, CLOSE_LIMIT).unref())])
    },
  }
  return access
}

function unavailable(cause: unknown): ProblemError {
  const error = new ProblemError(
    'temporal-unavailable',
    'Temporal does not answer, so nothing was started. Check that it is running, then retry with the same Idempotency-Key.',
    { headers: { 'retry-after': '5' } },
  )
  error.cause = cause
  return error
}

async function within<T>(limit: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(unavailable(new Error(`no answer within ${limit} ms`))), limit)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
    // Nobody handles a result that comes too late; without this, a late rejection would end the process.
    work.catch(() => {})
  }
}

/** gRPC: CANCELLED, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, UNAVAILABLE. */
const OUTAGE_CODES = new Set([1, 4, 8, 14])

function isOutage(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (isGrpcServiceError(cause) && OUTAGE_CODES.has(cause.code)) return true
  }
  return false
}
