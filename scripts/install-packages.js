/** Brings node_modules in line with package-lock.json. */

import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

import { findProgram } from '../service/temporal/temporal-binary.js'
import { run } from './run.js'

/**
 * @param {string} root
 * @param {import('./progress.js').Task} task
 */
export async function installPackages(root, task) {
  const reason = whyNot(root)
  if (reason !== null) {
    task.update(`npm ci (${reason})`)
    // With foreground scripts, npm shows the output of install scripts, from which a compilation is recognised.
    const { ok, output } = await runNpm(root, ['ci', '--include=dev', '--foreground-scripts'], (line) => {
      if (/node-gyp|gyp info/.test(line)) task.update('npm ci; compiling better-sqlite3 takes about a minute')
    })
    if (!ok) throw new Error(`npm ci failed:\n${output}\n${compileAdvice()}`)
  }
  // Compiled for another Node, or not at all because install scripts are switched off.
  if (!loadsSqlite(root)) {
    task.update('compiling better-sqlite3 for this Node, which takes about a minute')
    const { ok, output } = await runNpm(root, ['rebuild', 'better-sqlite3', '--foreground-scripts', '--ignore-scripts=false'])
    if (!ok || !loadsSqlite(root)) throw new Error(`better-sqlite3 cannot be used:\n${output}\n${compileAdvice()}`)
  }
  task.done(reason === null ? 'packages are installed' : 'installed packages')
}

/** Returns why node_modules does not match package-lock.json; null if it does. */
export function whyNot(root) {
  const wanted = readLock(join(root, 'package-lock.json'))
  const had = readLock(join(root, 'node_modules/.package-lock.json'))
  if (wanted === null) throw new Error('package-lock.json is missing or invalid: this checkout is incomplete.')
  if (had === null) return 'nothing is installed yet'
  const differs = Object.entries(wanted).find(([path, entry]) => {
    if (path === '' || entry.link === true) return false
    const installed = had[path]
    if (installed === undefined) return entry.optional !== true && entry.peer !== true
    return installed.version !== entry.version
  })
  return differs === undefined ? null : `${differs[0].replace(/^.*node_modules\//, '')} differs from package-lock.json`
}

function readLock(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages
  } catch {
    return null
  }
}

function loadsSqlite(root) {
  try {
    const Database = createRequire(join(root, 'package.json'))('better-sqlite3')
    new Database(':memory:').close()
    return true
  } catch {
    return false
  }
}

/** Runs the npm that started this script, else the one on the PATH. */
function runNpm(root, args, onLine) {
  const env = { ...nodeHeaders(), CI: 'true', npm_config_fund: 'false', npm_config_audit: 'false' }
  const script = process.env.npm_execpath
  if (script?.endsWith('.js') && existsSync(script) && /npm/.test(script)) {
    return run(process.execPath, [script, ...args], { cwd: root, env, onLine })
  }
  const npm = join(dirname(process.execPath), 'node_modules/npm/bin/npm-cli.js')
  if (existsSync(npm)) return run(process.execPath, [npm, ...args], { cwd: root, env, onLine })
  return run('npm', args, { cwd: root, env, onLine })
}

/** Returns npm settings that compile with the headers of this Node's installation, so that they need not be downloaded. */
function nodeHeaders() {
  const prefix = dirname(dirname(process.execPath))
  const header = join(prefix, 'include/node/node_version.h')
  if (!existsSync(header)) return {}
  const text = readFileSync(header, 'utf8')
  const part = (name) => new RegExp(`#define NODE_${name}_VERSION (\\d+)`).exec(text)?.[1]
  const version = ['MAJOR', 'MINOR', 'PATCH'].map(part).join('.')
  return version === process.versions.node ? { npm_config_nodedir: prefix } : {}
}

function compileAdvice() {
  const missing = [
    ['a C++ compiler', ['c++', 'g++', 'clang++']],
    ['make', ['make']],
    ['Python 3', ['python3']],
  ].filter(([, names]) => names.every((name) => findProgram(name) === null))
  if (process.platform === 'win32' || missing.length === 0) {
    return 'If better-sqlite3 could not be compiled: node-gyp needs a C++ compiler and Node’s headers (docs/install.md says more).'
  }
  const how = {
    linux: 'on Debian and Ubuntu: apt-get install build-essential python3',
    darwin: 'on macOS: xcode-select --install',
  }[process.platform]
  return `better-sqlite3 must be compiled on this machine, but ${missing.map(([what]) => what).join(', ')} is missing (${how ?? 'see docs/install.md'}).`
}
