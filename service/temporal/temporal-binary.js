// @ts-check
/**
 * Finds the `temporal` program. Plain JavaScript, because `npm start` uses it before anything is installed or built; the service uses
 * it too.
 */

import { accessSync, constants, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'

/** The newest version that `go install` can build: later ones replace one of their modules with a local folder. */
const TEMPORAL_VERSION = '1.5.1'
export const GO_PACKAGE = `github.com/temporalio/cli/cmd/temporal@v${TEMPORAL_VERSION}`

/**
 * The user's cache folder for tetik, shared by every checkout. It need not exist.
 * @param {Readonly<Record<string, string | undefined>>} [environment]
 * @param {NodeJS.Platform} [platform]
 * @returns {string}
 */
export function cacheFolder(environment = process.env, platform = process.platform) {
  const { XDG_CACHE_HOME: xdg, LOCALAPPDATA: local } = environment
  if (xdg) return join(xdg, 'tetik')
  if (platform === 'win32') return join(local ?? join(homedir(), 'AppData', 'Local'), 'tetik', 'cache')
  return platform === 'darwin' ? join(homedir(), 'Library', 'Caches', 'tetik') : join(homedir(), '.cache', 'tetik')
}

/**
 * Where an installed copy is put.
 * @param {Readonly<Record<string, string | undefined>>} [environment]
 * @param {NodeJS.Platform} [platform]
 * @returns {string}
 */
export function cachedTemporal(environment = process.env, platform = process.platform) {
  return join(cacheFolder(environment, platform), 'temporal', TEMPORAL_VERSION, executableName('temporal', platform))
}

/**
 * Finds the `temporal` program: on the PATH first, then the copy in the cache.
 * @param {Readonly<Record<string, string | undefined>>} [environment]
 * @param {NodeJS.Platform} [platform]
 * @returns {string | null}
 */
export function findTemporal(environment = process.env, platform = process.platform) {
  const onPath = findProgram('temporal', environment, platform)
  if (onPath !== null) return onPath
  const cached = cachedTemporal(environment, platform)
  return isProgram(cached) ? cached : null
}

/**
 * Finds a program on the PATH.
 * @param {string} name
 * @param {Readonly<Record<string, string | undefined>>} [environment]
 * @param {NodeJS.Platform} [platform]
 * @returns {string | null}
 */
export function findProgram(name, environment = process.env, platform = process.platform) {
  const folders = (environment['PATH'] ?? environment['Path'] ?? '').split(delimiter).filter((folder) => folder !== '')
  const found = folders.map((folder) => join(folder, executableName(name, platform))).find(isProgram)
  return found ?? null
}

/** @param {string} name @param {NodeJS.Platform} platform */
function executableName(name, platform) {
  return platform === 'win32' ? `${name}.exe` : name
}

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
