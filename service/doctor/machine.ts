/** Checks of the machine: Node, the files that hold secrets, the ports. */

import { existsSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'

import { takenPorts, type WantedPort } from '../process/ports.js'
import type { InstanceState } from '../process/single-instance-lock.js'
import { openToOthers } from '../settings/private-state.js'
import { fail, type Finding, ok, warn } from './finding.js'

const NODE = { major: 20, minor: 19 }

export function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const enough = major > NODE.major || (major === NODE.major && minor >= NODE.minor)
  if (enough) return ok('Node', `${version} is new enough.`)
  return fail('Node', `${version} is too old.`, `Install Node ${NODE.major}.${NODE.minor} or newer.`)
}

/** `.env` may hold tokens: others on this machine should not read it, and git should not know it. */
export function checkEnvFile(folder: string): Finding[] {
  const file = join(folder, '.env')
  if (!existsSync(file) || process.platform === 'win32') return []
  const open = (statSync(file).mode & 0o044) !== 0
  if (!open) return [ok('.env', 'Only its owner may read it.')]
  return [warn('.env', 'Every user of this machine may read it.', `Run: chmod 600 ${file}`)]
}

/** Results, texts and tokens: every start and every command close it; what stays open is another user's, or was opened since. */
export function checkState(stateFolder: string): Finding[] {
  if (!existsSync(stateFolder) || process.platform === 'win32') return []
  const open = openToOthers(stateFolder)
  if (open.length === 0) return [ok('.tetik', 'Only its owner may read it and its databases.')]
  const what = open.map(({ path, mode }) => `${basename(path)} (${mode.toString(8)})`).join(', ')
  const detail = `Other users of this machine may use ${what}.`
  return [warn('.tetik', detail, `Run: chmod go-rwx ${open.map(({ path }) => path).join(' ')}`)]
}

/** Ports are fine where they are free, or held by the `tetik up` of this very project. */
export async function checkPorts(wanted: readonly WantedPort[], running: InstanceState | null): Promise<Finding[]> {
  if (running !== null) return [ok('ports', `tetik up runs (process ${running.pid}) and has them.`)]
  const taken = await takenPorts(wanted)
  if (taken.length === 0) return [ok('ports', `${wanted.map(({ port }) => port).join(', ')} are free.`)]
  return taken.map(({ port, purpose, variable, holder }) => {
    const by = holder === null ? 'another process' : `${holder.name} (process ${holder.pid})`
    return fail('ports', `${port}, for ${purpose}, is taken by ${by}.`, `Stop it, or set ${variable} to a free port.`)
  })
}

/** Which parts of the `tetik up` that runs are not well. */
export function checkParts(running: InstanceState | null): Finding[] {
  if (running === null) return []
  return running.parts.map(({ name, pid, ready }) =>
    ready
      ? ok(name, `It runs (process ${String(pid)}).`)
      : fail(name, 'It is not ready.', `Look into the log of ${name} in .tetik/logs.`),
  )
}
