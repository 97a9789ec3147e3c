/** Starts the API's server, its hourly clean-up and page checks, and stops them cleanly. */

import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import { getRequestListener } from '@hono/node-server'

import { knownDamage } from '../../store/base/damage.js'
import type { Store } from '../../store/base/store.js'
import { openForecastPool } from '../forecast/forecast-pool.js'
import { checkStorePages } from '../health/store-check.js'
import { createApp } from './app.js'
import type { ApiContext } from './http/context.js'
import { liveDecisions } from './http/live-decisions.js'
import { type ConnectedClient, temporalAccess } from './http/temporal-access.js'
import { tidy } from './work/housekeeping.js'

export interface ApiOptions extends Omit<ApiContext, 'store' | 'temporal' | 'live' | 'forecasts' | 'now' | 'changeWait'> {
  readonly store: Store
  /** Called when Temporal is first needed, and again after a failed connection. */
  readonly connect: () => Promise<ConnectedClient>
  readonly host: string
  /** 0 for any free port. */
  readonly port: number
  readonly changeWait?: number
  readonly now?: () => number
}

export interface RunningApi {
  /** `http://127.0.0.1:7070` */
  readonly url: string
  readonly port: number
  /** Ends live pages, waits for requests in progress, and closes the connection to Temporal; the store stays open. */
  close(): Promise<void>
}

/** Milliseconds; a change usually takes one or two seconds. */
const CHANGE_WAIT = 8_000
const TIDY_EVERY = 3_600_000
/** Milliseconds; slightly longer than a check's result is reused, so that each check reads the pages. */
const CHECK_EVERY = 3_600_001
/** How long a client may take to send its request, milliseconds. */
const REQUEST_LIMIT = 30_000
const CLOSE_LIMIT = 9_000

export async function startApi(options: ApiOptions): Promise<RunningApi> {
  const { connect, host, port, store, now = Date.now, changeWait = CHANGE_WAIT, ...rest } = options
  const temporal = temporalAccess(connect)
  const live = liveDecisions(store, (error) => rest.logError(`live decisions: ${String(error)}`))
  const forecasts = openForecastPool()
  const app = createApp({ ...rest, store, temporal, live, forecasts, changeWait, now })
  const answer = getRequestListener(app.fetch)
  const server = createServer({ requestTimeout: REQUEST_LIMIT, headersTimeout: REQUEST_LIMIT }, (request, response) => {
    void answer(request, response)
  })
  await listen(server, host, port)
  const address = server.address() as AddressInfo

  const checkPages = (): void =>
    void checkStorePages(store, now()).then(() => {
      const damage = knownDamage(store)
      if (damage !== null) rest.logError(`the store is damaged: ${damage.detail}`)
    })
  checkPages()
  const checking = setInterval(checkPages, CHECK_EVERY).unref()

  const tidyNow = (): void => void tidy(store, now()).catch((error: unknown) => rest.logError(`tidying up: ${String(error)}`))
  tidyNow()
  const tidying = setInterval(tidyNow, TIDY_EVERY).unref()

  return {
    url: `http://${host}:${address.port}`,
    port: address.port,
    close: async () => {
      clearInterval(tidying)
      clearInterval(checking)
      live.close()
      await forecasts.close()
      await closeServer(server)
      await temporal.close()
    },
  }
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(() => server.closeAllConnections(), CLOSE_LIMIT)
    // Clients keep connections open after their last response; those are closed as they become idle.
    const idle = setInterval(() => server.closeIdleConnections(), 50)
    server.close(() => {
      clearTimeout(late)
      clearInterval(idle)
      resolve()
    })
  })
}
