/** Finds out which of the wanted ports are in use, and by which process. */

import { execFile } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { connect, createServer } from 'node:net'

export interface WantedPort {
  readonly port: number
  /** What would listen there: `API and panel`. */
  readonly purpose: string
  /** The variable that sets another port: `TETIK_PORT`. */
  readonly variable: string
}

export interface TakenPort extends WantedPort {
  /** The process that uses it, if the system reports it. */
  readonly holder: PortHolder | null
}

interface PortHolder {
  readonly pid: number
  readonly name: string
}

const CONNECT_LIMIT = 500

/** Returns the wanted ports of 127.0.0.1 that are in use, in the given order. */
export async function takenPorts(wanted: readonly WantedPort[]): Promise<TakenPort[]> {
  const taken = await Promise.all(
    wanted.map(async (port) => ((await isTaken(port.port)) ? { ...port, holder: await holderOf(port.port) } : null)),
  )
  return taken.filter((port) => port !== null)
}

/** Returns the first free port at or above `from` that is not in `without`. */
export async function freePortFrom(from: number, without: ReadonlySet<number>): Promise<number> {
  let port = from
  while (without.has(port) || (await isTaken(port))) port += 1
  return port
}

async function isTaken(port: number): Promise<boolean> {
  // Some systems allow binding 127.0.0.1 while another process listens on all addresses, so both are tried.
  return (await answers(port)) || !(await canBind(port))
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' })
    const finish = (answer: boolean): void => {
      socket.destroy()
      resolve(answer)
    }
    socket.setTimeout(CONNECT_LIMIT, () => finish(false))
    socket.once('connect', () => finish(true))
    socket.once('error', () => finish(false))
  })
}

function canBind(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}

/** Returns the process that listens on a port: from /proc on Linux, else from lsof; null if unknown. */
async function holderOf(port: number): Promise<PortHolder | null> {
  return process.platform === 'linux' ? holderFromProc(port) : holderFromLsof(port)
}

const LISTENING = '0A'

function holderFromProc(port: number): PortHolder | null {
  const inodes = new Set<string>()
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const line of readOr(table, '').split('\n').slice(1)) {
      const fields = line.trim().split(/\s+/)
      const [, local, , state] = fields
      if (state !== LISTENING || parseInt(local?.split(':')[1] ?? '', 16) !== port) continue
      inodes.add(`socket:[${fields[9] ?? ''}]`)
    }
  }
  for (const pid of listOr('/proc').filter((name) => /^\d+$/.test(name))) {
    const holds = listOr(`/proc/${pid}/fd`).some((fd) => inodes.has(linkOr(`/proc/${pid}/fd/${fd}`)))
    if (holds) return { pid: Number(pid), name: readOr(`/proc/${pid}/comm`, 'unknown').trim() }
  }
  return null
}

function holderFromLsof(port: number): Promise<PortHolder | null> {
  return new Promise((resolve) => {
    execFile('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'], { timeout: 3_000 }, (_, output) => {
      const pid = /^p(\d+)$/m.exec(output)?.[1]
      resolve(pid === undefined ? null : { pid: Number(pid), name: /^c(.+)$/m.exec(output)?.[1] ?? 'unknown' })
    })
  })
}

// Other users' processes cannot be read, and a process may have ended meanwhile.
function readOr(path: string, otherwise: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return otherwise
  }
}

function listOr(path: string): string[] {
  try {
    return readdirSync(path)
  } catch {
    return []
  }
}

function linkOr(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return ''
  }
}
