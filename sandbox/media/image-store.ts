/** The account's images, known by the hash of their bytes. The bytes themselves are not kept. */

import { createHash } from 'node:crypto'

import type { StateDatabase } from '../state/database.js'
import type { ImageSize } from './image-size.js'

export interface Image extends ImageSize {
  readonly hash: string
  readonly name: string
  readonly bytes: number
  readonly createdTime: number
  readonly status: 'ACTIVE' | 'DELETED'
}

interface Row {
  hash: string
  name: string
  width: number
  height: number
  bytes: number
  created_time: number
  status: 'ACTIVE' | 'DELETED'
}

/** Host of the addresses that the library gives out. */
export const IMAGE_HOST = 'https://scontent.sandbox.example'

export const imageUrl = (hash: string): string => `${IMAGE_HOST}/images/${hash}`

export class ImageStore {
  constructor(private readonly database: StateDatabase) {}

  /** The same bytes again are the same image; one that was deleted is back. */
  add(name: string, content: Buffer, size: ImageSize, at: number): Image {
    const hash = createHash('md5').update(content).digest('hex')
    this.database
      .prepare(
        `insert into images (hash, name, width, height, bytes, created_time, status)
         values (@hash, @name, @width, @height, @bytes, @at, 'ACTIVE') on conflict (hash) do update set status = 'ACTIVE'`,
      )
      .run({ hash, name, width: size.width, height: size.height, bytes: content.length, at })
    return this.find(hash) as Image
  }

  find(hash: string): Image | null {
    const row = this.database.prepare('select * from images where hash = ?').get(hash) as Row | undefined
    return row === undefined ? null : readRow(row)
  }

  /** The newest first. */
  all(): Image[] {
    const rows = this.database.prepare('select * from images order by created_time desc, hash').all() as Row[]
    return rows.map(readRow)
  }

  delete(hash: string): void {
    this.database.prepare("update images set status = 'DELETED' where hash = ?").run(hash)
  }
}

const readRow = ({ created_time: createdTime, ...row }: Row): Image => ({ ...row, createdTime })
