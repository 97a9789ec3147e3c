/**
 * Allows one `tetik up` per project. The running one serves its state on a port that it writes to a file in the state folder; a
 * second `tetik up`, `tetik doctor` and tests read it there. A leftover file is recognised because its port does not answer.
 */

import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'

export interface InstanceState {
  readonly pid: number
  readonly startedAt: string
  readonly ready: boolean
  readonly links: Readonly<Record<string, string>>
  readonly parts: readonly { readonly name: string; readonly pid: number | null; readonly ready: boolean }[]
}

export interface Instance {
  close(): void
}

interface InstanceFile {
  readonly pid: number
  readonly port: number
  /** Part of the URL, so that only those who can read the file can read the state. */
  readonly secret: string
}

const FILE = 'up.json'
const ASK_LIMIT = 2_000

/**
 * Claims the project for this process; returns null if another process has it.
 * @param describe returns the current state; called for every request
 */
export async function claimInstance(stateFolder: string, describe: () => InstanceState): Promise<Instance | null> {
  const found = read(join(stateFolder, FILE))
  if (found !== null && (await ask(found)) !== null) return null
  const secret = randomBytes(16).toString('hex')
  const server = createServer((request, response) => {
    const known = request.url === `/${secret}`
    response.writeHead(known ? 200 : 404, { 'content-type': 'application/json' })
    response.end(known ? JSON.stringify(describe()) : '{}')
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  // The folder contains results and texts of messages, which only its owner may read.
  mkdirSync(stateFolder, { recursive: true, mode: 0o700 })
  if (!takeFile(stateFolder, { pid: process.pid, port, secret }, found)) {
    server.close()
    return null
  }
  const file = join(stateFolder, FILE)
  return {
    close: () => {
      server.close()
      server.closeAllConnections()
      if (read(file)?.secret === secret) rmSync(file, { force: true })
    },
  }
}

/**
 * Replaces the leftover file with ours. Of several processes that start at the same moment, one succeeds: a link fails if the file
 * exists, and a file can be renamed away only once.
 */
function takeFile(stateFolder: string, content: InstanceFile, dead: InstanceFile | null): boolean {
  const file = join(stateFolder, FILE)
  const draft = `${file}.${content.secret}`
  const aside = `${draft}.old`
  writeFileSync(draft, JSON.stringify(content), { mode: 0o600 })
  try {
    if (existsSync(file)) {
      renameSync(file, aside)
      if (read(aside)?.secret !== dead?.secret) {
        linkSync(aside, file)
        return false
      }
    }
    linkSync(draft, file)
    return true
  } catch (error) {
    if (['EEXIST', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) return false
    throw error
  } finally {
    rmSync(draft, { force: true })
    rmSync(aside, { force: true })
  }
}

/** Returns the state of this project's `tetik up`; null if none is running. */
export async function askInstance(stateFolder: string): Promise<InstanceState | null> {
  const found = read(join(stateFolder, FILE))
  return found === null ? null : ask(found)
}

async function ask({ port, secret }: InstanceFile): Promise<InstanceState | null> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/${secret}`, { signal: AbortSignal.timeout(ASK_LIMIT) })
    return response.ok ? ((await response.json()) as InstanceState) : null
  } catch {
    return null
  }
}

function read(file: string): InstanceFile | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as InstanceFile
  } catch {
    return null
  }
}
