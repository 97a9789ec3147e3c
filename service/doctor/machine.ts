/** Checks of the machine: Node's version, access to files with secrets, ports. */

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

/** `.env` may contain tokens, so other users of the machine should not be able to read it. */
export function checkEnvFile(folder: string): Finding[] {
  const file = join(folder, '.env')
  if (!existsSync(file) || process.platform === 'win32') return []
  const open = (statSync(file).mode & 0o044) !== 0
  if (!open) return [ok('.env', 'Only its owner may read it.')]
  return [warn('.env', 'Every user of this machine may read it.', `Run: chmod 600 ${file}`)]
}

/** Every start and command restricts access to the state folder; files that are still open belong to another user or were opened since. */
export function checkState(stateFolder: string): Finding[] {
  if (!existsSync(stateFolder) || process.platform === 'win32') return []
  const open = openToOthers(stateFolder)
  if (open.length === 0) return [ok('.tetik', 'Only its owner may read it and its databases.')]
  const what = open.map(({ path, mode }) => `${basename(path)} (${mode.toString(8)})`).join(', ')
  const detail = `Other users of this machine may use ${what}.`
  return [warn('.tetik', detail, `Run: chmod go-rwx ${open.map(({ path }) => path).join(' ')}`)]
}

/** Ports are fine if they are free or used by this project's own `tetik up`. */
export async function checkPorts(wanted: readonly WantedPort[], running: InstanceState | null): Promise<Finding[]> {
  if (running !== null) return [ok('ports', `tetik up is running (process ${running.pid}) and uses them.`)]
  const taken = await takenPorts(wanted)
  if (taken.length === 0) return [ok('ports', `${wanted.map(({ port }) => port).join(', ')} are free.`)]
  return taken.map(({ port, purpose, variable, holder }) => {
    const by = holder === null ? 'another process' : `${holder.name} (process ${holder.pid})`
    return fail('ports', `${port}, for ${purpose}, is in use by ${by}.`, `Stop it, or set ${variable} to a free port.`)
  })
}

/** Checks whether each process of the running `tetik up` is ready. */
export function checkParts(running: InstanceState | null): Finding[] {
  if (running === null) return []
  return running.parts.map(({ name, pid, ready }) =>
    ready ? ok(name, `It is running (process ${String(pid)}).`) : fail(name, 'It is not ready.', `See .tetik/logs/${name}.log.`),
  )
}
