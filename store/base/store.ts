/** Opens the store: one SQLite file that the worker, the API and the command use at the same time. */

import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

import Database from 'better-sqlite3'
import { Kysely } from 'kysely'

import type { Tables } from '../tables/tables.js'
import { noteDamage } from './damage.js'
import { StoreDialect } from './dialect.js'
import { StoreError, storeErrorOf } from './error.js'
import { migrate } from './migrate.js'
import { checkSqlite, sqliteVersion } from './sqlite-version.js'

/** How long a statement waits for another process's write before it fails, in milliseconds. */
const BUSY_TIMEOUT = 5_000

export interface Store {
  readonly db: Kysely<Tables>
  /** The file's path, or `:memory:`. */
  readonly file: string
  /** Returns a text that changes with every write, of this process or of another. Cheap enough to call often. */
  dataVersion(): string
  close(): Promise<void>
}

/**
 * Opens the store and brings its tables up to date. Creates a missing file and its folder.
 *
 * @param url as `storeFile` reads it
 * @throws StoreError with any of its codes
 */
export async function openStore(url: string): Promise<Store> {
  const file = storeFile(url)
  if (file === ':memory:') return storeOf(await connect(file), file, (connection) => connection.db.destroy())
  const path = resolve(file)
  const shared = connections.get(path) ?? { connection: connect(path), users: 0 }
  connections.set(path, shared)
  shared.users++
  try {
    return storeOf(await shared.connection, file, () => release(path, shared))
  } catch (error) {
    await release(path, shared)
    throw error
  }
}

interface Connection {
  readonly db: Kysely<Tables>
  readonly sqlite: Database.Database
}

interface SharedConnection {
  readonly connection: Promise<Connection>
  users: number
}

/**
 * One connection per file and process. SQLite is called synchronously: with two connections, one would wait for the other's
 * transaction and block it at the same time.
 */
const connections = new Map<string, SharedConnection>()

async function release(path: string, shared: SharedConnection): Promise<void> {
  if (--shared.users > 0) return
  connections.delete(path)
  const connection = await shared.connection.catch(() => null)
  await connection?.db.destroy()
}

async function connect(file: string): Promise<Connection> {
  let sqlite: Database.Database | undefined
  try {
    if (file !== ':memory:') makePrivate(file)
    sqlite = new Database(file, { timeout: BUSY_TIMEOUT })
    checkSqlite(sqliteVersion(sqlite))
    configure(sqlite)
    const db = new Kysely<Tables>({ dialect: new StoreDialect(sqlite, ({ message }) => noteDamage(file, message)) })
    await migrate(db, file)
    return { db, sqlite }
  } catch (error) {
    sqlite?.close()
    throw storeErrorOf(error, file)
  }
}

/** Creates a new store that only its owner can read; SQLite gives its side files the same mode. An existing file keeps its mode. */
function makePrivate(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  closeSync(openSync(file, 'a', 0o600))
}

function storeOf(connection: Connection, file: string, close: (connection: Connection) => Promise<void>): Store {
  const { db, sqlite } = connection
  // `data_version` counts what other connections commit, `total_changes()` what this one writes.
  const ownChanges = sqlite.prepare('select total_changes()').pluck()
  let isOpen = true
  return {
    db,
    file,
    dataVersion: () => `${sqlite.pragma('data_version', { simple: true }) as number}.${ownChanges.get() as number}`,
    close: async () => {
      if (!isOpen) return
      isOpen = false
      await close(connection)
    },
  }
}

function configure(sqlite: Database.Database): void {
  sqlite.pragma('journal_mode = WAL')
  // A commit waits for the disk (FULL), though NORMAL would be quicker: with NORMAL a power cut loses the last commits, and
  // a lost row of the ledger means that a raise which Meta already made would be computed again, from the raised
  // budget. A tick makes a handful of commits, so this costs a few milliseconds per minute.
  sqlite.pragma('synchronous = FULL')
  sqlite.pragma('foreign_keys = ON')
}

/**
 * Returns the file that a `DATABASE_URL` names: `sqlite:path`, `file:path`, a bare path, or `:memory:`. The settings use this
 * function too, so that both accept the same URLs.
 *
 * @throws StoreError `unsupported-url`; its message shows no part of a URL that may contain a password
 */
export function storeFile(url: string): string {
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(url)?.[1]?.toLowerCase()
  if (url.trim() === '') throw new StoreError('unsupported-url', 'DATABASE_URL is empty: set it to a path, or unset it.')
  if (url === ':memory:' || scheme === undefined) return url
  if (scheme === 'sqlite' || scheme === 'file')
    return url.slice(scheme.length + 1).replace(/^\/\/(?=\/|[^/])/, '') || missing(url)
  if (scheme === 'postgres' || scheme === 'postgresql') {
    throw new StoreError(
      'unsupported-url',
      'DATABASE_URL names a Postgres database, but this version of tetik only supports SQLite: use sqlite:<path>.',
    )
  }
  throw new StoreError('unsupported-url', `DATABASE_URL begins with "${scheme}:", which tetik does not know: use sqlite:<path>.`)
}

function missing(url: string): never {
  throw new StoreError('unsupported-url', `DATABASE_URL is "${url}", which names no file: use sqlite:<path>.`)
}
