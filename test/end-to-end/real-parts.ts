/** A project with a real Temporal server, the sandbox over HTTP, the API and the worker; all but Temporal run in the test's process. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { runApi } from '../../service/api/run-api.js'
import { apiToken } from '../../service/settings/api-token.js'
import { loadServiceSettings, type ServiceSettings } from '../../service/settings/settings.js'
import { freePort, startTemporalServer } from '../../service/temporal/temporal-server.js'
import { startWorker } from '../../service/worker/worker.js'
import { openStore, type Store } from '../../store/base/store.js'
import { startSandbox } from '../support/sandbox.js'

export interface RealParts {
  readonly settings: ServiceSettings
  readonly store: Store
  /** Lines that the worker announced, oldest first. */
  readonly lines: readonly string[]
  write(path: string, text: string): void
  remove(path: string): void
  api<T>(path: string, init?: RequestInit): Promise<T>
  sandbox<T>(path: string, init?: RequestInit): Promise<T>
  stop(): Promise<void>
}

export async function startRealParts(files: Readonly<Record<string, string>>): Promise<RealParts> {
  const folder = mkdtempSync(join(tmpdir(), 'tetik-real-'))
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  for (const [path, text] of Object.entries(files)) write(path, text)
  const [port, server] = await Promise.all([freePort(), startTemporalServer()])
  const sandbox = await startSandbox({ webhookUrl: `http://127.0.0.1:${port}/webhooks/whatsapp` })
  const settings = loadServiceSettings(
    {
      TETIK_PORT: String(port),
      TETIK_SANDBOX_PORT: String(sandbox.port),
      TEMPORAL_ADDRESS: server.address,
      TEMPORAL_CONFIG_FILE: join(folder, 'none.toml'),
      HOME: folder,
    },
    folder,
  )
  mkdirSync(settings.stateFolder, { recursive: true })
  const lines: string[] = []
  const api = await runApi(settings, () => undefined)
  const worker = await startWorker(settings, {
    announce: (line) => void lines.push(line),
    // A scenario whose rule has an error would wait until its timeout, so errors are printed.
    rules: ({ diagnostics }) => {
      for (const { severity, file, line, message } of diagnostics) {
        if (severity === 'error') process.stderr.write(`${file}:${line}: ${message}\n`)
      }
    },
    warn: (line) => void process.stderr.write(`${line}\n`),
  })
  const store = await openStore(settings.storeUrl)
  const token = apiToken(settings)
  return {
    settings,
    store,
    lines,
    write,
    remove: (path) => rmSync(join(folder, path)),
    api: (path, init = {}) =>
      json(`${settings.apiUrl}${path}`, { ...init, headers: { authorization: `Bearer ${token}`, ...headersOf(init) } }),
    sandbox: (path, init = {}) => json(`${sandbox.url}${path}`, { ...init, headers: headersOf(init) }),
    stop: async () => {
      await worker.stop()
      await api.stop()
      await store.close()
      try {
        await sandbox.stop()
      } finally {
        await server.stop()
        rmSync(folder, { recursive: true, force: true })
      }
    },
  }
}

const headersOf = ({ body, headers }: RequestInit): Record<string, string> => ({
  ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  ...(headers as Record<string, string>),
})

async function json<T>(url: string, init: RequestInit): Promise<T> {
  const response = await fetch(url, init)
  const text = await response.text()
  if (!response.ok) throw new Error(`${init.method ?? 'GET'} ${url} answered ${response.status}: ${text.slice(0, 500)}`)
  return JSON.parse(text) as T
}
