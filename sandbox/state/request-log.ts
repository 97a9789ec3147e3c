/**
 * Every request and its effects, for tests and people. Bounded: the oldest are dropped, except those
 * that show a client's mistake.
 */

import type { StateDatabase } from './database.js'
import type { Mutation, SentMessage } from './recorded.js'

export interface LoggedRequest {
  /** Rises by one with each request. */
  readonly id: number
  /** ISO 8601, UTC. */
  readonly time: string
  readonly method: string
  readonly path: string
  /** Query and body together; tokens are masked. */
  readonly parameters: Record<string, unknown>
  /** HTTP status; 0 if no answer was sent. */
  readonly status: number
  readonly error_code: number | null
  readonly error_subcode: number | null
  /** Name of the fault that was played, or null. */
  readonly fault: string | null
  readonly mutations: readonly Mutation[]
  /** The first of `mutations`, or null. */
  readonly mutation: Mutation | null
  readonly message: SentMessage | null
  /** Parameters that Meta does not document; they were ignored. */
  readonly swallowed: readonly string[]
}

export type NewRequest = Omit<LoggedRequest, 'id' | 'time' | 'mutation'> & { readonly at: number }

export interface RequestFilter {
  readonly method?: string | undefined
  /** Part of the path. */
  readonly path?: string | undefined
  /** Only ids above this one. */
  readonly sinceId?: number | undefined
  /** Only from this instant on. */
  readonly since?: number | undefined
  /** Only those that changed or sent something. */
  readonly effects?: boolean | undefined
  /** Only those with parameters that were swallowed. */
  readonly swallowed?: boolean | undefined
  readonly limit?: number | undefined
}

interface Row {
  id: number
  at: number
  method: string
  path: string
  parameters: string
  status: number
  error_code: number | null
  error_subcode: number | null
  fault: string | null
  mutations: string
  message: string | null
  swallowed: string
}

const KEPT = 20_000
const TRIM_EVERY = 500

export class RequestLog {
  readonly #insert
  readonly #trim

  constructor(private readonly database: StateDatabase) {
    this.#insert = database.prepare(
      `insert into requests (at, method, path, parameters, status, error_code, error_subcode, fault, mutations, message, swallowed)
       values (@at, @method, @path, @parameters, @status, @error_code, @error_subcode, @fault, @mutations, @message, @swallowed)`,
    )
    this.#trim = database.prepare("delete from requests where id <= ? and swallowed = '[]'")
  }

  add(request: NewRequest): void {
    const { lastInsertRowid } = this.#insert.run({
      ...request,
      parameters: JSON.stringify(request.parameters),
      mutations: JSON.stringify(request.mutations),
      message: request.message ? JSON.stringify(request.message) : null,
      swallowed: JSON.stringify(request.swallowed),
    })
    const id = Number(lastInsertRowid)
    if (id % TRIM_EVERY === 0) this.#trim.run(id - KEPT)
  }

  /** Returns requests, oldest first; with a limit only the newest ones. */
  list(filter: RequestFilter): LoggedRequest[] {
    const rows = this.database
      .prepare(
        `select * from requests where (@method is null or method = @method) and (@path is null or instr(path, @path) > 0)
         and id > @sinceId and at >= @since and (@effects = 0 or mutations <> '[]' or message is not null)
         and (@swallowed = 0 or swallowed <> '[]') order by id desc limit @limit`,
      )
      .all({
        method: filter.method ?? null,
        path: filter.path ?? null,
        sinceId: filter.sinceId ?? 0,
        since: filter.since ?? 0,
        effects: filter.effects ? 1 : 0,
        swallowed: filter.swallowed ? 1 : 0,
        limit: filter.limit ?? KEPT,
      }) as Row[]
    return rows.reverse().map(readRow)
  }
}

function readRow(row: Row): LoggedRequest {
  const mutations = JSON.parse(row.mutations) as Mutation[]
  return {
    id: row.id,
    time: new Date(row.at).toISOString(),
    method: row.method,
    path: row.path,
    parameters: JSON.parse(row.parameters) as Record<string, unknown>,
    status: row.status,
    error_code: row.error_code,
    error_subcode: row.error_subcode,
    fault: row.fault,
    mutations,
    mutation: mutations[0] ?? null,
    message: row.message === null ? null : (JSON.parse(row.message) as SentMessage),
    swallowed: JSON.parse(row.swallowed) as string[],
  }
}
