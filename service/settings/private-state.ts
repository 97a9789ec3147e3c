/** What `.tetik` holds (results, texts of messages, tokens) is for its owner alone. */

import { chmodSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const DATABASE = /\.db(-wal|-shm|-journal)?$/
/** What anybody but the owner may do. */
const OTHERS = 0o077

/**
 * Makes the state folder where it is missing, and takes everyone else's access to it and to the databases in it away; those of
 * an earlier tetik may be open to all. Files that this process and its children make from here on are private too.
 *
 * @throws the system's error where the folder cannot be made or is another user's
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
 * The same for existing files that a part or a command finds: nothing is created, other files of this process keep their mode, and a
 * file that it may not close does not stop it. `tetik doctor` reports such files.
 */
export function closeState(stateFolder: string): void {
  for (const { path, mode } of openToOthers(stateFolder)) {
    try {
      chmodSync(path, mode & ~OTHERS)
    } catch {
      // Another user's, a disk that is read-only, or gone since.
    }
  }
}

/** The state folder and the databases in it, as far as others may read or write them. None on Windows, whose modes say nothing. */
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
    // Another user's, who keeps it closed: to us too.
    return []
  }
}
