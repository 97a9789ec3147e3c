/**
 * Checks whether a local Temporal server is serving, with gRPC's health protocol (`grpc.health.v1.Health/Check`). Uses node:http2,
 * because it runs during start-up, and loading the client library takes a third of a second.
 */

import { connect } from 'node:http2'

const SERVICE = 'temporal.api.workflowservice.v1.WorkflowService'
/** `HealthCheckResponse { status: SERVING }` in protobuf's wire format. */
const SERVING = Buffer.from([0x08, 0x01])
/** A gRPC message begins with one byte (0: not compressed) and its length in four. */
const PREFIX_LENGTH = 5

/** Whether the server at `127.0.0.1:port` answers that it serves, within `timeout` milliseconds. Never throws. */
export async function temporalServes(port: number, timeout = 1_000): Promise<boolean> {
  return new Promise((resolve) => {
    const session = connect(`http://127.0.0.1:${port}`)
    const finish = (serves: boolean): void => {
      clearTimeout(timer)
      session.destroy()
      resolve(serves)
    }
    const timer = setTimeout(finish, timeout, false)
    session.on('error', () => finish(false))
    session.on('connect', () => {
      const request = session.request({
        ':method': 'POST',
        ':path': '/grpc.health.v1.Health/Check',
        'content-type': 'application/grpc',
        te: 'trailers',
      })
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('error', () => finish(false))
      request.on('end', () => finish(Buffer.concat(chunks).subarray(PREFIX_LENGTH).equals(SERVING)))
      request.end(checkRequest())
    })
  })
}

/** `HealthCheckRequest { service }`: field 1, a string. */
function checkRequest(): Buffer {
  const service = Buffer.from(SERVICE)
  const message = Buffer.concat([Buffer.from([0x0a, service.length]), service])
  const prefix = Buffer.alloc(PREFIX_LENGTH)
  prefix.writeUInt32BE(message.length, 1)
  return Buffer.concat([prefix, message])
}
