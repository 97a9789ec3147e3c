/** Files that were uploaded for the number; each is kept for 30 days. */

import { createHash } from 'node:crypto'

import { keepFact, keptFact, type StateDatabase } from '../state/database.js'

/** How long a file is kept, in milliseconds. */
const KEPT = 30 * 24 * 3_600_000

export interface Media {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly sha256: string
  readonly content: Buffer
  readonly createdTime: number
}

interface Row {
  id: string
  name: string
  type: string
  sha256: string
  content: Buffer
  created_time: number
}

const LAST_ID = 'last-media-id'

export class MediaStore {
  constructor(private readonly database: StateDatabase) {}

  add(file: { readonly name: string; readonly type: string; readonly content: Buffer }, at: number): Media {
    const number = keptFact(this.database, LAST_ID, () => 0) + 1
    keepFact(this.database, LAST_ID, number)
    const id = `1375245879${String(number).padStart(6, '0')}`
    const sha256 = createHash('sha256').update(file.content).digest('hex')
    this.database
      .prepare('insert into media (id, name, type, sha256, content, created_time) values (?, ?, ?, ?, ?, ?)')
      .run(id, file.name, file.type, sha256, file.content, at)
    return { id, sha256, createdTime: at, ...file }
  }

  find(id: string, now: number): Media | undefined {
    const row = this.database.prepare('select * from media where id = ? and created_time > ?').get(id, now - KEPT) as
      Row | undefined
    if (row === undefined) return undefined
    const { created_time: createdTime, ...media } = row
    return { ...media, createdTime }
  }

  delete(id: string): void {
    this.database.prepare('delete from media where id = ?').run(id)
  }
}
