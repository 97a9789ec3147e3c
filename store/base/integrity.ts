/** Checks the pages of a database, to find damage by a bad disk or by copying a running database before the file is used. */

import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'

import Database from 'better-sqlite3'

import { isDamage } from './damage.js'
import { storeErrorOf } from './error.js'

/** The most faults that are listed; SQLite would list up to a hundred. */
const SHOWN = 3

/**
 * Checks every page of a SQLite file, without writing to it. This takes about a second for a few hundred megabytes.
 *
 * @returns SQLite's messages about faults; empty if there are none
 * @throws StoreError if the file cannot be opened or is not a database
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

/** Runs in a thread, because a large file takes seconds and SQLite is called synchronously. */
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
 * Checks every page of a file while it is in use, but not whether each index matches its table.
 *
 * @returns SQLite's messages about faults; empty if there are none
 * @throws StoreError if the file cannot be read at the moment
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

/** Returns one line per fault, without SQLite's heading. */
const faultsOf = (lines: readonly string[]): readonly string[] =>
  lines.flatMap((line) => line.split('\n')).filter((line) => line !== 'ok' && !line.startsWith('***'))
