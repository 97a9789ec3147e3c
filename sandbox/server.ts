/** The sandbox as a server: Meta's Graph and Marketing API and the WhatsApp Cloud API on one port of this machine. */

import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import { createAdaptorServer, type HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'

import { accountsOf, type SceneName } from './accounts/accounts.js'
import { answerGraph, type GraphServer } from './http/answer.js'
import { controlRoutes } from './http/control.js'
import { page, pageLanguage } from './http/page.js'
import type { AccessTier } from './protocol/limits.js'
import { openDatabase } from './state/database.js'
import { RequestLog } from './state/request-log.js'
import { downloadMedia } from './whatsapp/media-routes.js'
import { Phone } from './whatsapp/phone.js'
import { Faults } from './world/faults.js'
import { openWorlds } from './world/world.js'

export interface SandboxOptions {
  /** By default, or if 0, a free port. */
  readonly port?: number
  /** The file that keeps the state across restarts; without it, the state is kept in memory. */
  readonly stateFile?: string | null
  /** Determines the accounts; by default `agency`. An existing state keeps its accounts, and new ones are added. */
  readonly scene?: SceneName
  /** Seed of everything random, used when the state is created. */
  readonly seed?: number
  /** The account's clock in milliseconds; by default the machine's. Webhooks always use the machine's. */
  readonly now?: () => number
  /** The URL for WhatsApp's webhooks; without it, none are sent. */
  readonly webhookUrl?: string | null
  readonly log?: (line: string) => void
  readonly accessTier?: AccessTier
  /** Seconds between attempts of a webhook that was not answered with 200. */
  readonly webhookRetrySeconds?: readonly number[]
}

export interface Sandbox {
  readonly url: string
  readonly port: number
  /** Ends open connections, stores pending webhooks, and closes the state file. */
  stop(): Promise<void>
}

export const DEFAULT_SEED = 1905

/**
 * Starts the sandbox on the loopback interface.
 * @throws the system's error (`EADDRINUSE`, `EACCES`) if the port is not available
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const log = options.log ?? (() => undefined)
  const now = options.now ?? Date.now
  const database = openDatabase(options.stateFile ?? null)
  const worlds = openWorlds(database, accountsOf(options.scene ?? 'agency'), {
    seed: options.seed ?? DEFAULT_SEED,
    now,
    tier: options.accessTier ?? 'standard_access',
  })
  const faults = new Faults(database, worlds.first.seed)
  const phone = new Phone(database, faults, now, {
    url: options.webhookUrl ?? null,
    log,
    ...(options.webhookRetrySeconds ? { retrySeconds: options.webhookRetrySeconds } : {}),
  })
  const graph: GraphServer = { worlds, phone, faults, requests: new RequestLog(database) }
  const server = createAdaptorServer({ fetch: sandboxApp(graph, log).fetch }) as Server
  try {
    await listen(server, options.port ?? 0)
  } catch (error) {
    database.close()
    throw error
  }
  phone.webhooks.schedule()
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
      await phone.webhooks.stop()
      database.close()
    },
  }
}

function sandboxApp(graph: GraphServer, log: (line: string) => void): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>()
  for (const path of ['/', '/sandbox']) {
    app.get(path, (context) =>
      context.html(page(graph, pageLanguage(context.req.query('lang'), context.req.header('accept-language')))),
    )
  }
  app.route('/sandbox', controlRoutes(graph))
  app.all('*', async (context) => {
    const download = downloadMedia(graph.phone, context.req.raw)
    if (download !== null) return download
    const outcome = await answerGraph(graph, context.req.raw)
    if (outcome.kind === 'hang') return await new Promise<Response>(() => undefined)
    if (outcome.kind === 'reset') {
      context.env.incoming.socket.resetAndDestroy()
      return await new Promise<Response>(() => undefined)
    }
    if (outcome.delay > 0) await new Promise((resolve) => setTimeout(resolve, outcome.delay))
    return new Response(outcome.body, { status: outcome.status, headers: outcome.headers })
  })
  app.onError((error, context) => {
    log(`${context.req.method} ${context.req.path}: ${error.stack ?? error.message}`)
    return context.json(
      { error: { message: 'An unknown error occurred', type: 'OAuthException', code: 1, fbtrace_id: 'Asandbox' } },
      500,
    )
  })
  return app
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
}
