/** Whether the pages of a database are in order: what a bad disk or a copy of a running database leaves is found before it is used. */

import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'

import Database from 'better-sqlite3'

import { isDamage } from './damage.js'
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
    return faultsOf(lines.map(({ integrity_check: line }) => line))
  } catch (error) {
    throw storeErrorOf(error, file)
  } finally {
    database?.close()
  }
}

interface ThreadAnswer {
  readonly lines?: readonly string[]
  readonly error?: { readonly code: string; readonly message: string }
}

/** In a thread: a large file takes seconds, and SQLite is called synchronously. */
const THREAD = `
const { parentPort, workerData } = require('node:worker_threads')
let database
try {
  database = new (require(workerData.sqlite))(workerData.file, { readonly: true, fileMustExist: true, timeout: 5000 })
  parentPort.postMessage({ lines: database.pragma('quick_check(' + workerData.most + ')').map(({ quick_check: line }) => line) })
} catch (error) {
  parentPort.postMessage({ error: { code: String(error.code), message: error.message } })
} finally {
  if (database) database.close()
}`

/**
 * Looks at every page of a file that is in use, and not whether each index agrees with its table; while others work with it.
 *
 * @returns what is wrong with it in SQLite's words; none where it is in order
 * @throws StoreError where it cannot be read just now
 */
export async function quickFaults(file: string): Promise<readonly string[]> {
  const sqlite = createRequire(import.meta.url).resolve('better-sqlite3')
  const worker = new Worker(THREAD, { eval: true, execArgv: [], workerData: { sqlite, file, most: SHOWN } })
  worker.unref()
  const { lines = [], error } = await new Promise<ThreadAnswer>((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('The thread that checks the store ended.')))
  })
  if (error === undefined) return faultsOf(lines)
  const thrown = Object.assign(new Error(error.message), { code: error.code })
  if (isDamage(thrown)) return [error.message]
  throw storeErrorOf(thrown, file)
}

/** One line each, without the heading that SQLite puts above those of a database. */
const faultsOf = (lines: readonly string[]): readonly string[] =>
  lines.flatMap((line) => line.split('\n')).filter((line) => line !== 'ok' && !line.startsWith('***'))
