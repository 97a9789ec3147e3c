/** Temporal as the API uses it: connected when first needed, and given up on within seconds. */

import { isGrpcServiceError } from '@temporalio/client'

import type { TetikClient } from '../../temporal/connection.js'
import { ProblemError } from './problem.js'

export type ConnectedClient = TetikClient

export interface TemporalAccess {
  /**
   * @param work all its calls together may take `limit` milliseconds
   * @throws ProblemError `temporal-unavailable` where Temporal does not answer in time; whatever else `work` throws
   */
  use<T>(work: (client: ConnectedClient) => Promise<T>, limit?: number): Promise<T>
  /** Whether it answers. Never throws. */
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
      // A signal, and no deadline: waiting for a workflow's end asks again after a deadline, at once and for ever.
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
      // One that is still being made is closed when it is there, which nobody needs to wait for.
      await Promise.race([connection, new Promise((resolve) => setTimeout(resolve, CLOSE_LIMIT).unref())])
    },
  }
  return access
}

function unavailable(cause: unknown): ProblemError {
  const error = new ProblemError(
    'temporal-unavailable',
    'Temporal does not answer, so nothing was started. Is it running? Try again with the same Idempotency-Key.',
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
    // What comes too late is nobody's any more; without this its failure would end the process.
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
