/** What `.tetik` holds (results, texts of messages, tokens) is for its owner alone. */

import { chmodSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const DATABASE = /\.db(-wal|-shm|-journal)?$/

/**
 * Makes the state folder where it is missing, and takes everyone else's access to it and to the databases in it away; those of
 * an earlier tetik may be open to all. Files that this process and its children make from here on are private too.
 *
 * @throws the system's error where the folder cannot be made or is another user's
 */
export function keepStatePrivate(stateFolder: string): void {
  process.umask(0o077)
  mkdirSync(stateFolder, { recursive: true, mode: 0o700 })
  chmodSync(stateFolder, 0o700)
  for (const name of readdirSync(stateFolder)) {
    if (!DATABASE.test(name)) continue
    try {
      chmodSync(join(stateFolder, name), 0o600)
    } catch (error) {
      // SQLite deletes its side files when the last connection closes.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
  }
}
