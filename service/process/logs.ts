/** What the parts print, kept a file each in the state folder. */

import { closeSync, mkdirSync, openSync, renameSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'

import type { SupervisorEvent } from './supervisor.js'

export interface Logs {
  readonly folder: string
  /** Never throws: a log that cannot be written is reported once, and written again as soon as there is room. */
  write(event: SupervisorEvent): void
  close(): void
}

/** The log could not be written since `since`, or can be again. */
export type LogTrouble =
  | { readonly kind: 'log-lost'; readonly folder: string; readonly code: string }
  | { readonly kind: 'log-back'; readonly folder: string; readonly lost: number }

/** A file larger than this at start is set aside as `.1`, in place of the one before it. */
const ROTATE_AT = 5_000_000

/**
 * @param report hears when lines cannot be written (a full disk, a folder that went away) and when they can be again
 * @param write for tests: writes a line to an open file
 */
export function openLogs(
  stateFolder: string,
  report: (trouble: LogTrouble) => void,
  write: (file: number, line: string) => void = (file, line) => void writeSync(file, line),
): Logs {
  const folder = join(stateFolder, 'logs')
  const files = new Map<string, number>()
  let lost = 0
  const fileOf = (part: string): number => {
    const open = files.get(part)
    if (open !== undefined) return open
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const opened = openLog(join(folder, `${part}.log`))
    files.set(part, opened)
    return opened
  }
  return {
    folder,
    write: (event) => {
      const text = event.kind === 'output' ? event.line : `--- ${event.kind}${event.kind === 'died' ? `: ${event.how}` : ''}`
      try {
        write(fileOf(event.part), `${new Date().toISOString()} ${text}\n`)
        if (lost > 0) report({ kind: 'log-back', folder, lost })
        lost = 0
      } catch (error) {
        if (lost === 0) report({ kind: 'log-lost', folder, code: (error as NodeJS.ErrnoException).code ?? 'unknown' })
        lost += 1
      }
    },
    close: () => {
      for (const file of files.values()) {
        try {
          closeSync(file)
        } catch {
          // What could not be written in the end (some file systems say so only here) is lost, and everything else still ends.
        }
      }
      files.clear()
    },
  }
}

function openLog(path: string): number {
  const { size } = statSync(path, { throwIfNoEntry: false }) ?? { size: 0 }
  if (size > ROTATE_AT) renameSync(path, `${path}.1`)
  return openSync(path, 'a', 0o600)
}
