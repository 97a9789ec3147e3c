/**
 * Logs what each part prints to its own file in the state folder, as JSON lines written by pino. At 5 MB a file is renamed to
 * `<part>.log.1`, replacing the previous one.
 */

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Writable } from 'node:stream'

import { type Logger, pino } from 'pino'
import { createStream } from 'rotating-file-stream'

import { withoutControls } from './output.js'
import { type SupervisorEvent } from './supervisor.js'

export interface Logs {
  readonly folder: string
  /** Never throws: a failure to write is reported once, and each later line is tried again. */
  write(event: SupervisorEvent): void
  /** Resolves when every line is in its file or has failed. */
  close(): Promise<void>
}

/** Lines cannot be written, with the code of the first failure, or can be again, with the number of lines that are missing. */
export type LogTrouble =
  | { readonly kind: 'log-lost'; readonly folder: string; readonly code: string }
  | { readonly kind: 'log-back'; readonly folder: string; readonly lost: number }

/** Bytes at which a file is rotated. */
const ROTATE_AT = 5_000_000

/**
 * @param report called when lines cannot be written (a full disk, a removed folder) and when they can be again
 * @param open opens a file for appending; tests pass their own
 */
export function openLogs(
  stateFolder: string,
  report: (trouble: LogTrouble) => void,
  open: (folder: string, name: string) => Writable = openRotating,
): Logs {
  const folder = join(stateFolder, 'logs')
  const loggers = new Map<string, Logger>()
  const files = new Map<string, Writable>()
  let lost = 0

  const noteLost = (error: NodeJS.ErrnoException) => {
    if (lost === 0) report({ kind: 'log-lost', folder, code: error.code ?? 'unknown' })
    lost += 1
  }
  const noteWritten = () => {
    if (lost > 0) report({ kind: 'log-back', folder, lost })
    lost = 0
  }
  /** A stream that failed is destroyed; the next line opens the file again. */
  const fileOf = (part: string): Writable => {
    const existing = files.get(part)
    if (existing !== undefined && !existing.destroyed) return existing
    const file = open(folder, `${part}.log`)
    // Each lost line is counted by its own callback.
    file.on('error', () => {})
    files.set(part, file)
    return file
  }
  const writeLine = (part: string, line: string): void => {
    try {
      fileOf(part).write(withoutControls(line), (error) => (error ? noteLost(error) : noteWritten()))
    } catch (error) {
      noteLost(error as NodeJS.ErrnoException)
    }
  }
  const loggerOf = (part: string): Logger => {
    const existing = loggers.get(part)
    if (existing !== undefined) return existing
    const options = { base: { part }, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: levelName } }
    const logger = pino(options, { write: (line: string) => writeLine(part, line) })
    loggers.set(part, logger)
    return logger
  }

  return {
    folder,
    write: (event) => {
      const logger = loggerOf(event.part)
      if (event.kind === 'output') logger.info({ stream: event.stream }, event.line)
      else if (event.kind === 'died') logger.error({ event: event.kind }, `died: ${event.how}`)
      else logger.info({ event: event.kind }, event.kind)
    },
    close: async () => {
      await Promise.all([...files.values()].map(ended))
      files.clear()
    },
  }
}

const levelName = (label: string) => ({ level: label })

function openRotating(folder: string, name: string): Writable {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return createStream(name, { path: folder, size: `${ROTATE_AT}B`, rotate: 1, mode: 0o600 })
}

/** Resolves when everything is written to the file, or the stream has failed. */
async function ended(file: Writable): Promise<void> {
  await new Promise<void>((resolve) => {
    if (file.destroyed) return resolve()
    file.once('close', resolve)
    file.end()
  })
}
