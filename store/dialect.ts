/** Kysely's SQLite dialect with transactions that can be waited for. */

import type { Database } from 'better-sqlite3'
import { CompiledQuery, type DatabaseConnection, type Driver, SqliteDialect, SqliteDriver } from 'kysely'

export class StoreDialect extends SqliteDialect {
  constructor(private readonly database: Database) {
    super({ database })
  }

  override createDriver(): Driver {
    return new ImmediateDriver({ database: this.database })
  }
}

/**
 * Begins each transaction as the writer. SQLite's plain `begin` reads first and becomes the writer later, and where another
 * process wrote in between, that step fails at once, whatever the time-out.
 */
class ImmediateDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }
}
