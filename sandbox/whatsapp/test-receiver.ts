/** For the sandbox's tests: a receiver of WhatsApp's webhooks. */

import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import { afterEach } from 'vitest'

export interface Received {
  readonly body: string
  readonly signature: string
  readonly status: number
}

interface Value {
  statuses?: Array<Record<string, unknown>>
  messages?: Array<Record<string, unknown>>
  contacts?: unknown[]
}

const open: Server[] = []
afterEach(() => {
  for (const server of open.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

export class Receiver {
  readonly received: Received[] = []
  /** Statuses to answer with, in turn; then 200. */
  answers: number[] = []
  url = ''

  static async start(): Promise<Receiver> {
    const receiver = new Receiver()
    const server = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const status = receiver.answers.shift() ?? 200
        receiver.received.push({
          body: Buffer.concat(chunks).toString(),
          signature: String(request.headers['x-hub-signature-256']),
          status,
        })
        response.writeHead(status).end()
      })
    })
    open.push(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/whatsapp`
    return receiver
  }

  get values(): Value[] {
    return this.received.map(
      ({ body }) => (JSON.parse(body) as { entry: [{ changes: [{ value: Value }] }] }).entry[0].changes[0].value,
    )
  }

  /** `sent`, `delivered` … in the order of their arrival. */
  get statuses(): unknown[] {
    return this.values.flatMap((value) => value.statuses ?? []).map(({ status }) => status)
  }
}
