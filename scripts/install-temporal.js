/**
 * Provides a Temporal server, the first available of: one that the user names; `temporal` on the PATH; the
 * copy in the user's cache; the official download, made by Temporal's SDK; built with Go.
 */

import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { cachedTemporal, findProgram, findTemporal, GO_PACKAGE } from '../service/temporal/temporal-binary.js'
import { run } from './run.js'

const DOWNLOAD_HOST = 'https://temporal.download'
const REACH_LIMIT = 5_000
const DOWNLOAD_LIMIT = 180_000

/**
 * @param {string} root
 * @param {import('./progress.js').Task} task
 * @param {Promise<unknown>} packages Settles when node_modules is installed, which contains the SDK.
 * @param {boolean} ownOnly Whether a local server program is needed: tests start their own, whatever server the user names.
 */
export async function installTemporal(root, task, packages, ownOnly) {
  const named = ownOnly ? null : namedServer(root)
  if (named !== null) return task.done(`${named} names a server, so none is needed here`)
  const found = findTemporal()
  if (found !== null) return task.done(found)

  const target = cachedTemporal()
  mkdirSync(dirname(target), { recursive: true })
  const failures = []
  // Checks first whether the download is reachable, so that Go can build while the packages are installed.
  task.update('looking for the official download')
  if (await isReachable()) {
    task.update('the official download, as soon as the packages are installed')
    await packages
    task.update('downloading the official release')
    const failure = await download(root, target)
    if (failure === null) return task.done(`downloaded to ${target}`)
    failures.push(`The official download failed: ${failure}`)
  } else {
    failures.push(`The official download cannot be reached (${DOWNLOAD_HOST}).`)
  }

  const go = findProgram('go')
  if (go !== null) {
    const failure = await goInstall(go, target, task)
    if (failure === null) return task.done(`built to ${target}`)
    failures.push(`\`go install ${GO_PACKAGE}\` failed:\n${failure}`)
  } else {
    failures.push('Go, which could build it, is not on the PATH.')
  }
  throw new Error(
    `There is no Temporal server, and none could be installed.\n${failures.join('\n')}\n` +
      'Install the Temporal CLI so that `temporal` is on the PATH (docs.temporal.io/cli), or install Go,\n' +
      'or set TEMPORAL_ADDRESS to a running server. Then try again.',
  )
}

/** Returns what names an external server: the variable, `.env`, or a profile. The service reads them properly later. */
function namedServer(root) {
  if (process.env.TEMPORAL_ADDRESS) return 'TEMPORAL_ADDRESS'
  if (/^\s*(export\s+)?TEMPORAL_ADDRESS\s*=\s*["']?[^\s"']/m.test(readOr(join(root, '.env')))) return '.env'
  const file = process.env.TEMPORAL_CONFIG_FILE || defaultProfileFile()
  return /^\s*address\s*=/m.test(readOr(file)) ? basename(file) : null
}

function defaultProfileFile() {
  const folder = {
    darwin: join(homedir(), 'Library', 'Application Support'),
    win32: process.env.APPDATA ?? join(homedir(), 'AppData', 'Roaming'),
  }[process.platform]
  return join(folder ?? process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'temporalio', 'temporal.toml')
}

function readOr(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}

async function isReachable() {
  try {
    await fetch(DOWNLOAD_HOST, { method: 'HEAD', signal: AbortSignal.timeout(REACH_LIMIT) })
    return true
  } catch {
    return false
  }
}

/** Lets the SDK download the server into a folder next to the target. Returns null, or what went wrong. */
async function download(root, target) {
  const folder = `${dirname(target)}.download.${process.pid}`
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  try {
    const script = fileURLToPath(new URL('./download-temporal.js', import.meta.url))
    const { ok, output } = await run(process.execPath, [script, folder], { cwd: root, timeout: DOWNLOAD_LIMIT })
    if (!ok) return output === '' ? `it took longer than ${DOWNLOAD_LIMIT / 60_000} minutes` : output
    const [program] = readdirSync(folder).filter((name) => name.startsWith('temporal'))
    if (program === undefined) return 'the SDK did not install a program'
    renameSync(join(folder, program), target)
    return null
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Builds the server in a folder next to the target and moves it into place when complete. Returns null, or what went wrong. */
async function goInstall(go, target, task) {
  const folder = `${dirname(target)}.go.${process.pid}`
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  let compiled = 0
  const show = (line) => {
    if (!line.startsWith('go: downloading')) compiled += 1
    task.update(
      'building it with Go, which takes about four minutes',
      compiled === 0 ? 'sources are fetched' : `${compiled} packages`,
    )
  }
  show('go: downloading')
  try {
    const env = { GOBIN: folder, CGO_ENABLED: '0', GOFLAGS: '' }
    const { ok, output } = await run(go, ['install', '-v', GO_PACKAGE], { env, onLine: show })
    if (!ok) return output
    renameSync(join(folder, basename(target)), target)
    return null
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
