/** Checks that the installed version of SQLite does not corrupt databases. */

import type { Database } from 'better-sqlite3'

import { StoreError } from './error.js'

/**
 * The first version without the "WAL-reset" bug, by which two connections that write at the same instant can corrupt a database in
 * WAL mode (sqlite.org/releaselog/3_51_3.html). The worker, the API and commands all write to the same file.
 */
const OLDEST_SAFE_SQLITE = '3.51.3'

export const sqliteVersion = (database: Database): string => database.prepare('select sqlite_version()').pluck().get() as string

/** @throws StoreError `unsafe-sqlite` */
export function checkSqlite(version: string): void {
  if (!isOlder(version, OLDEST_SAFE_SQLITE)) return
  throw new StoreError(
    'unsafe-sqlite',
    `SQLite ${version} can corrupt a database that several processes write (its "WAL-reset" bug). Install better-sqlite3 12.11 or newer, which has SQLite ${OLDEST_SAFE_SQLITE} or newer: npm ci.`,
  )
}

function isOlder(version: string, than: string): boolean {
  const [one, other] = [version, than].map((text) => text.split('.').map(Number))
  const at = other!.findIndex((part, index) => part !== (one![index] ?? 0))
  return at >= 0 && (one![at] ?? 0) < other![at]!
}
