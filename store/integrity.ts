/** Whether the pages of a database are in order: what a bad disk or a copy of a running database leaves is found before it is used. */

import Database from 'better-sqlite3'

import { storeErrorOf } from './error.js'

/** Faults that are worth reading; SQLite lists up to a hundred. */
const SHOWN = 3

/**
 * Reads every page of a SQLite file, without writing to it. A large file takes a second for some hundred megabytes.
 *
 * @returns what is wrong with it in SQLite's words; none where it is in order
 * @throws StoreError where the file cannot be opened or is no database at all
 */
export function integrityFaults(file: string): readonly string[] {
  let database: Database.Database | undefined
  try {
    database = new Database(file, { readonly: true, timeout: 5_000 })
    const lines = database.pragma(`integrity_check(${SHOWN})`) as readonly { integrity_check: string }[]
    return lines.map(({ integrity_check: line }) => line).filter((line) => line !== 'ok')
  } catch (error) {
    throw storeErrorOf(error, file)
  } finally {
    database?.close()
  }
}
