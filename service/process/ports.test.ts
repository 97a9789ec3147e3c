import { createServer, type Server } from 'node:net'

import { afterEach, expect, it } from 'vitest'

import { freePort } from '../temporal/temporal-server.js'
import { freePortFrom, takenPorts } from './ports.js'

const servers: Server[] = []
afterEach(() => servers.splice(0).forEach((server) => server.close()))

async function listen(host: string): Promise<number> {
  const server = createServer().listen(0, host)
  servers.push(server)
  await new Promise((resolve) => server.once('listening', resolve))
  return (server.address() as { port: number }).port
}

it('reports all ports in use at once, each with its process', async () => {
  const [first, second, free] = [await listen('127.0.0.1'), await listen('0.0.0.0'), await freePort()]
  const wanted = [first, free, second].map((port, index) => ({ port, purpose: `part ${index}`, variable: `PORT_${index}` }))
  const taken = await takenPorts(wanted)
  expect(taken.map(({ port, purpose }) => ({ port, purpose }))).toEqual([
    { port: first, purpose: 'part 0' },
    { port: second, purpose: 'part 2' },
  ])
  if (process.platform === 'linux') expect(taken.map((port) => port.holder?.pid)).toEqual([process.pid, process.pid])
})

it('the suggested port is neither in use nor excluded', async () => {
  const taken = await listen('127.0.0.1')
  const offered = await freePortFrom(taken, new Set([taken + 1]))
  expect(offered).toBeGreaterThan(taken + 1)
  expect(await takenPorts([{ port: offered, purpose: '', variable: '' }])).toEqual([])
})
