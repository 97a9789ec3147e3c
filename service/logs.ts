/** What the parts print, kept a file each in the state folder. */

import { closeSync, mkdirSync, openSync, renameSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'

import type { SupervisorEvent } from './supervisor.js'

export interface Logs {
  readonly folder: string
  write(event: SupervisorEvent): void
  close(): void
}

/** A file larger than this at start is set aside as `.1`, in place of the one before it. */
const ROTATE_AT = 5_000_000

export function openLogs(stateFolder: string): Logs {
  const folder = join(stateFolder, 'logs')
  mkdirSync(folder, { recursive: true })
  const files = new Map<string, number>()
  const fileOf = (part: string): number => {
    const open = files.get(part) ?? openLog(join(folder, `${part}.log`))
    files.set(part, open)
    return open
  }
  return {
    folder,
    write: (event) => {
      const text = event.kind === 'output' ? event.line : `--- ${event.kind}${event.kind === 'died' ? `: ${event.how}` : ''}`
      writeSync(fileOf(event.part), `${new Date().toISOString()} ${text}\n`)
    },
    close: () => {
      for (const file of files.values()) closeSync(file)
      files.clear()
    },
  }
}

function openLog(path: string): number {
  const { size } = statSync(path, { throwIfNoEntry: false }) ?? { size: 0 }
  if (size > ROTATE_AT) renameSync(path, `${path}.1`)
  return openSync(path, 'a', 0o600)
}
