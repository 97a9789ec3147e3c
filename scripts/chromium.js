/** Finds a Chromium for the browser tests, or installs one. */

import { closeSync, existsSync, openSync, readSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { findProgram } from '../service/temporal/temporal-binary.js'
import { run } from './run.js'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge']
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
]
const DOWNLOAD_LIMIT = 300_000
const APT_LIMIT = 600_000

/**
 * Options for the browser: no sandbox for root, which cannot have one, and no calls to outside hosts.
 * @type {string[]}
 */
export const CHROMIUM_ARGUMENTS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
]

/**
 * Returns `CHROME_PATH`, an installed browser, or the one that Playwright downloaded; null if there is none.
 * @returns {string | null}
 */
export function findChromium() {
  const named = process.env.CHROME_PATH
  if (named) {
    if (!existsSync(named)) throw new Error(`CHROME_PATH is ${named}, which does not exist.`)
    return named
  }
  // Ubuntu's `chromium-browser` may be a script that only asks to install a snap.
  const installed = NAMES.map((name) => findProgram(name)).find((path) => path !== null && !isSnapStub(path))
  return installed ?? [...PLACES, playwrights()].find((path) => path !== null && existsSync(path)) ?? null
}

/**
 * Finds a Chromium, else installs one: with Playwright, else with apt if this is root on Debian or Ubuntu.
 * @param {import('./progress.js').Task} task
 * @returns {Promise<string>}
 */
export async function installChromium(task) {
  const found = findChromium()
  if (found !== null) {
    task.done(found)
    return found
  }
  task.update('downloading Playwright’s')
  const playwright = join(ROOT, 'node_modules/playwright-core/cli.js')
  const download = await run(process.execPath, [playwright, 'install', 'chromium'], { cwd: ROOT, timeout: DOWNLOAD_LIMIT })
  let apt = null
  if (findChromium() === null && findProgram('apt-get') !== null && process.getuid?.() === 0) apt = await aptInstall(task)
  const path = findChromium()
  if (path !== null) {
    task.done(`installed ${path}`)
    return path
  }
  throw new Error(
    'There is no Chromium for the browser tests. Install Chromium or Chrome, or set CHROME_PATH to one.\n' +
      `Playwright's download: ${download.output.split('\n').slice(-3).join(' ').trim() || 'took too long'}\n` +
      (apt === null ? 'apt-get was not tried: it needs root on Debian or Ubuntu.' : `apt-get: ${apt}`),
  )
}

/** Returns what went wrong, or null. */
async function aptInstall(task) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  task.update('apt-get update')
  await run('apt-get', ['update'], { env, timeout: APT_LIMIT })
  task.update('apt-get install chromium')
  const options = ['install', '-y', '--no-install-recommends', 'chromium']
  const { output } = await run('apt-get', options, { env, timeout: APT_LIMIT })
  return output.split('\n').slice(-3).join(' ')
}

function playwrights() {
  try {
    return createRequire(join(ROOT, 'package.json'))('playwright-core').chromium.executablePath()
  } catch {
    return null
  }
}

function isSnapStub(path) {
  const buffer = Buffer.alloc(4_096)
  const file = openSync(path, 'r')
  readSync(file, buffer)
  closeSync(file)
  const start = buffer.toString('latin1')
  return start.startsWith('#!') && start.includes('snap')
}
