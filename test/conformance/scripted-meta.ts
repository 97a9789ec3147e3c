/** For the tests of the Meta client: a server with scripted responses, and clients of it. */

import { afterAll, afterEach } from 'vitest'

import { MetaError } from '../../connectors/connector-error.js'
import type { MetaClient, MetaClientOptions } from '../../connectors/meta/client.js'
import { createMetaClient } from '../../connectors/meta/create-client.js'
import { failureOf } from '../support/failure.js'
import { startScriptedServer } from './scripted-server.js'

export const TOKEN = 'EAAtokenThatNobodyMaySee'
export const APP_SECRET = 'appSecretThatNobodyMaySee'

/** Clears the recorded requests after each test. */
export const server = await startScriptedServer()
const clients: MetaClient[] = []

afterEach(async () => {
  server.requests.length = 0
  await Promise.all(clients.splice(0).map((client) => client.close()))
})
afterAll(() => server.close())

/** A new client of the server for this test. */
export function connect(options: Partial<MetaClientOptions> = {}): MetaClient {
  const client = createMetaClient({ baseUrl: server.url, token: () => TOKEN, appSecret: APP_SECRET, ...options })
  clients.push(client)
  return client
}

export const failure = (work: Promise<unknown>): Promise<MetaError> => failureOf(work, MetaError)
