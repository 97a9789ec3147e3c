/** Kysely's SQLite dialect, whose transactions wait for other writers, and which reports damaged pages. */

import type { Database } from 'better-sqlite3'
import { CompiledQuery, type DatabaseConnection, type Driver, type QueryResult, SqliteDialect, SqliteDriver } from 'kysely'

import { isDamage } from './damage.js'

/** Is called for each query that found a damaged page. */
type OnDamage = (error: Error) => void

export class StoreDialect extends SqliteDialect {
  constructor(
    private readonly database: Database,
    private readonly onDamage: OnDamage = () => {},
  ) {
    super({ database })
  }

  override createDriver(): Driver {
    return new StoreDriver(this.database, this.onDamage)
  }
}

class StoreDriver extends SqliteDriver {
  constructor(
    database: Database,
    private readonly onDamage: OnDamage,
  ) {
    super({ database })
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    return new HeardConnection(await super.acquireConnection(), this.onDamage)
  }

  /**
   * Begins each transaction as a writer. SQLite's plain `begin` begins as a reader and becomes a writer later; if another process
   * wrote in between, that fails at once, whatever the timeout.
   */
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }
}

class HeardConnection implements DatabaseConnection {
  constructor(
    private readonly inner: DatabaseConnection,
    private readonly onDamage: OnDamage,
  ) {}

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    try {
      return await this.inner.executeQuery<R>(query)
    } catch (error) {
      if (isDamage(error)) this.onDamage(error)
      throw error
    }
  }

  async *streamQuery<R>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<R>> {
    try {
      yield* this.inner.streamQuery<R>(query, chunkSize)
    } catch (error) {
      if (isDamage(error)) this.onDamage(error)
      throw error
    }
  }
}
