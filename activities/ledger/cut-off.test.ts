/** Activities that are cancelled during a request, with real clients and servers that never answer. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

import { MockActivityEnvironment } from '@temporalio/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { createMetaClient } from '../../connectors/meta/create-client.js'
import { createWhatsAppClient } from '../../connectors/whatsapp/create-client.js'
import { findMutation, intendMutation } from '../../store/decisions/mutations.js'
import { findMessage, intendMessage } from '../../store/messages/messages.js'
import { openActivityRoom } from '../../test/support/activity-room.js'
import { adset } from '../../test/support/meta-double.js'
import { activitySignal } from '../base/activity-signal.js'
import type { ActivityDependencies } from '../base/dependencies.js'
import { applyMutation } from '../change/apply-mutation.js'
import { sendToWhatsApp } from '../messages/send-to-whatsapp.js'

/** A Graph API that answers reads, and accepts writes without ever answering them. */
let status: string
let writes: number
let written: () => void
let closed: Promise<void>
let server: Server
let dependencies: ActivityDependencies
let closeClients: () => Promise<unknown>

const answer = (request: IncomingMessage, response: ServerResponse): void => {
  if (request.method === 'GET') {
    const node = Object.entries({ ...adset({ id: '120', campaign_id: '110' }), status, effective_status: status }).filter(
      ([, value]) => value !== null,
    )
    const text = { created_time: '2026-01-01T00:00:00+0300', updated_time: '2026-01-01T00:00:00+0300', daily_budget: '50000' }
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ ...Object.fromEntries(node), ...text, attribution_spec: [] }))
    return
  }
  closed = new Promise((resolve) => response.on('close', resolve))
  request.resume().on('end', () => {
    writes += 1
    status = 'PAUSED'
    written()
  })
}

beforeEach(async () => {
  ;[status, writes, written] = ['ACTIVE', 0, () => {}]
  server = createServer(answer).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const options = {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token: () => 'token',
    signal: activitySignal,
  }
  const [meta, whatsapp] = [createMetaClient(options), createWhatsAppClient({ ...options, phoneId: '1065' })]
  const room = await openActivityRoom()
  dependencies = { ...room.dependencies, meta: () => meta, whatsapp }
  closeClients = () => Promise.all([meta.close(), whatsapp.close()])
})
afterEach(async () => {
  await closeClients()
  server.closeAllConnections()
  server.close()
})

/** Runs the activity and cancels it as soon as the server has received its write. */
async function cutOffAtWrite<I, O>(activity: (input: I) => Promise<O>, input: I): Promise<unknown> {
  const environment = new MockActivityEnvironment()
  written = () => environment.cancel('WORKER_SHUTDOWN')
  const error: unknown = await environment.run(activity, input).then(
    () => 'it was not cut off',
    (reason: unknown) => reason,
  )
  // The request itself was aborted, not only our waiting for it.
  await closed
  return error
}

describe('an activity that is cancelled during its request', () => {
  it('leaves a change at Meta unknown, and the next attempt finds out by reading that it was made', async () => {
    const { store, now } = dependencies
    await intendMutation(store, {
      id: 'm',
      decision: null,
      account: 'moda-tr',
      made_by: 'pause-expensive',
      level: 'adset',
      entity_id: '120',
      field: 'status',
      before: 'ACTIVE',
      target: 'PAUSED',
      intended_at: now(),
    })
    const input = { account: 'moda-tr', mutation: 'm' }
    expect(await cutOffAtWrite(applyMutation(dependencies), input)).toMatchObject({ name: 'CancelledFailure' })
    expect((await findMutation(store, 'm'))?.outcome).toBe('unknown')
    expect(await new MockActivityEnvironment().run(applyMutation(dependencies), input)).toMatchObject({ outcome: 'confirmed' })
    expect(writes).toBe(1)
  })

  it('reports that a message may have been sent, so that it is not sent again at once', async () => {
    const { store, now } = dependencies
    const message = { id: 'n', decision: null, account: 'moda-tr', recipient: 'owner', text: 'hello', created_at: now() }
    await intendMessage(store, message)
    const error = await cutOffAtWrite(sendToWhatsApp(dependencies), { message: 'n', form: 'text' as const })
    expect(error).toMatchObject({ type: 'unknown-outcome' })
    expect((await findMessage(store, 'n'))?.status).toBe('unknown')
  })
})
