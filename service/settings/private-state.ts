/** Restricts `.tetik` (results, texts of messages, tokens) to its owner. */

import { chmodSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const DATABASE = /\.db(-wal|-shm|-journal)?$/
/** The permission bits of everyone but the owner. */
const OTHERS = 0o077

/**
 * Creates the state folder if it is missing, and removes other users' access to it and its databases, which earlier versions
 * allowed. Files that this process and its children create from here on are private too.
 *
 * @throws the system's error if the folder cannot be created or belongs to another user
 */
export function keepStatePrivate(stateFolder: string): void {
  process.umask(OTHERS)
  mkdirSync(stateFolder, { recursive: true, mode: 0o700 })
  for (const { path, mode } of openToOthers(stateFolder)) {
    try {
      chmodSync(path, mode & ~OTHERS)
    } catch (error) {
      // SQLite deletes its side files when the last connection closes.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
  }
}

/**
 * Does the same for existing files only: it creates nothing, leaves the umask alone, and ignores files that it may not change, which
 * `tetik doctor` reports.
 */
export function closeState(stateFolder: string): void {
  for (const { path, mode } of openToOthers(stateFolder)) {
    try {
      chmodSync(path, mode & ~OTHERS)
    } catch {
      // It belongs to another user, is on a read-only disk, or has been deleted.
    }
  }
}

/** Returns the state folder and its databases if others can read or write them. Empty on Windows, whose modes mean nothing. */
export function openToOthers(stateFolder: string): readonly { readonly path: string; readonly mode: number }[] {
  if (process.platform === 'win32' || !existsSync(stateFolder)) return []
  return [stateFolder, ...databasesIn(stateFolder)].flatMap((path) => {
    const mode = statSync(path, { throwIfNoEntry: false })?.mode
    return mode === undefined || (mode & OTHERS) === 0 ? [] : [{ path, mode: mode & 0o777 }]
  })
}

function databasesIn(folder: string): string[] {
  try {
    return readdirSync(folder).flatMap((name) => (DATABASE.test(name) ? [join(folder, name)] : []))
  } catch {
    // It belongs to another user, and this process cannot read it either.
    return []
  }
}
