/** Damages a store as a bad disk would: overwrites the root pages of some tables and their indexes. */

import { closeSync, openSync, writeSync } from 'node:fs'

import Database from 'better-sqlite3'

/** @param file a database whose write-ahead log is empty or may be dropped */
export function destroyPages(file: string, tables: readonly string[]): void {
  const database = new Database(file)
  database.pragma('wal_checkpoint(truncate)')
  const size = database.pragma('page_size', { simple: true }) as number
  const roots = database
    .prepare(`select rootpage from sqlite_master where rootpage > 0 and tbl_name in (${tables.map(() => '?').join(', ')})`)
    .pluck()
    .all(...tables) as number[]
  database.close()
  const open = openSync(file, 'r+')
  for (const root of roots) writeSync(open, Buffer.alloc(size, 0xa5), 0, size, (root - 1) * size)
  closeSync(open)
}
