/**
 * An account's campaigns, ad sets, ads and creatives with every change ever made to them: delivery is computed from that history.
 */

import type { Statement } from 'better-sqlite3'

import type { StateDatabase } from './database.js'

export type ObjectKind = 'campaign' | 'adset' | 'ad' | 'creative'

/** Money is in kuruş, instants are in milliseconds, and everything else is as Graph returns it. */
export type FieldValues = Record<string, unknown>

export interface GraphObject {
  readonly id: string
  readonly kind: ObjectKind
  /** Ad set: its campaign; ad: its ad set; campaign and creative: null. */
  readonly parent: string | null
  readonly createdTime: number
  updatedTime: number
  readonly fields: FieldValues
}

export interface Change {
  readonly at: number
  readonly field: string
  readonly before: unknown
  readonly after: unknown
}

interface ObjectRow {
  id: string
  kind: ObjectKind
  parent: string | null
  created_time: number
  updated_time: number
  fields: string
}

/** Fields whose history determines delivery; their first value is recorded as a change from null. */
export const DELIVERY_FIELDS: readonly string[] = [
  'status',
  'daily_budget',
  'lifetime_budget',
  'start_time',
  'end_time',
  'in_review_until',
  'rejected',
]

export class ObjectStore {
  readonly #objects = new Map<string, GraphObject>()
  readonly #children = new Map<string, GraphObject[]>()
  readonly #changes = new Map<string, Change[]>()
  readonly #insertObject: Statement
  readonly #insertChange: Statement
  #revision = 0

  constructor(
    private readonly database: StateDatabase,
    private readonly account: string,
  ) {
    this.#insertObject = database.prepare(
      'insert into objects (id, account, kind, parent, created_time, updated_time, fields) values (?, ?, ?, ?, ?, ?, ?)',
    )
    this.#insertChange = database.prepare('insert into changes (object, field, at, before, after) values (?, ?, ?, ?, ?)')
    const rows = database.prepare('select * from objects where account = ? order by id').all(account) as ObjectRow[]
    for (const row of rows) {
      this.#remember({
        id: row.id,
        kind: row.kind,
        parent: row.parent,
        createdTime: row.created_time,
        updatedTime: row.updated_time,
        fields: JSON.parse(row.fields) as FieldValues,
      })
    }
    const changes = database
      .prepare(
        `select changes.* from changes join objects on objects.id = changes.object where objects.account = ?
         order by changes.at, changes.sequence`,
      )
      .all(account) as Array<Record<'object' | 'field' | 'before' | 'after', string> & { at: number }>
    for (const { object, field, at, before, after } of changes) {
      this.#changesOf(object).push({ at, field, before: JSON.parse(before), after: JSON.parse(after) })
    }
  }

  /** Increases with every change, so that values computed from the history can be cached until then. */
  get revision(): number {
    return this.#revision
  }

  get size(): number {
    return this.#objects.size
  }

  find(id: string): GraphObject | undefined {
    return this.#objects.get(id)
  }

  get(id: string): GraphObject {
    const object = this.#objects.get(id)
    if (!object) throw new Error(`The sandbox has no object ${id}.`)
    return object
  }

  all(kind: ObjectKind): GraphObject[] {
    return [...this.#objects.values()].filter((object) => object.kind === kind)
  }

  childrenOf(id: string): readonly GraphObject[] {
    return this.#children.get(id) ?? []
  }

  changesTo(id: string): readonly Change[] {
    return this.#changes.get(id) ?? []
  }

  add(object: GraphObject): void {
    const { id, kind, parent, createdTime, updatedTime, fields } = object
    this.#insertObject.run(id, this.account, kind, parent, createdTime, updatedTime, JSON.stringify(fields))
    this.#remember(object)
    for (const field of DELIVERY_FIELDS) {
      const value = object.fields[field]
      if (value !== undefined && value !== null)
        this.#record(object.id, { at: object.createdTime, field, before: null, after: value })
    }
  }

  /** Sets fields at an instant; answers what was changed. Setting a field to its current value is not a change. */
  change(id: string, values: FieldValues, at: number): Change[] {
    const object = this.get(id)
    const changes = Object.entries(values)
      .filter(([field, after]) => object.fields[field] !== after)
      .map(([field, after]): Change => ({ at, field, before: object.fields[field] ?? null, after }))
    if (changes.length === 0) return []
    this.database.transaction(() => {
      for (const change of changes) {
        object.fields[change.field] = change.after
        this.#record(id, change)
      }
      object.updatedTime = Math.max(at, object.updatedTime)
      this.database
        .prepare('update objects set fields = ?, updated_time = ? where id = ?')
        .run(JSON.stringify(object.fields), object.updatedTime, id)
    })()
    return changes
  }

  #remember(object: GraphObject): void {
    this.#objects.set(object.id, object)
    this.#revision += 1
    if (object.parent === null) return
    const siblings = this.#children.get(object.parent)
    if (siblings) siblings.push(object)
    else this.#children.set(object.parent, [object])
  }

  #changesOf(id: string): Change[] {
    const known = this.#changes.get(id)
    if (known) return known
    const fresh: Change[] = []
    this.#changes.set(id, fresh)
    return fresh
  }

  #record(object: string, change: Change): void {
    this.#revision += 1
    this.#changesOf(object).push(change)
    this.#insertChange.run(object, change.field, change.at, JSON.stringify(change.before), JSON.stringify(change.after))
  }
}
